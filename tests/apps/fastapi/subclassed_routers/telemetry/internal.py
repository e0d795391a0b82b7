from telemetry.routing import InternalRouter

router = InternalRouter()


@router.get("/metrics")
def metrics() -> str:
    return "telemetry_readings_total 0"


@router.post("/flush", status_code=204)
def flush() -> None:
    return None
