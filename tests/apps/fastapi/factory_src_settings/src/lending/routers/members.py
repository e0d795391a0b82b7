from fastapi import APIRouter, HTTPException
from pydantic import BaseModel

router = APIRouter(prefix="/members")


class Member(BaseModel):
    card: str
    name: str
    email: str | None = None


_members: dict[str, Member] = {}


@router.post("/", status_code=201)
async def enrol(member: Member) -> Member:
    _members[member.card] = member
    return member


@router.get("/{card}")
async def show_member(card: str) -> Member:
    member = _members.get(card)
    if member is None:
        raise HTTPException(404, "unknown card")
    return member


@router.patch("/{card}/email")
async def change_email(card: str, email: str) -> dict[str, str]:
    return {"card": card, "email": email}


@router.get("/{card}/loans")
async def loans_of(card: str) -> list[int]:
    return []
