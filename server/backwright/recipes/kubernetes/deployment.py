"""The Deployment: probes, resources, settings, and no more rights than it needs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backwright.recipes.infrastructure.application import Application
from backwright.recipes.infrastructure.environment import Environment
from backwright.recipes.infrastructure.present import first_present
from backwright.recipes.infrastructure.yaml_text import Value
from backwright.recipes.kubernetes.manifests import labels, metadata
from backwright.recipes.project import Project

_USERS = {"node": 1000, "python": 10001}
_USER = re.compile(r"^\s*USER\s+([\w-]+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Plan:
    """`live` and `ready` are paths for the probes, "" for none; `replicas` is 0 with a scaler.

    `cpu` and `memory` are limits that are asked for, "" for the usual ones.
    """

    project: Project
    app: Application
    environment: Environment
    live: str
    ready: str
    replicas: int
    cpu: str = ""
    memory: str = ""

    @property
    def user(self) -> int:
        """The user that the image is made for."""
        written = self._written
        return int(written) if written.isdigit() else _USERS[self.app.language]

    @property
    def notes(self) -> list[str]:
        written = self._written
        if not written or written.isdigit() or (written, self.app.language) == ("node", "node"):
            return []
        return [f"the image's user is {written}: see that runAsUser {self.user} is its number"]

    @property
    def _written(self) -> str:
        situation = self.project.situation
        path = first_present(situation, situation.stack.root, ["Dockerfile", "Containerfile"])
        users = _USER.findall(situation.source(path)) if path else []
        return users[-1] if users else ""


def deployment(plan: Plan) -> dict[str, Value]:
    app = plan.app
    spec: dict[str, Value] = {}
    if plan.replicas:
        spec["replicas"] = plan.replicas
    spec["selector"] = {"matchLabels": labels(app)}
    spec["template"] = {"metadata": {"labels": labels(app)}, "spec": _pod(plan)}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": metadata(app),
        "spec": spec,
    }


def _pod(plan: Plan) -> dict[str, Value]:
    return {
        "automountServiceAccountToken": False,
        "securityContext": {
            "runAsNonRoot": True,
            "runAsUser": plan.user,
            "runAsGroup": plan.user,
            "fsGroup": plan.user,
            "seccompProfile": {"type": "RuntimeDefault"},
        },
        "containers": [_container(plan)],
        "volumes": [{"name": "tmp", "emptyDir": {}}],
    }


def _container(plan: Plan) -> dict[str, Value]:
    app, environment = plan.app, plan.environment
    content: dict[str, Value] = {
        "name": "app",
        "image": app.name,
        "ports": [{"name": "http", "containerPort": app.port}],
    }
    if environment.plain:
        content["envFrom"] = [{"configMapRef": {"name": app.name}}]
    if environment.secret:
        content["env"] = [_from_secret(app, it, environment) for it in environment.secret]
    content["startupProbe"] = {**_asks(plan.live), "periodSeconds": 3, "failureThreshold": 20}
    content["readinessProbe"] = {**_asks(plan.ready), "periodSeconds": 5, "timeoutSeconds": 3}
    content["livenessProbe"] = {**_asks(plan.live), "periodSeconds": 15, "timeoutSeconds": 3}
    content["resources"] = {
        "requests": {"cpu": "100m", "memory": "128Mi"},
        "limits": {
            **({"cpu": plan.cpu} if plan.cpu else {}),
            "memory": plan.memory or "512Mi",
        },
    }
    content["securityContext"] = {
        "allowPrivilegeEscalation": False,
        "readOnlyRootFilesystem": True,
        "capabilities": {"drop": ["ALL"]},
    }
    content["volumeMounts"] = [{"name": "tmp", "mountPath": "/tmp"}]
    return content


def _from_secret(app: Application, name: str, environment: Environment) -> dict[str, Value]:
    key: dict[str, Value] = {"name": app.name, "key": name}
    if name in environment.optional:
        key["optional"] = True
    return {"name": name, "valueFrom": {"secretKeyRef": key}}


def _asks(path: str) -> dict[str, Value]:
    if path:
        return {"httpGet": {"path": path, "port": "http"}}
    return {"tcpSocket": {"port": "http"}}
