"""The smaller manifests beside a Deployment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.yaml_text import Value


def labels(app: Application) -> dict[str, Value]:
    return {"app.kubernetes.io/name": app.name}


def metadata(app: Application) -> dict[str, Value]:
    return {"name": app.name, "labels": labels(app)}


def service(app: Application) -> dict[str, Value]:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": metadata(app),
        "spec": {
            "selector": labels(app),
            "ports": [{"name": "http", "port": 80, "targetPort": "http"}],
        },
    }


def config_map(app: Application, values: Mapping[str, str]) -> dict[str, Value]:
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": metadata(app),
        "data": dict(values),
    }


def autoscaler(app: Application, least: int, most: int = 0) -> dict[str, Value]:
    return {
        "apiVersion": "autoscaling/v2",
        "kind": "HorizontalPodAutoscaler",
        "metadata": metadata(app),
        "spec": {
            "scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": app.name},
            "minReplicas": least,
            "maxReplicas": max(most, least) if most else least * 5,
            "metrics": [
                {
                    "type": "Resource",
                    "resource": {
                        "name": "cpu",
                        "target": {"type": "Utilization", "averageUtilization": 70},
                    },
                }
            ],
        },
    }


def ingress(app: Application, host: str) -> dict[str, Value]:
    backend: dict[str, Value] = {"service": {"name": app.name, "port": {"name": "http"}}}
    path: dict[str, Value] = {"path": "/", "pathType": "Prefix", "backend": backend}
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": metadata(app),
        "spec": {
            "tls": [{"hosts": [host], "secretName": f"{app.name}-tls"}],
            "rules": [{"host": host, "http": {"paths": [path]}}],
        },
    }


def budget(app: Application) -> dict[str, Value]:
    return {
        "apiVersion": "policy/v1",
        "kind": "PodDisruptionBudget",
        "metadata": metadata(app),
        "spec": {"minAvailable": 1, "selector": {"matchLabels": labels(app)}},
    }


def kustomization(
    app: Application, files: Sequence[str], image: str, namespace: str
) -> dict[str, Value]:
    """`image` may have a tag; what is not said is left to be filled in."""
    head, colon, tag = image.rpartition(":")
    name, tag = (head, tag) if colon and "/" not in tag else (image, "")
    content: dict[str, Value] = {
        "apiVersion": "kustomize.config.k8s.io/v1beta1",
        "kind": "Kustomization",
    }
    if namespace:
        content["namespace"] = namespace
    content["resources"] = list(files)
    content["images"] = [{"name": app.name, "newName": name or app.name, "newTag": tag or "0.1.0"}]
    return content
