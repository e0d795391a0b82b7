from ninja import Query, Router, Schema
from ninja.security import HttpBearer


class Token(HttpBearer):
    def authenticate(self, request, token):
        return token == "open sesame"


class StallIn(Schema):
    name: str


class StallOut(StallIn):
    id: int


router = Router(tags=["stalls"])
reviews = Router()
router.add_router("/{int:stall_id}/reviews", reviews)


@router.get("/", response=list[StallOut])
def list_stalls(request, search: str = "", page: int = Query(1)):
    return []


@router.post("/", response={201: StallOut}, auth=Token())
def add_stall(request, stall: StallIn):
    return 201, {"id": 1, **stall.dict()}


@router.get("/{int:stall_id}", response=StallOut)
def read_stall(request, stall_id: int):
    return {"id": stall_id, "name": ""}


@reviews.get("/{path:rest}")
def read_review(request, stall_id: int, rest: str):
    return {"rest": rest}
