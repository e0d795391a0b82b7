import pytest


def test_added_bookmark_can_be_read(client, editor_headers):
    body = {"url": "https://example.org/", "title": "Example"}
    created = client.post("/bookmarks", json=body, headers=editor_headers)
    assert created.status_code == 201
    found = client.get(f"/bookmarks/{created.json()['id']}", headers=editor_headers)
    assert found.json()["title"] == "Example"


@pytest.mark.parametrize("path", ["/moderation/queue", "/bookmarks/1"])
def test_protected_paths_want_a_token(client, path):
    assert client.get(path).status_code == 401


def test_search_wants_two_letters(client):
    assert client.get("/bookmarks/search", params={"q": "a"}).status_code == 422
