import pytest

RACHEL = {
    "email": "rachel@example.org",
    "name": "Rachel",
    "password": "a long enough secret",
}


def test_register(client):
    response = client.post("/api/auth/register", json=RACHEL)

    assert response.status_code == 201
    assert response.json["role"] == "observer"
    assert "password_hash" not in response.json


def test_register_twice(client, user):
    response = client.post("/api/auth/register", json={**RACHEL, "email": user.email})

    assert response.status_code == 409


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nowhere"), ("password", "short"), ("role", "admin")]
)
def test_register_checks_its_input(client, field, value):
    response = client.post("/api/auth/register", json={**RACHEL, field: value})

    assert response.status_code == 400
    assert [it["field"] for it in response.json["fields"]] == [field]


def test_login(client, user):
    credentials = {"email": user.email, "password": RACHEL["password"]}

    token = client.post("/api/auth/login", json=credentials).json["token"]

    me = client.get("/api/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert me.status_code == 200
    assert me.json == user.to_dict()


def test_login_with_a_wrong_password(client, user):
    response = client.post("/api/auth/login", json={"email": user.email, "password": "guess"})

    assert response.status_code == 401
