from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request, status

from app.limits import SEARCH_LIMIT, limiter
from app.schemas import Bookmark, BookmarkCreate
from app.security import CurrentUser, Editor, get_current_user
from app.store import Store, get_store

router = APIRouter(prefix="/bookmarks", tags=["bookmarks"])


@router.get("")
def list_bookmarks(store: Store = Depends(get_store)) -> list[Bookmark]:
    return list(store.bookmarks.values())


@router.get("/search")
@limiter.limit(SEARCH_LIMIT)
async def search_bookmarks(
    request: Request,
    q: Annotated[str, Query(min_length=2)],
    store: Store = Depends(get_store),
) -> list[Bookmark]:
    return [it for it in store.bookmarks.values() if q in it.title]


@router.post("", status_code=status.HTTP_201_CREATED)
@limiter.limit("20/hour")
def add_bookmark(
    request: Request,
    body: BookmarkCreate,
    user: Editor,
    store: Store = Depends(get_store),
) -> Bookmark:
    bookmark = Bookmark(id=len(store.bookmarks) + 1, owner=user.name, **body.model_dump())
    store.bookmarks[bookmark.id] = bookmark
    return bookmark


@router.get("/{bookmark_id}", dependencies=[Depends(get_current_user)])
def read_bookmark(bookmark_id: int, store: Store = Depends(get_store)) -> Bookmark:
    if bookmark_id not in store.bookmarks:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such bookmark")
    return store.bookmarks[bookmark_id]


@router.delete("/{bookmark_id}", status_code=status.HTTP_204_NO_CONTENT)
def delete_bookmark(
    bookmark_id: int, user: CurrentUser, store: Store = Depends(get_store)
) -> None:
    bookmark = store.bookmarks.get(bookmark_id)
    if bookmark is not None and bookmark.owner != user.name:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "not yours")
    store.bookmarks.pop(bookmark_id, None)
