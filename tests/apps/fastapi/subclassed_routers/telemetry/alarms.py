from telemetry.routing import ResourceRouter

router = ResourceRouter("alarms", version=2)


@router.get("/")
def list_alarms(active: bool = True) -> list[str]:
    return []


@router.post("/{alarm_id}/acknowledge", status_code=204)
def acknowledge(alarm_id: int) -> None:
    return None
