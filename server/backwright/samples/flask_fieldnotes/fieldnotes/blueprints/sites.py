from flask import Blueprint, abort
from sqlalchemy import func, select

from fieldnotes.auth import login_required, role_required
from fieldnotes.extensions import db
from fieldnotes.models import VERIFIED, Sighting, Site, Species
from fieldnotes.schemas import SiteCreate, parse_body

bp = Blueprint("sites", __name__)


@bp.get("")
def list_sites():
    sites = db.session.scalars(select(Site).order_by(Site.name))
    return {"items": [site.to_dict() for site in sites]}


@bp.post("")
@login_required
def create_site():
    data = parse_body(SiteCreate)
    if db.session.scalar(select(Site).where(Site.name == data.name)) is not None:
        abort(409, description="There is a site of this name")
    site = Site(**data.model_dump())
    db.session.add(site)
    db.session.commit()
    return site.to_dict(), 201


@bp.get("/<int:site_id>/summary")
def site_summary(site_id: int):
    """The verified species of the site, for everyone; so protected ones are left out."""
    site = db.get_or_404(Site, site_id, description="No such site")
    query = (
        select(Species, func.sum(Sighting.count), func.max(Sighting.seen_on))
        .join(Sighting, Sighting.species_id == Species.id)
        .where(
            Sighting.site_id == site.id,
            Sighting.status == VERIFIED,
            Species.protected.is_(False),
        )
        .group_by(Species.id)
        .order_by(Species.common_name)
    )
    return {
        "site": site.to_dict(),
        "species": [
            {
                "species_id": species.id,
                "common_name": species.common_name,
                "count": count,
                "last_seen_on": last.isoformat(),
            }
            for species, count, last in db.session.execute(query)
        ],
    }


@bp.delete("/<int:site_id>")
@role_required("admin")
def delete_site(site_id: int):
    site = db.get_or_404(Site, site_id, description="No such site")
    if site.sightings:
        abort(409, description="The site has sightings")
    db.session.delete(site)
    db.session.commit()
    return "", 204
