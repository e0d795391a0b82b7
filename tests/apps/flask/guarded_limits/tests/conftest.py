import pytest

from postbox import create_app
from postbox.security import issue_token


@pytest.fixture
def app():
    return create_app(testing=True)


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def postmaster(app):
    with app.app_context():
        return {"Authorization": f"Bearer {issue_token('head office', 'postmaster')}"}
