from rq import Retry
from rq.decorators import job

from clinic.queues import letters, redis


@job("scans", connection=redis, retry=Retry(max=3, interval=[10, 30, 60]))
def read_scan(number: int) -> None:
    print("scan", number)


@job(letters, connection=redis)
def print_letter(number: int) -> None:
    print("letter", number)


def remind(number: int) -> None:
    print("remind", number)


def bill(number: int) -> None:
    print("bill", number)


def unused(number: int) -> None:
    print("unused", number)
