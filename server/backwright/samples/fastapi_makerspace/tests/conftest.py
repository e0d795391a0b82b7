from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session
from sqlalchemy.pool import StaticPool

from app.config import Settings, get_settings
from app.database import Base, get_session, make_engine
from app.main import app
from app.models import Machine, Member, Role
from app.security import create_token, hash_password

_PASSWORD = "correct horse battery"
_PASSWORD_HASH = hash_password(_PASSWORD)


@pytest.fixture
def password() -> str:
    """The password of every member that a test makes."""
    return _PASSWORD


@pytest.fixture
def settings() -> Settings:
    return Settings(token_secret="only-for-the-tests-of-this-project", _env_file=None)


@pytest.fixture
def session() -> Iterator[Session]:
    engine = make_engine(
        "sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool
    )
    Base.metadata.create_all(engine)
    with Session(engine, expire_on_commit=False) as session:
        yield session
    engine.dispose()


@pytest.fixture
def client(session: Session, settings: Settings) -> Iterator[TestClient]:
    app.dependency_overrides[get_session] = lambda: session
    app.dependency_overrides[get_settings] = lambda: settings
    yield TestClient(app)
    app.dependency_overrides.clear()


@pytest.fixture
def make_member(session: Session) -> Callable[..., Member]:
    def make(email: str, role: Role = Role.MEMBER) -> Member:
        name = email.partition("@")[0].title()
        member = Member(email=email, name=name, password_hash=_PASSWORD_HASH, role=role)
        session.add(member)
        session.commit()
        return member

    return make


@pytest.fixture
def member(make_member: Callable[..., Member]) -> Member:
    return make_member("grace@example.org")


@pytest.fixture
def headers_of(settings: Settings) -> Callable[[Member], dict[str, str]]:
    def headers(member: Member) -> dict[str, str]:
        return {"Authorization": f"Bearer {create_token(member, settings)}"}

    return headers


@pytest.fixture
def auth_headers(member: Member, headers_of) -> dict[str, str]:
    return headers_of(member)


@pytest.fixture
def staff_headers(make_member, headers_of) -> dict[str, str]:
    return headers_of(make_member("linus@example.org", Role.STAFF))


@pytest.fixture
def admin_headers(make_member, headers_of) -> dict[str, str]:
    return headers_of(make_member("ada@example.org", Role.ADMIN))


@pytest.fixture
def machine(session: Session) -> Machine:
    machine = Machine(name="Laser cutter", category="laser", hourly_fee_cents=1200)
    session.add(machine)
    session.commit()
    return machine


@pytest.fixture
def tomorrow() -> datetime:
    """Ten o'clock of the next day."""
    day = datetime.now(UTC) + timedelta(days=1)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)
