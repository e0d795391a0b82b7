from fastapi import APIRouter, Request

from app.limits import limiter
from app.schemas import Credentials, Token
from app.security import CurrentUser, issue_token

router = APIRouter(tags=["auth"])


@router.post("/token", response_model=Token)
@limiter.limit("5/minute")
def log_in(request: Request, credentials: Credentials):
    return Token(access_token=issue_token(credentials.name, ["edit"]))


@router.get("/me")
def who_am_i(user: CurrentUser) -> dict[str, object]:
    return {"name": user.name, "scopes": user.scopes}
