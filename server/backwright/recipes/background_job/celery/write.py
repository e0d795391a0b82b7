"""Writes a job for Celery: the task with its retries, dead letters, and the call that enqueues."""

from __future__ import annotations

import posixpath
import re

from backwright.edits.units import Unit
from backwright.facts import code, walk
from backwright.recipes.background_job.asked import Wanted
from backwright.recipes.background_job.mail import subject_of, text_of
from backwright.recipes.background_job.trigger import trigger_of, with_call
from backwright.recipes.infrastructure.render import rendered
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Situation
from backwright.recipes.project import Project

LANGUAGES = ("python",)

_FOLDERS = ("jobs", "tasks", "workers")


def write(situation: Situation, wanted: Wanted) -> Outcome:
    project = Project(situation)
    package = _package(project)
    folder = _folder(situation, package)
    queue = "_".join(wanted.subject.replace("-", " ").split())
    file = posixpath.join(folder, f"{queue}.py")
    if situation.document(file) is not None:
        return AlreadyDone(f"{file} is there already")
    app = _application(project)
    name, app_file = app or ("celery", posixpath.join(package, "worker.py"))
    names = {
        "app": name,
        "app_module": _module(situation, app_file),
        "module": _module(situation, app_file),
        "job_module": _module(situation, file),
        "package": _module(situation, package).rpartition(".")[2] or "app",
        "queue": queue,
        "work": f"{wanted.verb}_{queue}",
        "url": _url(situation),
    }
    text = rendered(
        __file__,
        "templates/job.py.j2",
        **names,
        title=f"{wanted.verb.capitalize()} {wanted.subject}",
        mail=wanted.is_mail,
        dead=wanted.dead_letters,
        retries=wanted.retries,
        fixed=wanted.fixed,
        longest=wanted.longest,
        subject=subject_of(wanted),
        text=text_of(wanted),
    )
    units = [Unit(file, "create", text=text)]
    if app is None:
        units.append(
            Unit(app_file, "create", text=rendered(__file__, "templates/app.py.j2", **names))
        )
    if package and not situation.document(posixpath.join(folder, "__init__.py")):
        units.append(
            Unit(posixpath.join(folder, "__init__.py"), "create", text='"""Background jobs."""\n')
        )
    if not situation.stack.manifest and situation.document("requirements.txt") is None:
        units.append(Unit("requirements.txt", "create", text="celery[redis]>=5.4,<6\n"))
    triggered, left = _trigger(project, wanted, file, names)
    command = f"celery -A {names['app_module']} worker"
    needed = f"{names['url']}, SMTP_HOST and MAIL_FROM" if wanted.is_mail else names["url"]
    return Draft(
        (*units, *triggered),
        f"{names['work']} in Celery: {wanted.retries} retries with"
        f" {'the same' if wanted.fixed else 'growing'} delays"
        + (f", then the queue {queue}.dead" if wanted.dead_letters else "")
        + f"; {command} runs the worker",
        unserved=tuple(left),
        next_steps=(
            f"{command} runs beside the application, with {needed} set",
            *_redis(situation),
            *_included(app is not None, names),
        ),
        review=tuple(_review(wanted, file)),
    )


def _application(project: Project) -> tuple[str, str] | None:
    """The name of the Celery application that is there already, and its file."""
    for path in project.sources((".py",)):
        facts = project.facts(path) if project.imports_package(path, "celery") else None
        for step in walk.steps(facts.steps) if facts is not None else ():
            if isinstance(step, code.Assign) and isinstance(step.value, code.Call):
                called = walk.dotted(step.value.function)
                if project.origin(path, called) in {"celery.Celery", "celery.app.base.Celery"}:
                    return walk.dotted(step.target), path
    return None


def _redis(situation: Situation) -> list[str]:
    """Celery speaks to Redis through a package that it does not bring along."""
    declared = "redis" in situation.stack.dependencies or not situation.stack.manifest
    return [] if declared else ["add redis to your dependencies, which Celery reaches it with"]


def _included(existing: bool, names: dict[str, str]) -> list[str]:
    if not existing:
        return []
    app, job = names["app_module"], names["job_module"]
    return [f"have {app} load the task: include {job} there, or let it autodiscover"]


def _package(project: Project) -> str:
    """The folder of the application's own package, "" where its modules lie at the root."""
    apps = [
        it.handler_place.file
        for it in project.situation.backend.routes
        if project.is_own(it.handler_place.file)
    ]
    root = project.situation.stack.root if project.situation.stack.root not in {"", "."} else ""
    for path in apps:
        inside = path.removeprefix(f"{root}/") if root else path
        top = inside.split("/")
        if top[0] == "src" and len(top) > 2:
            return posixpath.join(root, "src", top[1])
        if len(top) > 1:
            return posixpath.join(root, top[0])
    return root


def _folder(situation: Situation, package: str) -> str:
    for name in _FOLDERS:
        place = posixpath.join(package, name)
        if any(it.startswith(f"{place}/") for it in situation.paths):
            return place
    return posixpath.join(package, "jobs")


def _module(situation: Situation, path: str) -> str:
    """How a file or folder is imported: `app.jobs.welcome_email`."""
    root = situation.stack.root if situation.stack.root not in {"", "."} else ""
    inside = path.removeprefix(f"{root}/") if root else path
    return inside.removesuffix(".py").removeprefix("src/").replace("/", ".")


def _url(situation: Situation) -> str:
    urls = [it for it in situation.stack.env if re.search(r"(?:BROKER|REDIS).*UR[IL]", it)]
    return urls[0] if urls else "REDIS_URL"


def _trigger(
    project: Project, wanted: Wanted, file: str, names: dict[str, str]
) -> tuple[list[Unit], list[str]]:
    call = f"enqueue_{names['queue']}"
    if not wanted.when:
        return [], []
    trigger = trigger_of(project, wanted.when)
    needed = "email" if wanted.is_mail else "id"
    if trigger is None or needed not in trigger.values:
        return [], [f"when {wanted.when}: call {call}() of {file} there"]
    given = [it for it in ("email", "name") if it in trigger.values] if wanted.is_mail else ["id"]
    path = trigger.route.handler_place.file
    statement = f"{call}({', '.join(trigger.values[it] for it in given)})"
    return [
        Unit(path, "imports", text=f"from {names['job_module']} import {call}\n"),
        *with_call(project.situation, trigger, statement),
    ], []


def _review(wanted: Wanted, file: str) -> list[str]:
    if wanted.is_mail:
        return [f"the words of the e-mail in {file}: write your own"]
    return [f"{file} holds the place where the work itself is to be written"]
