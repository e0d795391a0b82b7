"""Manifests hold to the API's schemas, belong together, and hold no secret."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from infrastructure_projects import PROJECTS, files_of

VERSION = "1.33"
REQUESTS = {
    "plain": "Kubernetes manifests",
    "all": "k8s manifests with autoscaling, an ingress for shop.example.org, a disruption budget,"
    " image ghcr.io/acme/shop:1.4.0 in namespace shop",
}


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("name", PROJECTS)
@pytest.mark.parametrize("request_", REQUESTS)
async def test_manifests(name: str, request_: str, tmp_path: Path) -> None:
    files = await files_of(tmp_path / "project", PROJECTS[name], REQUESTS[request_], "kubernetes")
    manifests: dict[str, Any] = {
        path.removeprefix("k8s/"): yaml.safe_load(text)
        for path, text in files.items()
        if path.startswith("k8s/")
    }
    together = manifests.pop("kustomization.yaml")
    assert together["resources"] == list(manifests)
    for manifest in manifests.values():
        kubernetes_validate.validate(manifest, VERSION, strict=True)
    kinds = {it["kind"]: it for it in manifests.values()}
    assert_no_rights(kinds["Deployment"]["spec"]["template"]["spec"])
    labels = kinds["Deployment"]["spec"]["template"]["metadata"]["labels"]
    assert kinds["Service"]["spec"]["selector"].items() <= labels.items()
    assert ("replicas" in kinds["Deployment"]["spec"]) == ("HorizontalPodAutoscaler" not in kinds)
    if request_ == "all":
        assert {"Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget"} <= kinds.keys()
        assert together["namespace"] == "shop"
        assert together["images"][0]["newName"] == "ghcr.io/acme/shop"
        assert together["images"][0]["newTag"] == "1.4.0"
    plain = kinds.get("ConfigMap", {}).get("data", {})
    assert not {"DATABASE_URL", "JWT_SECRET", "SECRET_KEY", "DB_PASSWORD", "MONGO_URL"} & set(plain)


def assert_no_rights(pod: dict[str, Any]) -> None:
    container = pod["containers"][0]
    assert pod["securityContext"]["runAsNonRoot"]
    assert pod["securityContext"]["runAsUser"] > 0
    assert container["securityContext"]["readOnlyRootFilesystem"]
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container[probe]["httpGet"]["port"] == "http"
    assert all("value" not in it for it in container.get("env", []))
