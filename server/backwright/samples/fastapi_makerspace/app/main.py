from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from app.database import Base, get_engine
from app.errors import register_error_handlers
from app.routers import api_router


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    Base.metadata.create_all(get_engine())
    yield


app = FastAPI(title="Makerspace", version="1.4.0", lifespan=lifespan)
app.include_router(api_router)
register_error_handlers(app)


@app.get("/health")
def health() -> dict[str, str]:
    return {"status": "ok"}
