from typing import Annotated

from arq import ArqRedis, create_pool
from arq.connections import RedisSettings
from fastapi import Depends, FastAPI, Request

app = FastAPI()


async def pool() -> ArqRedis:
    return await create_pool(RedisSettings())


@app.post("/feeds")
async def add(url: str, redis: Annotated[ArqRedis, Depends(pool)]) -> None:
    await redis.enqueue_job("fetch", url)  # -> fetch


@app.post("/feeds/{name}/publish")
async def publish(name: str, request: Request) -> None:
    await request.app.state.arq.enqueue_job("publish", name)  # -> publish


@app.post("/digest")
async def digest() -> None:
    redis = await create_pool(RedisSettings())
    await redis.enqueue_job("make-digest")  # -> make-digest
