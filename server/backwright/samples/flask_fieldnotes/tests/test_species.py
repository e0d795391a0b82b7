OTTER = {"scientific_name": "Lutra lutra", "common_name": "Otter", "group": "mammal"}


def test_create_species(client, reviewer_headers):
    created = client.post("/api/species", json=OTTER, headers=reviewer_headers)

    assert created.status_code == 201
    read = client.get(f"/api/species/{created.json['id']}")
    assert read.json == {**OTTER, "id": created.json["id"], "protected": False}


def test_observers_do_not_create_species(client, auth_headers):
    assert client.post("/api/species", json=OTTER, headers=auth_headers).status_code == 403


def test_a_species_is_listed_once(client, reviewer_headers, species):
    again = {**OTTER, "scientific_name": species.scientific_name}

    assert client.post("/api/species", json=again, headers=reviewer_headers).status_code == 409


def test_search_species(client, reviewer_headers, species):
    client.post("/api/species", json=OTTER, headers=reviewer_headers)

    found = client.get("/api/species", query_string={"q": "fisher"})
    assert [it["common_name"] for it in found.json["items"]] == ["Kingfisher"]

    page = client.get("/api/species", query_string={"per_page": 1, "page": 2})
    assert [it["common_name"] for it in page.json["items"]] == ["Otter"]
    assert page.json["total"] == 2
