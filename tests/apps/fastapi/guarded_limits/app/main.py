from fastapi import Depends, FastAPI
from slowapi import _rate_limit_exceeded_handler
from slowapi.errors import RateLimitExceeded

from app.limits import limiter
from app.routers import auth, bookmarks, moderation
from app.security import require_moderator

app = FastAPI(title="Bookmarks")
app.state.limiter = limiter
app.add_exception_handler(RateLimitExceeded, _rate_limit_exceeded_handler)

app.include_router(auth.router, prefix="/auth")
app.include_router(bookmarks.router)
app.include_router(
    moderation.router,
    prefix="/moderation",
    dependencies=[Depends(require_moderator)],
)
