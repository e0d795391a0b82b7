from datetime import date, timedelta

from fastapi import APIRouter
from pydantic import BaseModel

from lending.settings import settings

router = APIRouter(tags=["loans"])


class LoanIn(BaseModel):
    card: str
    book_id: int


@router.get("/")
def open_loans() -> list[dict[str, object]]:
    return []


@router.post("/", status_code=201)
def lend(body: LoanIn) -> dict[str, object]:
    due = date.today() + timedelta(days=settings.loan_days)
    return {"card": body.card, "book_id": body.book_id, "due": due}


@router.post("/{loan_id}/return")
def take_back(loan_id: int) -> dict[str, int]:
    return {"loan_id": loan_id}


@router.get("/overdue/{day}")
def overdue_on(day: date) -> list[int]:
    return []
