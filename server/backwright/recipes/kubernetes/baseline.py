"""Manifests for Kubernetes: a Deployment and what belongs to it, put together by kustomize."""

from __future__ import annotations

import posixpath
import re

from backwright.edits.units import Unit
from backwright.recipes.infrastructure.application import Application, project_of
from backwright.recipes.infrastructure.asked import Asked, asked_of
from backwright.recipes.infrastructure.environment import (
    FILE_DATABASE,
    Environment,
    environment_of,
)
from backwright.recipes.infrastructure.health import Health, health_of, standing_health
from backwright.recipes.infrastructure.present import first_present, written
from backwright.recipes.infrastructure.running import application_of
from backwright.recipes.infrastructure.services import services
from backwright.recipes.infrastructure.yaml_text import Value, yaml_text
from backwright.recipes.kubernetes.deployment import Plan, deployment
from backwright.recipes.kubernetes.manifests import (
    autoscaler,
    budget,
    config_map,
    ingress,
    kustomization,
    service,
)
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project

_FOLDERS = ("k8s", "kubernetes", "deploy", "deploy/k8s", "manifests", "infra/k8s", "k8s/base")
_KNOWN = (
    "kubernetes", "k8s", "manifest", "cluster", "deployment", "service", "config", "map", "secret",
    "probe", "liveness", "readiness", "startup", "health", "resource", "limit", "memory", "cpu",
    "kustom", "replica", "pod", "hpa", "autoscal", "scal", "horizontal", "ingress", "domain",
    "host", "budget", "disruption", "pdb", "root", "secur", "read", "namespace", "image",
    "registry", "environment", "env", "variable", "container", "kubectl", "replace", "overwrite",
    "rewrite", "regenerate", "yaml", "yml", "node", "python", "express", "fastapi", "flask", "port",
    "eks", "gke", "aks", "minikube", "load", "balanc", "reference", "setting", "instance", "least",
)  # fmt: skip
_BEYOND = ("helm", "network", "monitor", "prometheus", "vault", "argo", "istio", "policies")
_HOST = re.compile(r"\b((?:[a-z0-9-]+\.)+[a-z]{2,})\b", re.IGNORECASE)
_NAMESPACE = re.compile(
    r"\bnamespace\s+(?:called\s+|named\s+|is\s+)?[`'\"]?([a-z0-9][a-z0-9-]*)"
    r"|\b(?!in\b)([a-z0-9-]+) namespace\b"
)
_NO_NAME = frozenset({"for", "with", "and", "the", "a", "own", "its", "new", "separate", "default"})


def baseline(situation: Situation) -> Outcome:
    asked = asked_of(situation)
    if asked.says("helm"):
        return Refused(
            "there is no template for Helm charts; ask for Kubernetes manifests to get plain ones"
            " with a kustomization"
        )
    project = project_of(situation, asked)
    if isinstance(project, Refused):
        return project
    root = project.situation.stack.root
    names = [f"{folder}/deployment.{end}" for folder in _FOLDERS for end in ("yaml", "yml")]
    present = first_present(situation, root, names)
    if present and not asked.replace:
        return _already(situation, present)
    app = application_of(project, asked)
    if isinstance(app, Refused):
        return app
    folder = posixpath.dirname(present) or posixpath.join(root, _FOLDERS[0])
    return _draft(project, asked, app, folder)


def _draft(project: Project, asked: Asked, app: Application, folder: str) -> Draft:
    health = health_of(project)
    environment = environment_of(project, app)
    ready = standing_health(project, "ready")
    live = health.path if isinstance(health, Health) else ""
    scaled = asked.says("hpa", "autoscaler", "autoscale", "autoscaling", "scaling", "scale")
    plan = Plan(
        project,
        app,
        environment,
        live=live,
        ready=ready.path if ready is not None else live,
        replicas=0 if scaled else asked.replicas or 2,
        cpu=asked.cpu,
        memory=asked.memory,
    )
    contents: dict[str, dict[str, Value]] = {
        "deployment": deployment(plan),
        "service": service(app),
    }
    if environment.plain:
        contents["configmap"] = config_map(app, environment.plain)
    if scaled:
        contents["hpa"] = autoscaler(app, max(asked.replicas, 2), asked.at_most)
    host = _HOST.search(re.sub(re.escape(asked.image) or "$^", "", asked.request))
    review = [*app.notes, *plan.notes, *_notes(project, environment)]
    if asked.says("ingress"):
        contents["ingress"] = ingress(app, host[1] if host else "example.com")
        if not host:
            review.append("ingress.yaml names example.com: put the application's domain there")
    if asked.says("pdb", "disruption"):
        contents["pdb"] = budget(app)
    files = [f"{name}.yaml" for name in contents]
    contents["kustomization"] = kustomization(app, files, asked.image, _namespace(asked))
    unserved = [*asked.unserved(_KNOWN, _BEYOND), *_databases(asked)]
    if isinstance(health, Refused):
        (unserved if asked.is_about_health else review).append(health.reason)
    else:
        review += health.review
    if not asked.image:
        review.append("kustomization.yaml names no registry: set newName and newTag to the image")
    if not first_present(project.situation, project.situation.stack.root, ["Dockerfile"]):
        review.append("there is no Dockerfile yet: the recipe dockerfile writes one")
    units = [
        written(project.situation, posixpath.join(folder, f"{name}.yaml"), yaml_text(content))
        for name, content in contents.items()
    ]
    added: tuple[Unit, ...] = health.units if isinstance(health, Health) else ()
    return Draft(
        (*units, *added),
        f"Kubernetes manifests for {app.name} in {folder}: {', '.join(contents)}",
        unserved=tuple(unserved),
        next_steps=_steps(plan, folder),
        review=tuple(review),
    )


def _steps(plan: Plan, folder: str) -> tuple[str, ...]:
    name = plan.app.name
    if not plan.environment.secret:
        return (f"kubectl apply --kustomize {folder}",)
    keys = ", ".join(plan.environment.secret)
    return (
        f"kubectl create secret generic {name} --from-env-file=FILE, with {keys} in FILE",
        f"kubectl apply --kustomize {folder}",
    )


def _notes(project: Project, environment: Environment) -> list[str]:
    notes = []
    if environment.unset:
        notes.append(f"configmap.yaml has no value yet for {', '.join(environment.unset)}")
    if "sqlite" in project.situation.stack.databases:
        notes.append(FILE_DATABASE)
    return notes


def _namespace(asked: Asked) -> str:
    found = _NAMESPACE.search(asked.request.lower())
    name = (found[1] or found[2]) if found else ""
    return "" if name in _NO_NAME else name


def _databases(asked: Asked) -> list[str]:
    titles = [services()[it].title for it in asked.services]
    return [
        f"{title} in the cluster: have it run by an operator or your cloud, its URL in the Secret"
        for title in titles
    ]


def _already(situation: Situation, path: str) -> AlreadyDone | Refused:
    text = situation.source(path)
    features = {
        "probes": "Probe:" in text,
        "limits": "limits:" in text,
        "security context": "securityContext:" in text,
    }
    lacking = [name for name, has in features.items() if not has]
    if not lacking:
        return AlreadyDone(f"{path} is there already, with {', '.join(features)}")
    return Refused(
        f"{path} is there already and has no {', no '.join(lacking)}; say `replace it` to have it"
        " written anew"
    )
