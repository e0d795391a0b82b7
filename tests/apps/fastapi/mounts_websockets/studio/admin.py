from fastapi import APIRouter, FastAPI

from studio.maintenance import maintenance_app

admin_app = FastAPI(title="Studio admin", docs_url=None, redoc_url=None)
users = APIRouter(prefix="/users")


@users.get("/")
def list_users() -> list[str]:
    return []


@users.post("/{user_id}/suspend", status_code=204)
def suspend(user_id: int) -> None:
    return None


admin_app.include_router(users)
admin_app.mount("/maintenance", maintenance_app)


@admin_app.get("/")
def dashboard() -> dict[str, int]:
    return {"open_rooms": 0}
