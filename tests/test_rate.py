"""Rates in free words."""

from __future__ import annotations

import pytest

from backwright.recipes.add_rate_limiting.rate import Rate, count_without_period, rates_in

ONE = [
    ("5/minute", Rate(5)),
    ("5 / minute", Rate(5)),
    ("5/min", Rate(5)),
    ("60 per minute", Rate(60)),
    ("10/s", Rate(10, "second")),
    ("100/h", Rate(100, "hour")),
    ("1000/day", Rate(1000, "day")),
    ("limit to 10 a minute", Rate(10)),
    ("limit it to 10 requests a minute, please", Rate(10)),
    ("max 5 requests per 30 seconds", Rate(5, "second", 30)),
    ("100 requests every 15 minutes per IP", Rate(100, "minute", 15)),
    ("no more than 3 login attempts within 5 minutes", Rate(3, "minute", 5)),
    ("three attempts in ten minutes", Rate(3, "minute", 10)),
    ("ten per hour", Rate(10, "hour")),
    ("at most twenty calls each hour", Rate(20, "hour")),
    ("a dozen requests an hour", Rate(12, "hour")),
    ("a hundred requests per day", Rate(100, "day")),
    ("once per second", Rate(1, "second")),
    ("twice a day", Rate(2, "day")),
    ("one request every 5 seconds", Rate(1, "second", 5)),
    ("allow a request per second", Rate(1, "second")),
    ("1,000 requests per hour", Rate(1000, "hour")),
    ("10_000 per day", Rate(10_000, "day")),
    ("1k requests per hour", Rate(1000, "hour")),
    ("10rps", Rate(10, "second")),
    ("120 rpm", Rate(120)),
    ("5 req/s", Rate(5, "second")),
    ("10 requests per 30s", Rate(10, "second", 30)),
    ("10 per 15-minute window", Rate(10, "minute", 15)),
    ("5 requests from the same client per minute", Rate(5)),
    ("5 times per client per minute", Rate(5)),
    ("5 times in any hour", Rate(5, "hour")),
    ("20 requests in half an hour", Rate(20, "minute", 30)),
    ("500 calls a week", Rate(500, "day", 7)),
    ("Limit POST /v2/items to 7 PER MINUTE", Rate(7)),
    ("5 per one minute", Rate(5)),
    ("rate limit of 30 requests/minute", Rate(30)),
]

NONE = [
    "",
    "add rate limiting",
    "add a rate limit per minute",
    "limit GET /v2/day",
    "limit GET /2/days",
    "add a request limit per user",
    "0 per minute",
    "limit the 3 endpoints",
    "protect this from 5 attackers",
    "make it return 429 per default",
]


@pytest.mark.parametrize(("text", "rate"), ONE, ids=[text for text, _ in ONE])
def test_one_rate_is_read(text: str, rate: Rate) -> None:
    assert rates_in(text) == (rate,)


@pytest.mark.parametrize("text", NONE)
def test_no_rate_is_invented(text: str) -> None:
    assert rates_in(text) == ()


def test_several_rates_are_read_in_order() -> None:
    assert rates_in("10 per minute and 100 per hour") == (Rate(10), Rate(100, "hour"))


def test_the_same_rate_counts_once() -> None:
    assert rates_in("5 per minute, that is 5 per 60 seconds") == (Rate(5),)


@pytest.mark.parametrize(
    ("rate", "slashed", "worded"),
    [
        (Rate(5), "5/minute", "5 per minute"),
        (Rate(5, "second", 30), "5/30 seconds", "5 per 30 seconds"),
        (Rate(100, "minute", 15), "100/15 minutes", "100 per 15 minutes"),
    ],
)
def test_a_rate_is_written(rate: Rate, slashed: str, worded: str) -> None:
    assert (rate.slashed, rate.worded) == (slashed, worded)
    assert rates_in(slashed) == rates_in(worded) == (rate,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("allow 20 requests", "20 requests"),
        ("allow five login attempts", "five login attempts"),
        ("20 requests per minute", ""),
        ("limit requests", ""),
    ],
)
def test_a_count_without_a_period_is_noticed(text: str, found: str) -> None:
    assert count_without_period(text) == found
