from fastapi import APIRouter, Depends, HTTPException
from pydantic import BaseModel, Field

from invoicing.guards import require_accountant

router = APIRouter(tags=["invoices"])
webhooks = APIRouter(prefix="/paid", tags=["webhooks"])


class Line(BaseModel):
    text: str
    cents: int = Field(gt=0)


class InvoiceCreate(BaseModel):
    customer_id: int
    lines: list[Line] = Field(min_length=1)


class Invoice(InvoiceCreate):
    number: str


@router.get("", response_model=list[Invoice])
def list_invoices(customer_id: int | None = None):
    return []


@router.post("", response_model=Invoice, status_code=201)
def create_invoice(body: InvoiceCreate):
    return Invoice(number="2-0001", **body.model_dump())


@router.get("/{number}", response_model=Invoice)
def read_invoice(number: str):
    raise HTTPException(404, f"no invoice {number}")


@router.delete("/{number}", status_code=204, dependencies=[Depends(require_accountant)])
def cancel_invoice(number: str) -> None:
    return None


@webhooks.post("", status_code=204)
def payment_received(reference: str) -> None:
    return None
