"""What the recipe says of what it wrote, alike for every framework."""

from __future__ import annotations

from backwright.recipes.jwt_auth.asked import Asked

SECRET_STEP = (
    'set JWT_SECRET where the application runs: python -c "import secrets;'
    ' print(secrets.token_hex(32))" makes one'
)
NODE_SECRET_STEP = (
    "set JWT_SECRET where the application runs: node -e \"console.log(require('crypto')"
    ".randomBytes(32).toString('hex'))\" makes one"
)
REVIEW = (
    "whoever makes the tokens has to sign them with the same JWT_SECRET and HS256, and to set `sub`"
    " and `exp`; JWT_ISSUER and JWT_AUDIENCE are checked once they are set",
    "a token holds until it expires, also when its user is blocked or gone meanwhile",
)
ACCOUNT_REVIEW = (
    "a token holds until it expires: there is no way to take one back",
    "registration tells whether an address is taken (409), and nothing limits how often a password"
    " may be tried: put `add-rate-limiting` in front of both",
    "addresses are not confirmed: whoever registers may name anyone's",
)


def not_wired(asked: Asked) -> tuple[str, ...]:
    """What is left undone where it should stand in front of everything."""
    if not asked.everywhere:
        return ()
    return ("in front of every endpoint: none is changed yet, `add-authentication` puts it there",)
