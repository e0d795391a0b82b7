from fastapi import BackgroundTasks, FastAPI
from fastapi.responses import JSONResponse
from starlette.background import BackgroundTask

from app import mail
from app.mail import log

app = FastAPI()


@app.post("/members")
async def join(address: str, background_tasks: BackgroundTasks) -> dict[str, str]:
    background_tasks.add_task(mail.welcome, address)  # -> app.mail.welcome
    return {"address": address}


@app.delete("/members/{address}")
async def leave(address: str) -> JSONResponse:
    task = BackgroundTask(log, f"{address} has left")  # -> app.mail.log
    return JSONResponse({}, background=task)
