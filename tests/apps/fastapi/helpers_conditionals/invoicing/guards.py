import hmac

from fastapi import Depends, Header, HTTPException

from invoicing.config import config


def require_token(authorization: str = Header(default="")) -> str:
    token = authorization.removeprefix("Bearer ")
    if not config.token or not hmac.compare_digest(token, config.token):
        raise HTTPException(401, "token missing or wrong")
    return token


def require_accountant(token: str = Depends(require_token), x_role: str = Header("")) -> None:
    if x_role != "accountant":
        raise HTTPException(403, "accountants only")
