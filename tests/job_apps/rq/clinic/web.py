from datetime import timedelta

from flask import Blueprint, Flask
from rq import Retry

from clinic import jobs
from clinic.queues import letters, plain

bp = Blueprint("visits", __name__, url_prefix="/visits")


@bp.post("/<int:number>/scan")
def scan(number: int):
    jobs.read_scan.delay(number)  # -> clinic.jobs.read_scan
    return "", 202


@bp.post("/<int:number>/close")
def close(number: int):
    letters.enqueue(jobs.remind, number, retry=Retry(max=2, interval=60))  # -> clinic.jobs.remind
    plain.enqueue("clinic.jobs.print_letter", number)  # -> clinic.jobs.print_letter
    later(number)
    return "", 202


def later(number: int) -> None:
    plain.enqueue_in(timedelta(days=1), jobs.bill, number)  # -> clinic.jobs.bill


def create_app() -> Flask:
    app = Flask(__name__)
    app.register_blueprint(bp)
    return app
