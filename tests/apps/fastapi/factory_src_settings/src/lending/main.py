from contextlib import asynccontextmanager

from fastapi import FastAPI

from lending.routers import books, loans, members, status
from lending.settings import Settings, get_settings, settings


@asynccontextmanager
async def lifespan(app: FastAPI):
    app.state.catalogue = {}
    yield


def create_app(config: Settings | None = None) -> FastAPI:
    config = config or get_settings()
    app = FastAPI(title=config.title, lifespan=lifespan)

    app.include_router(status.router)
    app.include_router(books.router, prefix=settings.api_prefix)
    app.include_router(members.router, prefix=settings.api_prefix, tags=["members"])
    app.include_router(loans.router, prefix=config.api_prefix + config.loans_segment)

    @app.get("/")
    def index() -> dict[str, str]:
        return {"service": config.title}

    return app
