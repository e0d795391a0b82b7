from fastapi import APIRouter, Depends

from app.store import Store, get_store

router = APIRouter(tags=["moderation"])


@router.get("/queue")
def queue(store: Store = Depends(get_store)) -> list[int]:
    return sorted(store.bookmarks)


@router.post("/queue/{bookmark_id}/hide", status_code=204)
def hide(bookmark_id: int, store: Store = Depends(get_store)) -> None:
    store.bookmarks.pop(bookmark_id, None)
