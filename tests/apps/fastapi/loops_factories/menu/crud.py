"""One router for each kind of thing on the menu."""

from fastapi import APIRouter, HTTPException
from pydantic import BaseModel


def build_crud_router(
    prefix: str, schema: type[BaseModel], *, deletable: bool = False
) -> APIRouter:
    router = APIRouter(prefix=prefix, tags=[schema.__name__])
    store: dict[int, BaseModel] = {}

    @router.get("")
    def list_all() -> list[schema]:
        return list(store.values())

    @router.post("", status_code=201)
    def create(item: schema) -> schema:
        store[len(store) + 1] = item
        return item

    @router.get("/{item_id}")
    def read(item_id: int) -> schema:
        if item_id not in store:
            raise HTTPException(404, f"no such {schema.__name__.lower()}")
        return store[item_id]

    @router.delete("/{item_id}", status_code=204)
    def remove(item_id: int) -> None:
        if not deletable:
            raise HTTPException(409, "still on the printed menu")
        store.pop(item_id, None)

    return router
