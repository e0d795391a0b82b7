from litestar import Litestar, get

from library.books import BookController
from library.loans import LoanController, overdue
from library.security import session_guard


@get("/health", sync_to_thread=False)
def health() -> dict[str, str]:
    return {}


def create_app() -> Litestar:
    return Litestar(
        route_handlers=[health, BookController, LoanController, overdue],
        path="/api",
    )
