class TestStats:
    def test_wants_a_token(self, client):
        assert client.get("/admin/stats").status_code == 401

    def test_is_open_to_the_postmaster(self, client, postmaster):
        assert client.get("/admin/stats", headers=postmaster).status_code == 200
