def log_in(client):
    answer = client.post("/auth/login", json={"name": "writer"})
    return {"Authorization": f"Bearer {answer.get_json()['token']}"}


def test_sent_letter_can_be_read(client):
    headers = log_in(client)
    sent = client.post("/letters/", json={"to": "harbour"}, headers=headers)
    assert sent.status_code == 201
    number = sent.get_json()["number"]
    assert client.get(f"/letters/{number}", headers=headers).get_json()["to"] == "harbour"


def test_letter_without_address_is_refused(client):
    assert client.post("/letters/", json={}, headers=log_in(client)).status_code == 400


def test_writers_burn_nothing(client):
    assert client.delete("/letters/1", headers=log_in(client)).status_code == 403
