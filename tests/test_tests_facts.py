"""What is known of tests: the requests they make, the routes those reach, the fixtures they use."""

from __future__ import annotations

from pathlib import Path

import pytest

import projects
from backwright.facts.backend import Backend

FASTAPI = """
#- pyproject.toml
[project]
name = "shop"
dependencies = ["fastapi"]
#- app/__init__.py
#- app/config.py
PREFIX = "/v1"
class Settings:
    API: str = "/v1"
settings = Settings()
#- app/main.py
from fastapi import APIRouter, FastAPI, WebSocket
from app.config import PREFIX

router = APIRouter(prefix="/users")

@router.get("/me")
def read_me(): ...
@router.get("/{user_id}", name="users:read")
def read_user(user_id: int): ...
@router.post("")
def create_user(): ...
@router.delete("/{user_id}")
def delete_user(user_id: int): ...
@router.websocket("/feed")
async def feed(socket: WebSocket): ...

def create_app() -> FastAPI:
    app = FastAPI()
    app.include_router(router, prefix=PREFIX)
    return app

app = create_app()
"""
CLIENT = """
#- tests/conftest.py
import pytest
from fastapi.testclient import TestClient
from app.main import app

@pytest.fixture
def client():
    with TestClient(app) as made:
        yield made
"""

FLASK = """
#- requirements.txt
flask
#- web/__init__.py
from flask import Flask
from web.users import bp

def create_app(config=None):
    app = Flask(__name__)
    app.register_blueprint(bp, url_prefix="/users")

    @app.route("/")
    def index(): ...

    return app
#- web/users.py
from flask import Blueprint
bp = Blueprint("users", __name__)

@bp.route("/<int:user_id>", methods=["GET", "POST"])
def show(user_id): ...
@bp.post("/", endpoint="add")
def create(): ...
"""

EXPRESS = """
//- package.json
{"name": "api", "dependencies": {"express": "^5"}, "devDependencies": {"jest": "^30"}}
//- src/app.js
const express = require('express');
const users = express.Router();
users.get('/me', (req, res) => res.json({}));
users.get('/:id', (req, res) => res.json({}));
users.post('/', (req, res) => res.json({}));
users.delete('/:id', (req, res) => res.json({}));
const app = express();
app.use('/api/users', users);
app.get('/health', (req, res) => res.json({}));
module.exports = app;
"""

