from typing import Any

from fastapi import APIRouter, Depends
from sqlalchemy import select

from app.dependencies import PaginationDep, SessionDep, require_role
from app.errors import Conflict, NotFound
from app.models import FaultReport, MachineStatus, Role, utc_now
from app.schemas.common import Page
from app.schemas.machines import FaultReportRead

router = APIRouter(
    prefix="/reports",
    tags=["reports"],
    dependencies=[Depends(require_role(Role.STAFF, Role.ADMIN))],
)


@router.get("", response_model=Page[FaultReportRead])
def list_reports(
    session: SessionDep,
    page: PaginationDep,
    machine_id: int | None = None,
    resolved: bool | None = None,
) -> dict[str, Any]:
    query = select(FaultReport).order_by(FaultReport.reported_at.desc(), FaultReport.id.desc())
    if machine_id is not None:
        query = query.where(FaultReport.machine_id == machine_id)
    if resolved is not None:
        moment = FaultReport.resolved_at
        query = query.where(moment.is_not(None) if resolved else moment.is_(None))
    return page.fetch(session, query)


@router.post("/{report_id}/resolve", response_model=FaultReportRead)
def resolve_report(report_id: int, session: SessionDep) -> FaultReport:
    report = session.get(FaultReport, report_id)
    if report is None:
        raise NotFound("No such report")
    if report.resolved_at is not None:
        raise Conflict("The report is resolved already")
    report.resolved_at = utc_now()
    machine = report.machine
    others = (it for it in machine.reports if it.out_of_order and it.resolved_at is None)
    if machine.status is MachineStatus.OUT_OF_ORDER and next(others, None) is None:
        machine.status = MachineStatus.AVAILABLE
    session.commit()
    return report
