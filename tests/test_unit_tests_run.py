"""Unit tests that the recipe writes are run: they pass, and fail when the code is changed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from backwright.edits import disk
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from projects import write

# A plain file stands for the package: what its client really answers is its own affair.
_STRIPE = """
#- requirements.txt
stripe
pytest
#- stripe.py
class StripeError(Exception):
    pass


class CardError(StripeError):
    def __init__(self, message, param, code):
        super().__init__(message)
        self.code = code


class APIConnectionError(StripeError):
    pass


class Charge:
    @staticmethod
    def create(**options):
        raise RuntimeError("a test went to the network")
"""
_BILLING = """
#- services/__init__.py
#- services/billing.py
import stripe

LIMIT = 5000


class PaymentDeclined(Exception):
    pass


def charge(amount: int, token: str) -> dict:
    if amount <= 0:
        raise ValueError("amount must be positive")
    if amount > LIMIT:
        raise ValueError(f"amount is above {LIMIT}")
    try:
        made = stripe.Charge.create(amount=amount, currency="usd", source=token)
    except stripe.CardError as error:
        raise PaymentDeclined(str(error)) from error
    except stripe.APIConnectionError:
        return {"status": "retry"}
    return {"status": "paid", "id": made.id}
"""
_STOCK = """
#- services/__init__.py
#- services/stock.py
class OutOfStock(Exception):
    pass


class InventoryService:
    def __init__(self, repository, mailer):
        self.repository = repository
        self.mailer = mailer

    def reserve(self, sku: str, quantity: int) -> int:
        item = self.repository.find(sku)
        if item is None:
            raise LookupError("no such item")
        if item.stock < quantity:
            raise OutOfStock("too few left")
        left = item.stock - quantity
        self.repository.save(sku, left)
        try:
            self.mailer.send("stock@example.com", sku)
        except ConnectionError:
            return -1
        return left
"""
_FEES = """
#- library/fees.py
MAX_FEE = 10


def calculate_late_fee(days, member=False):
    if days < 0:
        raise ValueError("days must not be negative")
    if days == 0:
        return 0
    rate = 0.25 if member else 0.5
    return min(days * rate, MAX_FEE)
"""
CASES = {
    "stripe": (
        _STRIPE + _BILLING,
        "Write pytest unit tests for services/billing.py. The Stripe client should be mocked",
        "services/billing.py",
        [
            ("amount <= 0", "amount < 0"),
            ("amount > LIMIT", "amount >= LIMIT"),
            ('"amount must be positive"', '"no"'),
            ("raise PaymentDeclined(str(error))", "raise KeyError(str(error))"),
            ('"retry"', '"paid"'),
            ('"usd"', '"eur"'),
            ("made.id", "made.status"),
            ("LIMIT = 5000", "LIMIT = 5001"),
            ("except stripe.APIConnectionError:", "except KeyError:"),
        ],
    ),
    "injected": (
        _STOCK,
        "unit tests InventoryService reserve(), repo mocked",
        "services/stock.py",
        [
            ("item is None", "item is not None"),
            ("raise LookupError", "raise ValueError"),
            ("item.stock < quantity", "item.stock <= quantity"),
            ("item.stock - quantity", "item.stock + quantity"),
            ("return -1", "return 1"),
            ("self.repository.save(sku, left)", "pass"),
            ('"too few left"', '"few"'),
        ],
    ),
    "plain": (
        _FEES,
        "pytest for calculate_late_fee(), incl. edge cases (0 days, negative, max cap)",
        "library/fees.py",
        [
            ("days < 0", "days <= 0"),
            ("return 0", "return 1"),
            ("0.25", "0.3"),
            ("MAX_FEE = 10", "MAX_FEE = 11"),
            ("else 0.5", "else 0.6"),
            ("raise ValueError", "raise KeyError"),
        ],
    ),
}


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", CASES)
async def test_they_pass_and_fail_when_the_code_is_changed(name: str, tmp_path: Path) -> None:
    project, request, file, mutations = CASES[name]
    folder = tmp_path / "project"
    write(folder, project)
    workspace = Workspace(folder)
    workspace.refresh()
    engine = Engine(workspace, Settings(), Offline())
    result = await engine.run(Ask("generate-unit-tests", "", 0, request, {}))
    assert result.report.status == "planned", result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    disk.write(folder, result.before, result.after)
    status, said = run(folder)
    assert status == 0, said
    code = folder / file
    source = code.read_text("utf-8")
    for before, after in mutations:
        assert before in source
        code.write_text(source.replace(before, after), "utf-8")
        assert run(folder)[0] == 1, f"{before} -> {after} was not noticed"


def run(folder: Path) -> tuple[int, str]:
    command = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