# Each case: what the test file holds, then `method path` of every request in it.
PYTHON = {
    "by a fixture of conftest.py": (
        """
        def test_me(client):
            assert client.get("/v1/users/me").status_code == 200
        """,
        ["GET /v1/users/me"],
    ),
    "by a client at the top of the module": (
        """
        from fastapi.testclient import TestClient
        from app.main import app
        client = TestClient(app)
        def test_me():
            client.get("/v1/users/me?full=1#top")
        """,
        ["GET /v1/users/me"],
    ),
    "by httpx with a transport and a base": (
        """
        import httpx
        from app.main import app
        async def test_me():
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url="http://test/v1") as ac:
                await ac.get("/users/me")
        """,
        ["GET /v1/users/me"],
    ),
    "with parts that are not known": (
        """
        def test_one(client, user):
            client.get(f"/v1/users/{user.id}")
            client.delete("/v1/users/%s" % user.id)
            client.get("/v1/users/{}".format(user.id), params={"a": 1})
            client.get("/v1/users/" + str(user.id))
        """,
        ["GET /v1/users/*", "DELETE /v1/users/*"],
    ),
    "with constants and settings": (
        """
        from app.config import PREFIX, settings
        URL = f"{PREFIX}/users"
        def test_me(client):
            client.get(URL + "/me")
            client.post(f"{settings.API}/users", json={})
        """,
        ["GET /v1/users/me", "POST /v1/users"],
    ),
    "with a base that is not known": (
        """
        import os
        BASE = os.environ["BASE_URL"]
        def test_me(client):
            client.get(f"{BASE}/users/me")
        """,
        ["GET */users/me"],
    ),
    "told the method": (
        """
        def test_me(client):
            client.request("DELETE", "/v1/users/1")
            client.request(method="POST", url="/v1/users")
            getattr(client, "get")("/v1/users/me")
        """,
        ["DELETE /v1/users/1", "POST /v1/users", "GET /v1/users/me"],
    ),
    "of literal parameters": (
        """
        import pytest
        @pytest.mark.parametrize(("method", "path"), [
            ("get", "/v1/users/me"),
            pytest.param("delete", "/v1/users/1", id="gone"),
        ])
        def test_needs_a_token(client, method, path):
            getattr(client, method)(path)
        """,
        ["GET /v1/users/me", "DELETE /v1/users/1"],
    ),
    "of two lists of parameters": (
        """
        import pytest
        @pytest.mark.parametrize("kind", ["users", "things"])
        @pytest.mark.parametrize("name", ["me"])
        def test_all(client, kind, name):
            client.get(f"/v1/{kind}/{name}")
        """,
        ["GET /v1/users/me", "GET /v1/things/me"],
    ),
    "by a helper": (
        """
        def make_user(client, **fields):
            answer = client.post("/v1/users", json=fields)
            return answer.json()
        def test_one(client):
            user = make_user(client)
            client.get(f"/v1/users/{user['id']}")
        """,
        ["POST /v1/users", "GET /v1/users/*"],
    ),
    "by a wrapper around the client": (
        """
        import pytest
        class Api:
            base = "/v1/users"
            def __init__(self, client):
                self.client = client
            def read(self, name):
                return self.client.get(f"{self.base}/{name}")
        @pytest.fixture
        def api(client):
            return Api(client)
        def test_me(api):
            api.read("me")
        """,
        ["GET /v1/users/me"],
    ),
    "by the name of the route": (
        """
        from app.main import app
        def test_one(client, app_=app):
            client.get(app_.url_path_for("users:read", user_id="7"))
            client.get(app_.url_path_for("read_me"))
        """,
        ["GET /v1/users/7", "GET /v1/users/me"],
    ),
    "in loops and conditions": (
        """
        def test_all(client, flag):
            for path in ("/v1/users/me", "/v1/users/1"):
                client.get(path)
            if flag:
                client.post("/v1/users")
            else:
                client.delete("/v1/users/1")
        """,
        ["GET /v1/users/me", "GET /v1/users/1", "POST /v1/users", "DELETE /v1/users/1"],
    ),
    "over a websocket": (
        """
        def test_feed(client):
            with client.websocket_connect("/v1/users/feed") as socket:
                socket.receive_json()
        """,
        ["WEBSOCKET /v1/users/feed"],
    ),
    "with the answer made by a fixture": (
        """
        import pytest
        @pytest.fixture
        def answer(client):
            return client.get("/v1/users/me")
        def test_status(answer):
            assert answer.status_code == 200
        """,
        ["GET /v1/users/me"],
    ),
    "with a client that is only known by its name": (
        """
        def test_me(some_client):
            some_client.get("/v1/users/me")
        """,
        ["GET /v1/users/me"],
    ),
    "over the network to this machine": (
        """
        import requests
        BASE = "http://localhost:8000"
        def test_me():
            requests.get(f"{BASE}/v1/users/me")
            requests.get("https://api.example.com/users")
        """,
        ["GET /v1/users/me"],
    ),
    "and none where it only pretends": (
        """
        import responses, requests_mock
        def test_pay(client, respx_mock, db, headers):
            respx_mock.get("/v1/users/me")
            responses.get("http://localhost/v1/users/me")
            db.get("key")
            headers.get("Location")
            {"a": 1}.get("/v1/users/me")
        """,
        [],
    ),
    "in a class with a fixture for all": (
        """
        import pytest
        class TestUsers:
            @pytest.fixture(autouse=True)
            def prepare(self, client):
                self.client = client
            def test_me(self):
                self.client.get("/v1/users/me")
        """,
        ["GET /v1/users/me"],
    ),
    "in a case of unittest": (
        """
        import unittest
        from fastapi.testclient import TestClient
        from app.main import create_app
        class Base(unittest.TestCase):
            def setUp(self):
                self.client = TestClient(create_app())
        class UsersTest(Base):
            def test_me(self):
                self.assertEqual(self.client.get("/v1/users/me").status_code, 200)
        """,
        ["GET /v1/users/me"],
    ),
    "to an app that only the test makes": (
        """
        from fastapi import FastAPI
        from fastapi.testclient import TestClient
        from app.main import router
        app = FastAPI()
        app.include_router(router)
        client = TestClient(app)
        def test_me():
            client.get("/users/me")
        """,
        ["GET /users/me"],
    ),
}

