from collections.abc import Iterator

from app.schemas import Bookmark


class Store:
    def __init__(self) -> None:
        self.bookmarks: dict[int, Bookmark] = {}


_store = Store()


def get_store() -> Iterator[Store]:
    yield _store
