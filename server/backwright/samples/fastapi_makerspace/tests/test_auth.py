import pytest

ADA = {"email": "ada@example.org", "name": "Ada", "password": "a long enough secret"}


def test_register(client):
    response = client.post("/api/v1/auth/register", json=ADA)

    assert response.status_code == 201
    body = response.json()
    assert body["email"] == "ada@example.org"
    assert body["role"] == "member"
    assert "password" not in str(body)


def test_register_takes_an_address_once(client):
    client.post("/api/v1/auth/register", json=ADA)

    response = client.post("/api/v1/auth/register", json={**ADA, "email": "ADA@example.org"})

    assert response.status_code == 409


@pytest.mark.parametrize(
    "change", [{"email": "nowhere"}, {"password": "short"}, {"name": " "}], ids=str
)
def test_register_checks_its_input(client, change):
    response = client.post("/api/v1/auth/register", json={**ADA, **change})

    assert response.status_code == 422


def test_token_opens_the_door(client, member, password):
    response = client.post("/api/v1/auth/token", json={"email": member.email, "password": password})
    assert response.status_code == 200

    token = response.json()["access_token"]
    me = client.get("/api/v1/members/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["email"] == member.email


def test_token_needs_the_right_password(client, member):
    response = client.post(
        "/api/v1/auth/token", json={"email": member.email, "password": "wrong password"}
    )

    assert response.status_code == 401


def test_token_is_for_members(client, password):
    response = client.post(
        "/api/v1/auth/token", json={"email": "nobody@example.org", "password": password}
    )

    assert response.status_code == 401


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nonsense"}], ids=str)
def test_me_needs_a_token(client, headers):
    assert client.get("/api/v1/members/me", headers=headers).status_code == 401