SCRIPTS = {
    "by supertest": (
        """
        const request = require('supertest');
        const app = require('../src/app');
        test('me', async () => {
          await request(app).get('/api/users/me').set('A', 'b').expect(200);
          await request(app).del(`/api/users/${id}`);
        });
        """,
        ["GET /api/users/me", "DELETE /api/users/*"],
    ),
    "by a kept client": (
        """
        import supertest from 'supertest';
        import app from '../src/app';
        const api = supertest(app);
        const BASE = '/api/users';
        it('creates', async () => { await api.post(BASE).send({}); });
        """,
        ["POST /api/users"],
    ),
    "by an agent made in a hook": (
        """
        const supertest = require('supertest');
        describe('users', () => {
          let agent;
          beforeAll(async () => { agent = supertest.agent(require('../src/app')); });
          it('reads', () => agent.get('/api/users/me'));
        });
        """,
        ["GET /api/users/me"],
    ),
    "by a helper": (
        """
        const request = require('supertest');
        const app = require('../src/app');
        const get = (path) => request(app).get('/api/users' + path);
        async function login() { return request(app).post('/api/users').send({}); }
        test('me', async () => { await login(); await get('/me'); });
        """,
        ["POST /api/users", "GET /api/users/me"],
    ),
    "in callbacks": (
        """
        const chai = require('chai');
        const app = require('../src/app');
        it('reads', (done) => {
          chai.request(app).get('/api/users/me').end((err, res) => {
            chai.request(app).post('/api/users').then(() => done());
          });
        });
        """,
        ["GET /api/users/me", "POST /api/users"],
    ),
    "of a table": (
        """
        const request = require('supertest');
        const app = require('../src/app');
        it.each([['/health'], ['/api/users/me']])('answers %s', async (path) => {
          await request(app).get(path);
        });
        describe.each([{ id: 1 }])('user $id', ({ id }) => {
          test('reads', () => request(app).get(`/api/users/${id}`));
        });
        """,
        ["GET /health", "GET /api/users/me", "GET /api/users/1"],
    ),
    "in a loop": (
        """
        const request = require('supertest');
        const app = require('../src/app');
        for (const path of ['/health', '/api/users/me']) {
          test(`answers`, () => request(app).get(path));
        }
        ['get', 'delete'].forEach((method) => {
          it('allows', () => request(app)[method]('/api/users/1'));
        });
        """,
        ["GET /health", "GET /api/users/me", "GET /api/users/1", "DELETE /api/users/1"],
    ),
    "over a server of its own": (
        """
        import { describe, it, before, after } from 'node:test';
        import http from 'node:http';
        import app from '../src/app.js';
        let server, base;
        before(() => {
          server = app.listen(0);
          base = `http://127.0.0.1:${server.address().port}`;
        });
        it('reads', async () => {
          await fetch(`${base}/api/users/me`);
          await fetch(`${base}/api/users`, { method: 'POST', body: '{}' });
          await fetch('https://example.com/health');
        });
        """,
        ["GET /api/users/me", "POST /api/users"],
    ),
    "by axios": (
        """
        const axios = require('axios');
        const api = axios.create({ baseURL: 'http://localhost:3000/api' });
        test('reads', async () => {
          await api.get('/users/me');
          await axios.delete('http://localhost:3000/api/users/1');
        });
        """,
        ["GET /api/users/me", "DELETE /api/users/1"],
    ),
    "at an address": (
        """
        const request = require('supertest');
        const superagent = require('superagent');
        const http = require('http');
        test('reads', (done) => {
          request('http://localhost:3000/api').get('/users/me').end(done);
          superagent.post('http://localhost:3000/api/users');
          http.get(new URL('/health', 'http://localhost:3000'), () => done());
        });
        """,
        ["GET /api/users/me", "POST /api/users", "GET /health"],
    ),
    "with the answer made by a hook": (
        """
        const request = require('supertest');
        const app = require('../src/app');
        let res;
        beforeEach(async () => { res = await request(app).get('/health'); });
        test('is fine', () => { expect(res.status).toBe(200); });
        """,
        ["GET /health"],
    ),
    "to an app that only the test makes": (
        """
        const express = require('express');
        const request = require('supertest');
        const app = express();
        app.use(express.json());
        app.get('/health', (req, res) => res.json({}));
        test('is another one', () => request(app).get('/health'));
        """,
        ["GET /health"],
    ),
}


