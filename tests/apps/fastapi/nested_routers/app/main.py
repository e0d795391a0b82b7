from fastapi import FastAPI

from app.api import api_router

app = FastAPI(title="Warehouse")
app.include_router(api_router, prefix="/api")


@app.get("/ping")
async def ping() -> str:
    return "pong"
