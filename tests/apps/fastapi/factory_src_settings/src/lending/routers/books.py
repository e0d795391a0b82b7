from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, status
from pydantic import BaseModel, Field

router = APIRouter(prefix="/books", tags=["books"])


class BookIn(BaseModel):
    isbn: str = Field(pattern=r"^\d{13}$")
    title: str = Field(min_length=1, max_length=200)
    copies: int = Field(default=1, ge=0)


class Book(BookIn):
    id: int


_shelf: dict[int, Book] = {}


@router.get("")
def list_books(
    q: str | None = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
) -> list[Book]:
    found = [book for book in _shelf.values() if q is None or q.lower() in book.title.lower()]
    return found[:limit]


@router.post("", status_code=status.HTTP_201_CREATED)
def add_book(body: BookIn) -> Book:
    book = Book(id=len(_shelf) + 1, **body.model_dump())
    _shelf[book.id] = book
    return book


@router.get("/{book_id}", response_model=Book)
def read_book(book_id: int) -> Book:
    if book_id not in _shelf:
        raise HTTPException(status.HTTP_404_NOT_FOUND, "no such book")
    return _shelf[book_id]


@router.put("/{book_id}")
def replace_book(book_id: int, body: BookIn) -> Book:
    _shelf[book_id] = Book(id=book_id, **body.model_dump())
    return _shelf[book_id]


@router.delete("/{book_id}", status_code=status.HTTP_204_NO_CONTENT)
def withdraw_book(book_id: int) -> None:
    _shelf.pop(book_id, None)
