import fastapi

rooms_api = fastapi.APIRouter(prefix="/rooms")


@rooms_api.get("")
def list_rooms() -> list[str]:
    return ["1.01", "1.02"]


@rooms_api.post("/{number}/clean", status_code=202)
def request_cleaning(number: str) -> dict[str, str]:
    return {"room": number}