FLASK_TESTS = {
    "by a client of the factory": (
        """
        import pytest
        from web import create_app
        @pytest.fixture
        def app():
            return create_app({"TESTING": True})
        @pytest.fixture
        def client(app):
            return app.test_client()
        def test_show(client):
            client.get("/users/1")
            client.open("/users/1", method="POST")
        """,
        ["GET /users/1", "POST /users/1"],
    ),
    "by endpoints": (
        """
        from flask import url_for
        from web import create_app
        def test_show():
            app = create_app()
            with app.test_client() as client, app.test_request_context():
                client.get(url_for("users.show", user_id=1, full=True))
                client.post(url_for("users.add"))
                client.get(url_for("index"))
        """,
        ["GET /users/*", "POST /users/", "GET /"],
    ),
    "by the client that pytest-flask makes": (
        """
        import pytest
        from web import create_app
        @pytest.fixture(scope="session")
        def app():
            return create_app()
        def test_show(client):
            client.get("/users/1")
        """,
        ["GET /users/1"],
    ),
    "in a case of Flask-Testing": (
        """
        from flask_testing import TestCase
        from web import create_app
        class TestUsers(TestCase):
            def create_app(self):
                return create_app()
            def test_show(self):
                self.assert200(self.client.get("/users/1"))
        """,
        ["GET /users/1"],
    ),
    "by webtest": (
        """
        import pytest
        from webtest import TestApp
        from web import create_app
        @pytest.fixture
        def testapp():
            return TestApp(create_app())
        class TestUsers:
            def test_show(self, testapp):
                testapp.post_json("/users/1", {"a": 1})
        """,
        ["POST /users/1"],
    ),
    "in a case with the answer made before": (
        """
        import unittest
        from web import create_app
        class UsersTest(unittest.TestCase):
            def setUp(self):
                self.client = create_app().test_client()
                self.client.post("/login")
                self.answer = self.client.get("/users/1")
            def test_status(self):
                self.assertEqual(self.answer.status_code, 200)
        """,
        ["GET /users/1"],
    ),
}


def requests_of(backend: Backend) -> list[str]:
    found = [f"{call.method} {call.path}" for test in backend.tests for call in test.calls]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize(("body", "expected"), PYTHON.values(), ids=PYTHON.keys())
def test_requests_in_python(tmp_path: Path, body: str, expected: list[str]) -> None:
    notation = f"{FASTAPI}{CLIENT}#- tests/test_users.py{_flush(body)}"
    assert requests_of(projects.backend(tmp_path, notation)) == expected


@pytest.mark.parametrize(("body", "expected"), SCRIPTS.values(), ids=SCRIPTS.keys())
def test_requests_in_scripts(tmp_path: Path, body: str, expected: list[str]) -> None:
    notation = f"{EXPRESS}//- test/users.test.js{_flush(body)}"
    assert requests_of(projects.backend(tmp_path, notation)) == expected


@pytest.mark.parametrize(("body", "expected"), FLASK_TESTS.values(), ids=FLASK_TESTS.keys())
def test_requests_to_flask(tmp_path: Path, body: str, expected: list[str]) -> None:
    notation = f"{FLASK}#- tests/test_users.py{_flush(body)}"
    assert requests_of(projects.backend(tmp_path, notation)) == expected


