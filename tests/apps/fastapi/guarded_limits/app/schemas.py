from pydantic import BaseModel, Field, HttpUrl


class Credentials(BaseModel):
    name: str = Field(min_length=3, max_length=40)
    password: str = Field(min_length=8)


class Token(BaseModel):
    access_token: str
    token_type: str = "bearer"


class BookmarkCreate(BaseModel):
    url: HttpUrl
    title: str = Field(min_length=1, max_length=120)
    tags: list[str] = Field(default_factory=list, max_length=10)


class Bookmark(BookmarkCreate):
    id: int
    owner: str
