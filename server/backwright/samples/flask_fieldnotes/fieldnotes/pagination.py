from sqlalchemy import Select

from fieldnotes.extensions import db
from fieldnotes.schemas import PageQuery


def paginate(query: Select, page: PageQuery) -> dict:
    """One page of the rows that `query` selects, as JSON."""
    found = db.paginate(query, page=page.page, per_page=page.per_page, error_out=False)
    return {
        "items": [row.to_dict() for row in found.items],
        "page": found.page,
        "per_page": found.per_page,
        "total": found.total,
    }
