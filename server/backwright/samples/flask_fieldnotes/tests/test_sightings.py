from datetime import date, timedelta

import pytest


@pytest.fixture
def body(species, site):
    return {"species_id": species.id, "site_id": site.id, "seen_on": "2024-05-04", "count": 3}


def test_create_sighting(client, auth_headers, user, body):
    response = client.post("/api/sightings", json=body, headers=auth_headers)

    assert response.status_code == 201
    assert response.json["observer_id"] == user.id
    assert response.json["status"] == "pending"
    read = client.get(response.headers["Location"], headers=auth_headers)
    assert read.json == response.json


def test_create_sighting_needs_a_token(client, body):
    assert client.post("/api/sightings", json=body).status_code == 401


def test_create_sighting_of_an_unknown_species(client, auth_headers, body):
    response = client.post("/api/sightings", json={**body, "species_id": 99}, headers=auth_headers)

    assert response.status_code == 404


@pytest.mark.parametrize(
    "change", [{"count": 0}, {"seen_on": (date.today() + timedelta(days=2)).isoformat()}]
)
def test_create_sighting_checks_its_input(client, auth_headers, body, change):
    response = client.post("/api/sightings", json={**body, **change}, headers=auth_headers)

    assert response.status_code == 400


def test_reviewers_verify_once(client, reviewer_headers, sighting):
    url = f"/api/sightings/{sighting.id}/verdict"

    first = client.post(url, json={"verdict": "verified"}, headers=reviewer_headers)
    second = client.post(url, json={"verdict": "rejected"}, headers=reviewer_headers)

    assert (first.status_code, second.status_code) == (200, 409)
    read = client.get(f"/api/sightings/{sighting.id}", headers=reviewer_headers)
    assert read.json["status"] == "verified"
