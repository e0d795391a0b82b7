from fastapi import APIRouter, status
from sqlalchemy import select

from app.dependencies import SessionDep, SettingsDep
from app.errors import Conflict, Unauthorized
from app.models import Member
from app.schemas.members import Credentials, MemberCreate, MemberRead, Token
from app.security import create_token, hash_password, verify_password

router = APIRouter(prefix="/auth", tags=["auth"])


@router.post("/register", response_model=MemberRead, status_code=status.HTTP_201_CREATED)
def register(data: MemberCreate, session: SessionDep) -> Member:
    if session.scalar(select(Member).where(Member.email == data.email)):
        raise Conflict("This email address is registered already")
    member = Member(email=data.email, name=data.name, password_hash=hash_password(data.password))
    session.add(member)
    session.commit()
    return member


@router.post("/token", response_model=Token)
def sign_in(data: Credentials, session: SessionDep, settings: SettingsDep) -> Token:
    member = session.scalar(select(Member).where(Member.email == data.email))
    if member is None or not verify_password(data.password, member.password_hash):
        raise Unauthorized("Email address or password is wrong")
    return Token(access_token=create_token(member, settings))
