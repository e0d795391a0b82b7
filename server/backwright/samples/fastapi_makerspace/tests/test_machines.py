from app.models import Machine, MachineStatus

LATHE = {"name": "Lathe", "category": "metal", "hourly_fee_cents": 900}


def test_list_machines_filters_and_pages(client, session, machine):
    session.add_all(
        [
            Machine(name="Band saw", category="wood"),
            Machine(name="Planer", category="wood", status=MachineStatus.OUT_OF_ORDER),
            Machine(name="Table saw", category="wood"),
        ]
    )
    session.commit()

    everything = client.get("/api/v1/machines").json()
    assert everything["total"] == 4

    usable = client.get("/api/v1/machines", params={"category": "wood", "status": "available"})
    assert [it["name"] for it in usable.json()["items"]] == ["Band saw", "Table saw"]

    second = client.get("/api/v1/machines", params={"limit": 1, "offset": 1}).json()
    assert [it["name"] for it in second["items"]] == ["Laser cutter"]
    assert second["total"] == 4


def test_staff_create_machines(client, staff_headers):
    response = client.post("/api/v1/machines", json=LATHE, headers=staff_headers)

    assert response.status_code == 201
    created = response.json()
    assert created["status"] == "available"
    assert client.get(f"/api/v1/machines/{created['id']}").json() == created


def test_members_do_not_create_machines(client, auth_headers):
    response = client.post("/api/v1/machines", json=LATHE, headers=auth_headers)

    assert response.status_code == 403


def test_names_of_machines_are_unique(client, staff_headers, machine):
    response = client.post(
        "/api/v1/machines", json={**LATHE, "name": machine.name}, headers=staff_headers
    )

    assert response.status_code == 409


def test_unknown_machine(client):
    assert client.get("/api/v1/machines/99").status_code == 404
