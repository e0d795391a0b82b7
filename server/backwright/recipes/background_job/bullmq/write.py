"""Writes a job for BullMQ: queue, worker, retries, dead letters, and the call that enqueues."""

from __future__ import annotations

import json
import posixpath
import re

from backwright.edits.units import Unit
from backwright.recipes.background_job.asked import Wanted
from backwright.recipes.background_job.mail import subject_of, text_of
from backwright.recipes.background_job.trigger import trigger_of, with_call
from backwright.recipes.infrastructure.render import rendered
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.project import Project
from backwright.recipes.script_modules import ScriptModules, modules_of

LANGUAGES = ("javascript", "typescript")

_FOLDERS = ("queues", "jobs", "workers")


def write(situation: Situation, wanted: Wanted) -> Outcome:
    project = Project(situation)
    modules = modules_of(project, typed="typescript" in situation.request.lower())
    folder = _folder(situation, modules)
    names = _names(wanted)
    queue_file = posixpath.join(folder, f"{names['queue']}{modules.suffix}")
    if situation.document(queue_file) is not None:
        return AlreadyDone(f"{queue_file} is there already")
    units = [*_new_project(situation, modules)]
    values = {**names, **_values(situation, wanted, modules)}
    files = {
        "connection": "connection",
        "queue": names["queue"],
        "worker": f"{names['queue']}.worker",
        "mail" if wanted.is_mail else "work": names["work_file"],
    }
    for template, name in files.items():
        path = posixpath.join(folder, f"{name}{modules.suffix}")
        if template == "connection" and situation.document(path) is not None:
            if "export function connect(" not in situation.source(path):
                return Refused(f"{path} is there and is not a connection for BullMQ")
            continue
        text = rendered(__file__, f"templates/{template}.ts.j2", **values)
        units.append(Unit(path, "create", text=modules.written(text)))
    main = posixpath.join(posixpath.dirname(folder), f"worker{modules.suffix}")
    units += _main(situation, modules, main, folder, values)
    triggered, left = _trigger(situation, project, wanted, modules, queue_file, names)
    units += triggered
    return Draft(
        tuple(units),
        f"{names['queue']} jobs in BullMQ: {wanted.retries} retries with"
        f" {'the same' if wanted.fixed else 'growing'} delays"
        + (", then a dead letter queue" if wanted.dead_letters else "")
        + f"; {modules.run(main)} runs the worker",
        unserved=tuple(left),
        next_steps=(_step(wanted, modules, main),),
        review=tuple(_review(situation, wanted, folder, names)),
    )


def _step(wanted: Wanted, modules: ScriptModules, main: str) -> str:
    needed = "REDIS_URL, SMTP_URL and MAIL_FROM" if wanted.is_mail else "REDIS_URL"
    return f"{modules.run(main)} runs beside the application, with {needed} set"


def _names(wanted: Wanted) -> dict[str, str]:
    subject = wanted.subject.replace("-", " ").split()
    queue = "-".join(subject)
    pascal = "".join(it.capitalize() for it in subject)
    return {
        "queue": queue,
        "Job": pascal,
        "job": pascal[0].lower() + pascal[1:],
        "NAME": "_".join(subject).upper(),
        "work": wanted.verb + pascal,
        "work_file": f"{wanted.verb}-{queue}",
    }


def _values(situation: Situation, wanted: Wanted, modules: ScriptModules) -> dict[str, object]:
    fields = (
        [("email", "string"), ("name?", "string")]
        if wanted.is_mail
        else [("id", "string | number")]
    )
    urls = [it for it in situation.stack.env if re.search(r"REDIS.*UR[IL]", it)]
    return {
        "typed": modules.typed,
        "fields": fields,
        "attempts": wanted.retries + 1,
        "fixed": wanted.fixed,
        "dead": wanted.dead_letters,
        "mail": wanted.is_mail,
        "subject": subject_of(wanted),
        "text": text_of(wanted),
        "url": urls[0] if urls else "REDIS_URL",
    }


