from fastapi import APIRouter, FastAPI

from shop.celery_app import app as celery
from shop.services.orders import Orders, pack

router = APIRouter(prefix="/orders")


@router.post("/{order_id}")
def place_order(order_id: int) -> int:
    return Orders().place(order_id)


@router.post("/{order_id}/pack")
def pack_order(order_id: int) -> None:
    pack(order_id)


@router.post("/{order_id}/archive")
def archive_order(order_id: int) -> None:
    celery.send_task("shop.tasks.reports.archive", args=[str(order_id)])  # -> shop.tasks.reports.archive


@router.get("/{order_id}")
def read_order(order_id: int) -> int:
    return order_id


api = FastAPI()
api.include_router(router)
