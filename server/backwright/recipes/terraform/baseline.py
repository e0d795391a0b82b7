"""A Terraform module: one container service, its database and cache, its secrets."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from backwright.edits.units import Unit
from backwright.recipes.infrastructure.application import Application, project_of
from backwright.recipes.infrastructure.asked import Asked, asked_of
from backwright.recipes.infrastructure.environment import FILE_DATABASE
from backwright.recipes.infrastructure.health import Health, health_of
from backwright.recipes.infrastructure.present import first_present, listed, written
from backwright.recipes.infrastructure.render import rendered
from backwright.recipes.infrastructure.running import application_of
from backwright.recipes.infrastructure.services import services, used_by
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.terraform.aligned import aligned
from backwright.recipes.terraform.clouds import AWS, CLOUDS, Cloud, Input
from backwright.recipes.terraform.plan import Plan, plan_of

_FOLDERS = ("terraform", "infra", "infrastructure", "deploy/terraform", "iac", "tf")
_OTHERS = {
    "azure": "Azure", "aks": "Azure", "digitalocean": "DigitalOcean", "heroku": "Heroku",
    "hetzner": "Hetzner", "linode": "Linode", "oracle": "Oracle Cloud", "alibaba": "Alibaba Cloud",
    "cloudflare": "Cloudflare", "scaleway": "Scaleway", "ovh": "OVHcloud",
}  # fmt: skip
_KNOWN = (
    "terraform", "tofu", "opentofu", "infrastructure", "iac", "hcl", "module", "aws", "amazon",
    "ecs", "fargate", "rds", "elasticache", "gcp", "google", "cloud", "container", "database",
    "cache", "secret", "sensitive", "variable", "output", "load", "balanc", "alb", "https",
    "health", "check", "log", "role", "iam", "least", "privilege", "private", "encrypt", "backup",
    "replica", "instance", "image", "port", "replace", "overwrite", "rewrite", "regenerate",
    "provision", "host", "managed", "node", "python", "express", "fastapi", "flask", "secur",
)  # fmt: skip
_STATE = (
    "the state holds the values of secrets: keep it in an encrypted remote backend, for which none"
    " is set yet"
)


def baseline(situation: Situation) -> Outcome:
    asked = asked_of(situation)
    cloud = _cloud(asked)
    if isinstance(cloud, Refused):
        return cloud
    project = project_of(situation, asked)
    if isinstance(project, Refused):
        return project
    root = project.situation.stack.root
    present = first_present(situation, root, [f"{it}/main.tf" for it in _FOLDERS])
    if present and not asked.replace:
        return _already(situation, present, cloud)
    app = application_of(project, asked)
    if isinstance(app, Refused):
        return app
    folder = posixpath.dirname(present) or posixpath.join(root, _FOLDERS[0])
    return _draft(project, asked, app, cloud, folder)


def _cloud(asked: Asked) -> Cloud | Refused:
    named = [it for it in CLOUDS if asked.says(*it.words)]
    if len(named) > 1:
        return Refused("this names AWS and Google Cloud; say which one")
    other = next((title for word, title in _OTHERS.items() if word in asked.words), "")
    if other and not named:
        return Refused(f"there are templates for AWS and Google Cloud, none for {other}")
    return named[0] if named else AWS


def _draft(project: Project, asked: Asked, app: Application, cloud: Cloud, folder: str) -> Draft:
    health = health_of(project)
    wanted, unserved = _served(cloud, list(asked.services) or used_by(project.situation.stack))
    path = health.path if isinstance(health, Health) else ""
    plan = plan_of(project, app, cloud, wanted, path)
    replicas = Input(
        "replicas",
        "How many run at once." if cloud is AWS else "How many run at once, at most.",
        "number",
        str(asked.replicas or 2),
    )
    plan = replace(plan, inputs=(*cloud.inputs, replicas, *plan.inputs[len(cloud.inputs) :]))
    review = [*app.notes, *plan.notes, _STATE]
    if isinstance(health, Refused):
        (unserved if asked.is_about_health else review).append(health.reason)
    else:
        review += health.review
    if not plan.database and "sqlite" in project.situation.stack.databases:
        review.append(FILE_DATABASE)
    if plan.health and cloud is AWS:
        review.append(f"the load balancer calls {path} by the task's address: any Host must do")
    names = [services()[it].title for it in wanted]
    return Draft(
        (*_units(project, plan, folder), *(health.units if isinstance(health, Health) else ())),
        f"Terraform for {app.name} on {cloud.title}: {cloud.service}"
        + (f", {' and '.join(names)}" if names else ""),
        unserved=(*asked.unserved(_KNOWN), *unserved),
        next_steps=(
            f"terraform -chdir={folder} init",
            f"terraform -chdir={folder} plan",
        ),
        review=tuple(review),
    )


def _units(project: Project, plan: Plan, folder: str) -> list[Unit]:
    situation = project.situation
    texts = {
        name: rendered(__file__, f"{plan.cloud.key}/{name}.tf.j2", plan=plan) for name in plan.files
    }
    texts["variables"] = rendered(__file__, "variables.tf.j2", variables=plan.inputs)
    units = [
        written(situation, posixpath.join(folder, f"{name}.tf"), aligned(text))
        for name, text in sorted(texts.items())
    ]
    ignored = (".terraform/", "*.tfstate", "*.tfstate.*", "*.tfvars")
    path = posixpath.join(situation.stack.root, ".gitignore")
    return [*units, *listed(situation, path, ignored)]


def _served(cloud: Cloud, wanted: list[str]) -> tuple[list[str], list[str]]:
    """The services that the module makes, and a word on the others."""
    served: list[str] = []
    others = []
    for key in wanted:
        relational = key in cloud.engines and not any(it in cloud.engines for it in served)
        if relational or key == "redis":
            served.append(key)
        else:
            others.append(f"{services()[key].title} on {cloud.title}: its address is a variable")
    return served, others


def _already(situation: Situation, path: str, cloud: Cloud) -> AlreadyDone | Refused:
    kind = {"aws": "aws_ecs_service", "gcp": "google_cloud_run"}[cloud.key]
    folder = posixpath.dirname(path)
    names = [f"{folder}/{it}.tf" for it in ("main", "service", "ecs", "app", "run", "cloud_run")]
    if any(re.search(rf'resource\s+"{kind}', situation.source(it)) for it in names):
        return AlreadyDone(f"{folder} has a service on {cloud.title} already")
    return Refused(
        f"{path} is there already and has no service on {cloud.title}; say `replace it` to have the"
        " folder's files written anew"
    )
