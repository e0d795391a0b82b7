from datetime import timedelta

import pytest


@pytest.fixture
def booking(machine, tomorrow):
    return {
        "machine_id": machine.id,
        "starts_at": tomorrow.isoformat(),
        "ends_at": (tomorrow + timedelta(hours=2)).isoformat(),
    }


def test_book_a_machine(client, auth_headers, booking):
    response = client.post("/api/v1/bookings", json=booking, headers=auth_headers)

    assert response.status_code == 201
    assert response.json()["fee_cents"] == 2400


def test_a_machine_is_booked_once(client, auth_headers, booking, tomorrow):
    client.post("/api/v1/bookings", json=booking, headers=auth_headers)
    later = {
        **booking,
        "starts_at": (tomorrow + timedelta(hours=1)).isoformat(),
        "ends_at": (tomorrow + timedelta(hours=3)).isoformat(),
    }

    response = client.post("/api/v1/bookings", json=later, headers=auth_headers)

    assert response.status_code == 409


def test_a_booking_needs_the_induction(client, session, auth_headers, booking, machine):
    machine.requires_induction = True
    session.commit()

    response = client.post("/api/v1/bookings", json=booking, headers=auth_headers)

    assert response.status_code == 403


@pytest.mark.parametrize("hours", [-1, 0, 9])
def test_a_booking_has_a_sensible_length(client, auth_headers, booking, tomorrow, hours):
    wrong = {**booking, "ends_at": (tomorrow + timedelta(hours=hours)).isoformat()}

    response = client.post("/api/v1/bookings", json=wrong, headers=auth_headers)

    assert response.status_code == 422


def test_cancel_a_booking(client, auth_headers, booking):
    made = client.post("/api/v1/bookings", json=booking, headers=auth_headers).json()

    response = client.delete(f"/api/v1/bookings/{made['id']}", headers=auth_headers)

    assert response.status_code == 204
    assert client.get("/api/v1/bookings", headers=auth_headers).json()["total"] == 0
