from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from litestar import Controller, Request, delete, get, patch, post
from litestar.params import Parameter

from library.security import HasScope, session_guard


@dataclass
class Book:
    title: str


class BookController(Controller):
    path = "/books"

    @get()
    async def list_books(self, page: int = 1) -> list[Book]:
        return []

    @post(guards=[session_guard])
    async def add_book(self, data: Book) -> Book:
        return data

    @get(path=["/{book_id:uuid}", "/by-id/{book_id:uuid}"])
    async def read_book(self, book_id: UUID, request: Request) -> Book:
        return Book("")

    @patch("/{book_id:uuid}", guards=[session_guard, HasScope("books")])
    async def change_book(self, book_id: UUID, data: Book) -> Book:
        return data

    @delete("/{book_id:uuid}", guards=[session_guard], status_code=204)
    async def drop_book(self, book_id: UUID) -> None: ...

    @get("/files/{location:path}")
    async def file(self, location: str) -> str:
        return location
