from flask import Blueprint, abort
from sqlalchemy import or_, select

from fieldnotes.auth import role_required
from fieldnotes.extensions import db
from fieldnotes.models import Species
from fieldnotes.pagination import paginate
from fieldnotes.schemas import SpeciesCreate, SpeciesQuery, parse_body, parse_query

bp = Blueprint("species", __name__)


@bp.get("")
def list_species():
    filters = parse_query(SpeciesQuery)
    query = select(Species).order_by(Species.common_name, Species.id)
    if filters.group is not None:
        query = query.where(Species.group == filters.group)
    if filters.q is not None:
        query = query.where(
            or_(
                Species.common_name.icontains(filters.q, autoescape=True),
                Species.scientific_name.icontains(filters.q, autoescape=True),
            )
        )
    return paginate(query, filters)


@bp.post("")
@role_required("reviewer", "admin")
def create_species():
    data = parse_body(SpeciesCreate)
    known = select(Species).where(Species.scientific_name == data.scientific_name)
    if db.session.scalar(known) is not None:
        abort(409, description="This species is listed already")
    species = Species(**data.model_dump())
    db.session.add(species)
    db.session.commit()
    return species.to_dict(), 201


@bp.get("/<int:species_id>")
def read_species(species_id: int):
    return db.get_or_404(Species, species_id, description="No such species").to_dict()