def _folder(situation: Situation, modules: ScriptModules) -> str:
    """The folder of such code, else a new one beside the other sources."""
    for name in _FOLDERS:
        place = posixpath.join(modules.sources, name)
        if any(it.startswith(f"{place}/") for it in situation.paths):
            return place
    return posixpath.join(modules.sources, "queues")


def _new_project(situation: Situation, modules: ScriptModules) -> list[Unit]:
    """The manifest of a folder that has none."""
    if situation.stack.manifest or situation.document("package.json") is not None:
        return []
    manifest: dict[str, object] = {"private": True, "type": "module"}
    if modules.typed:
        manifest["devDependencies"] = {
            "@types/node": "^24.0.0",
            "tsx": "^4.0.0",
            "typescript": "^5.0.0",
        }
    manifest["dependencies"] = {"bullmq": "^6.0.0", "ioredis": "^5.0.0", "nodemailer": "^10.0.0"}
    units = [Unit("package.json", "create", text=json.dumps(manifest, indent=2) + "\n")]
    if modules.typed:
        options = {
            "module": "nodenext",
            "target": "es2023",
            "strict": True,
            "noEmit": True,
            "skipLibCheck": True,
        }
        config = {"compilerOptions": options, "include": ["src"]}
        units.append(Unit("tsconfig.json", "create", text=json.dumps(config, indent=2) + "\n"))
    return units


def _main(
    situation: Situation, modules: ScriptModules, main: str, folder: str, values: dict[str, object]
) -> list[Unit]:
    """The program that runs the workers: a new one, or one more worker in the one that is there."""
    inside = posixpath.basename(folder)
    start, file = f"start{values['Job']}Worker", f"./{inside}/{values['queue']}.worker.js"
    if situation.document(main) is None:
        text = rendered(__file__, "templates/main.ts.j2", **values).replace(
            f"./{values['queue']}.worker.js", file
        )
        return [Unit(main, "create", text=modules.written(text))]
    source = situation.source(main)
    list_ = re.search(r"^const workers = \[(.*)\]", source, re.MULTILINE)
    if list_ is None or f"{start}(" in source:
        return []
    line = source[source.rfind("\n", 0, list_.start()) + 1 :].split("\n", 1)[0]
    changed = line.replace(f"[{list_[1]}]", f"[{list_[1]}, {start}()]")
    added = modules.written(f"import {{ {start} }} from '{file}';\n").strip()
    return [
        Unit(main, "imports", text=added),
        Unit(main, "edit", text=changed, search=line),
    ]


def _trigger(
    situation: Situation,
    project: Project,
    wanted: Wanted,
    modules: ScriptModules,
    queue_file: str,
    names: dict[str, str],
) -> tuple[list[Unit], list[str]]:
    """The call in the endpoint where the work is due, or what is left to do about it."""
    call = f"enqueue{names['Job']}"
    if not wanted.when:
        return [], []
    trigger = trigger_of(project, wanted.when)
    needed = "email" if wanted.is_mail else "id"
    if trigger is None or needed not in trigger.values:
        return [], [f"when {wanted.when}: call {call}() of {queue_file} there"]
    given = [it for it in ("email", "name") if it in trigger.values] if wanted.is_mail else ["id"]
    entries = [it if trigger.values[it] == it else f"{it}: {trigger.values[it]}" for it in given]
    path = trigger.route.handler_place.file
    statement = modules.written(
        f"{call}({{ {', '.join(entries)} }}).catch((error) => {{\n"
        f"  console.error('{names['queue']} is not enqueued:', error.message);\n}});\n"
    ).strip()
    added = modules.import_of(project, path, call, queue_file)
    return [
        Unit(path, "imports", text=added),
        *with_call(situation, trigger, statement),
    ], []


def _review(situation: Situation, wanted: Wanted, folder: str, names: dict[str, str]) -> list[str]:
    notes = []
    if "bull" in situation.stack.dependencies and "bullmq" not in situation.stack.dependencies:
        notes.append("the project has Bull; this is its successor BullMQ, which runs beside it")
    if wanted.is_mail:
        notes.append(f"the words of the e-mail in {folder}/{names['work_file']}: write your own")
    else:
        notes.append(
            f"{folder}/{names['work_file']} holds the place where the work itself is to be written"
        )
    return notes
