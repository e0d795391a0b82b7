from fastapi import APIRouter, Body

router = APIRouter(tags=["records"])


@router.get("")
def list_records(patient_id: int) -> list[str]:
    return []


@router.get("/{record_id}/scan")
def download_scan(patient_id: int, record_id: int) -> bytes:
    return b""


@router.put("/{record_id}/scan", status_code=204)
def upload_scan(patient_id: int, record_id: int, scan: bytes = Body()) -> None:
    return None
