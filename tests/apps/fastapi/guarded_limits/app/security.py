import os
from dataclasses import dataclass
from typing import Annotated

import jwt
from fastapi import Depends, HTTPException, Security, status
from fastapi.security import OAuth2PasswordBearer, SecurityScopes

SECRET = os.environ.get("BOOKMARKS_SECRET", "only for development, thirty-two bytes")
ALGORITHM = "HS256"

oauth2_scheme = OAuth2PasswordBearer(tokenUrl="/auth/token", auto_error=True)


@dataclass
class User:
    name: str
    scopes: list[str]


def issue_token(name: str, scopes: list[str]) -> str:
    return jwt.encode({"sub": name, "scopes": scopes}, SECRET, algorithm=ALGORITHM)


def get_current_user(
    scopes: SecurityScopes, token: Annotated[str, Depends(oauth2_scheme)]
) -> User:
    try:
        claims = jwt.decode(token, SECRET, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError as fault:
        raise HTTPException(status.HTTP_401_UNAUTHORIZED, "bad token") from fault
    user = User(claims["sub"], claims.get("scopes", []))
    if not set(scopes.scopes) <= set(user.scopes):
        raise HTTPException(status.HTTP_403_FORBIDDEN, "missing scope")
    return user


CurrentUser = Annotated[User, Depends(get_current_user)]
Editor = Annotated[User, Security(get_current_user, scopes=["edit"])]


def require_moderator(user: CurrentUser) -> User:
    if "moderate" not in user.scopes:
        raise HTTPException(status.HTTP_403_FORBIDDEN, "moderators only")
    return user
