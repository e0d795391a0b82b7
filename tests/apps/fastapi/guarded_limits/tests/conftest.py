import pytest
from fastapi.testclient import TestClient

from app.main import app
from app.security import issue_token


@pytest.fixture
def client() -> TestClient:
    return TestClient(app)


@pytest.fixture
def editor_headers() -> dict[str, str]:
    return {"Authorization": f"Bearer {issue_token('editor', ['edit'])}"}