def reached(backend: Backend) -> dict[str, list[str]]:
    return {route.title: [it.name for it in route.tests] for route in backend.routes if route.tests}


def test_routes_know_the_tests_that_reach_them(tmp_path: Path) -> None:
    body = """
    #- tests/test_users.py
    def test_me(client):
        client.get("/v1/users/me")
    def test_one(client, user):
        client.get(f"/v1/users/{user.id}")
        client.head("/v1/users/3/")
    def test_wrong_method(client):
        client.put("/v1/users/me")
    def test_elsewhere(client):
        client.get("/v2/users/me")
        client.get(unknown())
    """
    found = projects.backend(tmp_path, FASTAPI + CLIENT + _flush(body))
    assert reached(found) == {
        "GET /v1/users/me": ["test_me"],
        "GET /v1/users/{user_id}": ["test_one"],
    }


def test_an_unknown_base_is_no_guess(tmp_path: Path) -> None:
    body = """
    #- app/more.py
    from app.main import app, router
    app.include_router(router, prefix="/v2")
    #- tests/test_users.py
    from os import environ
    def test_me(client):
        client.get(environ["BASE"] + "/users/me")
        client.get(environ["BASE"] + "/v2/users/me")
    """
    found = projects.backend(tmp_path, FASTAPI + CLIENT + _flush(body))
    assert reached(found) == {"GET /v2/users/me": ["test_me"]}


def test_an_app_of_the_test_itself_reaches_only_what_is_mounted_there(tmp_path: Path) -> None:
    body = """
    #- tests/test_users.py
    from fastapi import FastAPI
    from fastapi.testclient import TestClient
    from app.main import router
    app = FastAPI()
    app.include_router(router)
    @app.get("/v1/users/me")
    def read_me(): ...
    def test_me():
        TestClient(app).get("/users/me")
    def test_own():
        TestClient(app).get("/v1/users/me")
    """
    found = projects.backend(tmp_path, FASTAPI + _flush(body))
    assert reached(found) == {"GET /v1/users/me": ["test_me"]}


def test_each_service_of_a_monorepo_has_its_own_tests(tmp_path: Path) -> None:
    service = """
    #- services/{name}/pyproject.toml
    [project]
    name = "{name}"
    #- services/{name}/service/main.py
    from fastapi import FastAPI
    app = FastAPI()
    @app.get("/health")
    def health(): ...
    #- services/{name}/tests/test_health.py
    {imports}
    def test_{name}(client):
        client.get("/health")
    """
    imports = "from fastapi.testclient import TestClient\nfrom service.main import app"
    notation = "".join(
        _flush(service).format(name=name, imports=line)
        for name, line in (("orders", ""), ("stock", imports))
    )
    found = projects.backend(tmp_path, notation)
    assert [(it.app, [ref.name for ref in it.tests]) for it in found.routes] == [
        ("orders", ["test_orders"]),
        ("stock", ["test_stock"]),
    ]


def test_names_lines_and_frameworks_in_python(tmp_path: Path) -> None:
    body = """
    #- tests/test_all.py
    import unittest, pytest

    def test_plain(): ...

    class TestGroup:
        @pytest.mark.usefixtures("db")
        async def test_inner(self, client, tmp_path, name="x"): ...
        def helper(self): ...
        class TestNested:
            def test_deep(self): ...

    class Case(unittest.TestCase):
        def test_it(self): ...
        def check(self): ...

    @pytest.fixture
    def test_data(): ...
    #- tests/helpers.py
    def test_nothing(): ...
    """
    found = projects.backend(tmp_path, _flush(body))
    assert [(it.name, it.line, it.framework, it.fixtures) for it in found.tests] == [
        ("test_plain", 3, "pytest", []),
        ("TestGroup::test_inner", 7, "pytest", ["client", "tmp_path", "db"]),
        ("TestGroup::TestNested::test_deep", 10, "pytest", []),
        ("Case.test_it", 13, "unittest", []),
    ]


