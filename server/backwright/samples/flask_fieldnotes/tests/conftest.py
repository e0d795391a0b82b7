from datetime import date

import pytest

from fieldnotes import create_app
from fieldnotes.auth import create_token
from fieldnotes.extensions import db
from fieldnotes.models import Sighting, Site, Species, User


@pytest.fixture
def app():
    app = create_app(
        {
            "TESTING": True,
            "SECRET_KEY": "only for the tests of this project",
            "SQLALCHEMY_DATABASE_URI": "sqlite://",
        }
    )
    with app.app_context():
        db.create_all()
        yield app
        db.session.remove()
        db.drop_all()
        db.engine.dispose()


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def make_user(app):
    def make(email, role="observer"):
        user = User(email=email, name=email.partition("@")[0], role=role)
        user.set_password("a long enough secret")
        db.session.add(user)
        db.session.commit()
        return user

    return make


@pytest.fixture
def headers_of(app):
    def headers(user):
        return {"Authorization": f"Bearer {create_token(user)}"}

    return headers


@pytest.fixture
def user(make_user):
    return make_user("rachel@example.org")


@pytest.fixture
def auth_headers(user, headers_of):
    return headers_of(user)


@pytest.fixture
def reviewer_headers(make_user, headers_of):
    return headers_of(make_user("jane@example.org", "reviewer"))


@pytest.fixture
def admin_headers(make_user, headers_of):
    return headers_of(make_user("carl@example.org", "admin"))


@pytest.fixture
def species(app):
    species = Species(scientific_name="Alcedo atthis", common_name="Kingfisher", group="bird")
    db.session.add(species)
    db.session.commit()
    return species


@pytest.fixture
def site(app):
    site = Site(name="Mill pond", latitude=52.1, longitude=4.3)
    db.session.add(site)
    db.session.commit()
    return site


@pytest.fixture
def sighting(user, species, site):
    sighting = Sighting(
        observer=user, species=species, site=site, seen_on=date(2024, 5, 4), count=2
    )
    db.session.add(sighting)
    db.session.commit()
    return sighting
