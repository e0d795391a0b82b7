def test_log_in_gives_a_token_that_opens_me(client):
    answer = client.post("/auth/token", json={"name": "reader", "password": "long enough"})
    assert answer.status_code == 200
    token = answer.json()["access_token"]
    me = client.get("/auth/me", headers={"Authorization": f"Bearer {token}"})
    assert me.json()["name"] == "reader"


def test_me_wants_a_token(client):
    assert client.get("/auth/me").status_code == 401