def test_pytest_may_be_told_other_names(tmp_path: Path) -> None:
    body = """
    #- pytest.ini
    [pytest]
    python_files = check_*.py
    python_functions = it_*
    #- tests/check_users.py
    def it_reads(): ...
    def test_not_this(): ...
    #- tests/test_users.py
    def it_reads(): ...
    """
    found = projects.backend(tmp_path, _flush(body))
    assert [(it.file, it.name) for it in found.tests] == [("tests/check_users.py", "it_reads")]


@pytest.mark.parametrize(
    ("manifest", "imports", "expected"),
    [
        ('{"devDependencies": {"jest": "1"}}', "", "jest"),
        ('{"devDependencies": {"mocha": "1", "chai": "4"}}', "", "mocha"),
        (
            '{"devDependencies": {"jest": "1", "vitest": "1"}, "scripts": {"test": "vitest run"}}',
            "",
            "vitest",
        ),
        ('{"scripts": {"test": "node --test"}}', "", "node:test"),
        ('{"devDependencies": {"jest": "1"}}', "import { describe, it } from 'vitest';", "vitest"),
        ("{}", "const { describe, it } = require('node:test');", "node:test"),
        ("{}", "import { describe, it } from '@jest/globals';", "jest"),
    ],
)
def test_names_and_runners_in_scripts(
    tmp_path: Path, manifest: str, imports: str, expected: str
) -> None:
    notation = f"""
//- package.json
{manifest}
//- src/__tests__/users.ts
{imports}
describe('users', () => {{
  describe('reading', () => {{
    it('works', async () => {{}});
    it.skip('waits', () => {{}});
    it.todo('later');
  }});
}});
"""
    found = projects.backend(tmp_path, notation)
    assert [(it.name, it.line, it.framework) for it in found.tests] == [
        ("users reading works", 4, expected),
        ("users reading waits", 5, expected),
    ]


def test_fixtures_are_known_with_what_they_give(tmp_path: Path) -> None:
    body = """
    #- tests/conftest.py
    import pytest
    from collections.abc import Iterator
    from fastapi.testclient import TestClient
    from sqlalchemy.orm import Session
    from app.main import create_app
    pytest_plugins = ["tests.plugin"]

    @pytest.fixture(scope="session")
    def app():
        return create_app()
    @pytest.fixture
    def client(app) -> Iterator[TestClient]:
        yield TestClient(app)
    @pytest.fixture(name="auth_headers", autouse=True)
    def make_headers(token: str):
        return {"Authorization": f"Bearer {token}"}
    @pytest.fixture
    def make_user():
        def make(name): ...
        return make
    #- tests/plugin.py
    import pytest
    from sqlalchemy.orm import Session
    @pytest.fixture
    def db():
        with Session(engine) as session:
            yield session
    #- tests/test_users.py
    def test_me(client, db):
        client.get("/v1/users/me")
    """
    found = projects.backend(tmp_path, FASTAPI + _flush(body))
    told = [(it.name, it.kind, it.scope, it.parameters, it.autouse) for it in found.fixtures]
    assert told == [
        ("app", "app", "session", [], False),
        ("client", "client", "function", ["app"], False),
        ("auth_headers", "headers", "function", ["token"], True),
        ("make_user", "factory", "function", [], False),
        ("db", "session", "function", [], False),
    ]
    assert found.fixtures[1].returns == "Iterator[TestClient]"


def test_a_nearer_fixture_may_build_on_the_outer_one(tmp_path: Path) -> None:
    body = """
    #- tests/users/conftest.py
    import pytest
    @pytest.fixture
    def client(client):
        client.headers["X"] = "1"
        return client
    #- tests/users/test_users.py
    def test_me(client):
        client.get("/v1/users/me")
    """
    found = projects.backend(tmp_path, FASTAPI + CLIENT + _flush(body))
    assert reached(found) == {"GET /v1/users/me": ["test_me"]}


def _flush(body: str) -> str:
    lines = body.strip("\n").splitlines()
    indent = len(lines[0]) - len(lines[0].lstrip())
    return "\n" + "\n".join(line[indent:] for line in lines) + "\n"
