from flask import Blueprint, abort, g, request
from sqlalchemy import select

from fieldnotes.auth import login_required, role_required
from fieldnotes.extensions import db
from fieldnotes.models import PENDING, REJECTED, VERIFIED, Sighting, Site, Species
from fieldnotes.pagination import paginate
from fieldnotes.schemas import (
    SightingCreate,
    SightingQuery,
    SightingUpdate,
    parse_body,
    parse_query,
)

bp = Blueprint("sightings", __name__)


@bp.get("")
@login_required
def list_sightings():
    filters = parse_query(SightingQuery)
    query = select(Sighting).order_by(Sighting.seen_on.desc(), Sighting.id.desc())
    for name in ("species_id", "site_id", "status"):
        value = getattr(filters, name)
        if value is not None:
            query = query.where(getattr(Sighting, name) == value)
    if filters.since is not None:
        query = query.where(Sighting.seen_on >= filters.since)
    return paginate(query, filters)


@bp.post("")
@login_required
def create_sighting():
    data = parse_body(SightingCreate)
    db.get_or_404(Species, data.species_id, description="No such species")
    db.get_or_404(Site, data.site_id, description="No such site")
    sighting = Sighting(**data.model_dump(), observer_id=g.user.id)
    db.session.add(sighting)
    db.session.commit()
    return sighting.to_dict(), 201, {"Location": f"/api/sightings/{sighting.id}"}


@bp.get("/<int:sighting_id>")
@login_required
def read_sighting(sighting_id: int):
    return _get_sighting(sighting_id).to_dict()


@bp.patch("/<int:sighting_id>")
@login_required
def update_sighting(sighting_id: int):
    sighting = _get_sighting(sighting_id)
    if sighting.observer_id != g.user.id:
        abort(403, description="Only the observer changes a sighting")
    if sighting.status != PENDING:
        abort(409, description="The sighting has been reviewed")
    changes = parse_body(SightingUpdate).model_dump(exclude_unset=True)
    for field, value in changes.items():
        if value is None and field != "notes":
            abort(400, description=f"{field} can't be removed")
        setattr(sighting, field, value)
    db.session.commit()
    return sighting.to_dict()


@bp.delete("/<int:sighting_id>")
@login_required
def delete_sighting(sighting_id: int):
    sighting = _get_sighting(sighting_id)
    if sighting.observer_id != g.user.id and g.user.role != "admin":
        abort(403, description="Only the observer deletes a sighting")
    db.session.delete(sighting)
    db.session.commit()
    return "", 204


@bp.post("/<int:sighting_id>/verdict")
@role_required("reviewer", "admin")
def judge_sighting(sighting_id: int):
    sighting = _get_sighting(sighting_id)
    verdict = request.get_json().get("verdict")
    if verdict not in (VERIFIED, REJECTED):
        abort(400, description="verdict must be verified or rejected")
    if sighting.observer_id == g.user.id:
        abort(403, description="Someone else has to review your sighting")
    if sighting.status != PENDING:
        abort(409, description="The sighting has been reviewed")
    sighting.status = verdict
    sighting.reviewer_id = g.user.id
    db.session.commit()
    return sighting.to_dict()


def _get_sighting(sighting_id: int) -> Sighting:
    return db.get_or_404(Sighting, sighting_id, description="No such sighting")
