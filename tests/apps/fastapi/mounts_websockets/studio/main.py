from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.staticfiles import StaticFiles

from studio.admin import admin_app
from studio.live import router as live_router
from studio.partners import create_partner_app

STATIC = Path(__file__).parent / "static"

app = FastAPI(title="Studio")
app.include_router(live_router, prefix="/live")
app.mount("/static", StaticFiles(directory=STATIC), name="static")
app.mount("/admin", admin_app)
app.mount("/partners/v2/", create_partner_app(), name="partners")


@app.get("/assets/{asset_path:path}")
async def read_asset(asset_path: str) -> dict[str, str]:
    return {"asset": asset_path}


@app.head("/assets/{asset_path:path}")
async def probe_asset(asset_path: str) -> Response:
    return Response(headers={"X-Asset": asset_path})


@app.api_route("/relay/{target:path}", methods=["GET", "POST", "delete"])
async def relay(target: str, request: Request) -> dict[str, str]:
    return {"target": target, "method": request.method}


@app.options("/uploads")
async def upload_capabilities() -> Response:
    return Response(headers={"Tus-Version": "1.0.0"})


@app.post("/uploads", status_code=201)
async def start_upload(request: Request) -> dict[str, str]:
    return {"location": str(request.url_for("read_asset", asset_path="new"))}


@app.get("/frames/{number:int}.{kind}")
async def frame(number: int, kind: str) -> dict[str, object]:
    return {"number": number, "kind": kind}
