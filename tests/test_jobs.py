"""Background jobs: the static reading equals what the library itself knows, for every project in
`tests/job_apps`; where the library can't be run without a server, what its documentation says."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace

from backwright.cli import show
from backwright.facts.backend import Backend
from backwright.facts.extract import extract
from backwright.index.calls import CallMemory, family
from backwright.index.jobs.find import job_names
from backwright.index.jobs.libraries import Library, libraries
from backwright.index.workspace import Workspace
from backwright.syntax.language import grammars_folder
from projects import backend, write

APPS = Path(__file__).parent / "job_apps"
DUMPED = sorted(it.stem.removeprefix("dump_") for it in APPS.glob("dump_*.py"))
DUMPED.remove("common")
TYPED = sorted(it.parent.name for it in APPS.glob("*/expected.json"))
_MARK = re.compile(r"(?:#|//) -> (.+)$")


def read(name: str) -> Backend:
    return Workspace(APPS / name).refresh()


def rows(backend: Backend, keys: set[str]) -> list[dict[str, object]]:
    found = show.jobs_json(backend)
    return [{key: value for key, value in row.items() if key in keys} for row in found]


@pytest.mark.parametrize("name", DUMPED)
def test_jobs_are_what_the_library_has_registered(name: str) -> None:
    dumped = json.loads(
        subprocess.run(
            [sys.executable, str(APPS / f"dump_{name}.py")],
            cwd=APPS / name,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(APPS)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
            timeout=60,
        ).stdout
    )
    assert dumped
    assert rows(read(name), set(dumped[0])) == dumped


@pytest.mark.parametrize("name", TYPED)
def test_jobs_are_as_documented(name: str) -> None:
    expected = json.loads((APPS / name / "expected.json").read_text("utf-8"))
    assert rows(read(name), set(expected[0])) == expected


@pytest.mark.parametrize("name", [*DUMPED, *TYPED])
def test_places_that_ask_for_a_job_are_those_that_are_marked(name: str) -> None:
    marked = set()
    for file in sorted(it for it in (APPS / name).rglob("*") if it.suffix in {".py", ".js", ".ts"}):
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            if mark := _MARK.search(line):
                path = file.relative_to(APPS / name).as_posix()
                marked |= {(job.strip(), path, number) for job in mark[1].split(",")}
    found = {(job.name, it.file, it.line) for job in read(name).jobs for it in job.enqueued_at}
    assert found == marked


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "celery",
            {
                # through a method of an object that is made in the handler, and its own helper
                "POST /orders/{order_id}": ["shop.tasks.mail.send_receipt"],
                "POST /orders/{order_id}/pack": [
                    "stock.reserve",
                    "shop.tasks.mail.send_reminder",
                    "shop.tasks.reports.export",
                ],
                "POST /orders/{order_id}/archive": ["shop.tasks.reports.archive"],
                "GET /orders/{order_id}": [],
            },
        ),
        (
            "rq",
            {
                "POST /visits/{number}/scan": ["clinic.jobs.read_scan"],
                "POST /visits/{number}/close": [
                    "clinic.jobs.remind",
                    "clinic.jobs.print_letter",
                    "clinic.jobs.bill",
                ],
            },
        ),
        (
            "bullmq",
            {
                "POST /listings": ["resize", "created"],
                "DELETE /listings/{id}": ["goodbye", "receipt"],
            },
        ),
    ],
)
def test_routes_tell_the_jobs_they_ask_for(name: str, expected: dict[str, list[str]]) -> None:
    assert {it.title: it.jobs for it in read(name).routes} == expected


def test_pause_of_a_retry_in_the_body_counts(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        #- tasks.py
        from celery import Celery

        app = Celery("x")

        @app.task(bind=True)
        def fixed(self):
            self.retry(countdown=30, max_retries=7)

        @app.task(bind=True)
        def growing(self):
            self.retry(countdown=2 ** self.request.retries)

        @app.task(bind=True)
        def of_another(self, session):
            session.retry()

        @app.task(bind=True, max_retries=None, default_retry_delay=5)
        def chosen(self, quick):
            pause = 1 if quick else 60
            self.retry(countdown=pause, max_retries=9)

        @app.task(autoretry_for=(OSError,), default_retry_delay=0)
        def at_once(self): ...
        """,
    )
    assert [(it.name, it.retries, it.backoff) for it in found.jobs] == [
        ("tasks.fixed", 7, "fixed 30 s"),
        ("tasks.growing", 3, "exponential"),
        ("tasks.of_another", 0, ""),
        ("tasks.chosen", 9, ""),
        ("tasks.at_once", 3, ""),
    ]


def test_functions_that_pass_a_job_on_ask_for_it(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        #- work.py
        import dramatiq
        from rq import Queue

        low = Queue("low")

        def later(function, *arguments):
            low.enqueue(function, *arguments)

        def send(actor, number):
            actor.send(number)

        def clean(): ...

        class Resize:
            __name__ = "resize"
            def __call__(self, number): ...

        resize = dramatiq.actor(Resize(), max_retries=2)
        #- web.py
        from flask import Flask
        from work import clean, later, resize, send
        app = Flask(__name__)

        @app.post("/clean")
        def start():
            later(clean)
            later(print)

        @app.post("/resize")
        def small():
            send(actor=resize, number=1)
        """,
    )
    assert [(it.name, it.queue, it.retries) for it in found.jobs] == [
        ("work.clean", "low", 0),
        ("resize", "default", 2),
    ]
    assert [(it.title, it.jobs) for it in found.routes] == [
        ("POST /clean", ["work.clean"]),
        ("POST /resize", ["resize"]),
    ]
    assert [[(at.file, at.line) for at in it.enqueued_at] for it in found.jobs] == [
        [("web.py", 7)],
        [("web.py", 12)],
    ]


def test_what_is_not_known_is_not_guessed(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        #- tasks.py
        import os
        from celery import Celery
        from celery.schedules import crontab

        app = Celery("x")
        HOUR = os.environ["HOUR"]

        @app.task(max_retries=int(os.environ["RETRIES"]))
        def send(): ...

        app.conf.beat_schedule = {"send": {"task": "tasks.send", "schedule": crontab(hour=HOUR)}}
        """,
    )
    assert [(it.retries, it.backoff, it.schedule) for it in found.jobs] == [(None, "", "")]


def test_what_is_remembered_of_files_gives_way_to_edits(tmp_path: Path) -> None:
    before = """
    #- tasks.py
    from celery import shared_task

    @shared_task
    def send(): ...
    #- web.py
    from tasks import send

    def ask():
        send.delay()
    """
    workspace = Workspace(write(tmp_path, before))
    assert [len(it.enqueued_at) for it in workspace.refresh().jobs] == [1]
    write(tmp_path, before.replace("send.delay()", "send.delay(); send.delay(2)"))
    assert [len(it.enqueued_at) for it in workspace.refresh().jobs] == [2]
    (tmp_path / "web.py").unlink()
    assert [len(it.enqueued_at) for it in workspace.refresh().jobs] == [0]


def test_worker_of_a_queue_without_a_known_name_stays(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        //- worker.js
        const { Worker } = require("bullmq");
        module.exports = (settings) => new Worker(settings.queue, async () => {});
        """,
    )
    assert [(it.name, it.queue) for it in found.jobs] == [("settings.queue", "")]


def test_calls_of_others_are_no_jobs(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        #- tasks.py
        import rq
        from celery import shared_task

        @shared_task
        def send(): ...

        def helper(): ...

        class Animation:
            def delay(self, number): ...

        def other(queue, unknown):
            helper.delay()
            Animation().delay(3)
            unknown.delay(3)
            queue.add(helper)
            print.apply(3)
        """,
    )
    assert [(it.name, it.enqueued_at) for it in found.jobs] == [("tasks.send", [])]


def test_projects_without_such_libraries_are_not_looked_at(tmp_path: Path) -> None:
    found = backend(
        tmp_path,
        """
        #- tasks.py
        from mytasks import task

        @task
        def send(): ...

        send.delay()
        """,
    )
    assert found.jobs == []


@pytest.mark.parametrize("library", libraries(), ids=lambda it: it.name)
def test_library_is_valid_and_asks_for_jobs(library: Library) -> None:
    assert library.imports
    assert library.enqueue
    assert (grammars_folder() / library.language).is_dir()


@pytest.mark.parametrize("name", [*DUMPED, *TYPED])
def test_files_that_are_left_out_hold_no_call_that_is_looked_for(name: str) -> None:
    names = job_names(libraries())
    looked_into = 0
    for file in (APPS / name).rglob("*"):
        path = file.relative_to(APPS / name).as_posix()
        facts = extract(path, file.read_bytes()) if file.is_file() else None
        if facts is not None:
            forced = replace(facts, called=sorted(names[family(facts.language)]))
            found = CallMemory().calls_in({path: forced}, [path], names)
            looked_into += len(found.by_name)
            assert set(found.by_name) <= set(facts.called)
    assert looked_into


NEST_BULLMQ = """
//- package.json
{"dependencies": {"@nestjs/common": "^11", "@nestjs/bullmq": "^11", "bullmq": "^5"}}
//- src/queues.ts
export const AUDIO = "audio";
//- src/audio.consumer.ts
import { OnWorkerEvent, Processor, WorkerHost } from "@nestjs/bullmq";
import { Job } from "bullmq";
import { AUDIO } from "./queues";

@Processor({ name: AUDIO })
export class AudioConsumer extends WorkerHost {
  async process(job: Job): Promise<void> {
    switch (job.name) {
      case "transcode":
        return;
    }
  }

  @OnWorkerEvent("active")
  onActive() {}
}
//- src/audio.service.ts
import { InjectQueue } from "@nestjs/bullmq";
import { Injectable } from "@nestjs/common";
import type { Queue } from "bullmq";
import { AUDIO } from "./queues";

@Injectable()
export class AudioService {
  @InjectQueue("mail") private mail: Queue;

  constructor(@InjectQueue(AUDIO) private readonly audioQueue: Queue) {}

  async upload(file: string) {
    await this.audioQueue.add("transcode", { file }, { attempts: 3, backoff: 1000 });
    await this.mail.add("uploaded", { file });
  }
}
"""

NEST_BULL = """
//- package.json
{"dependencies": {"@nestjs/common": "^10", "@nestjs/bull": "^10", "bull": "^4"}}
//- src/images.processor.ts
import { Process, Processor } from "@nestjs/bull";

@Processor("images")
export class ImagesProcessor {
  @Process("resize")
  async resize(job) {}

  @Process({ name: "crop", concurrency: 2 })
  async crop(job) {}
}
//- src/images.service.ts
import { InjectQueue } from "@nestjs/bull";
import { Queue } from "bull";

export class ImagesService {
  constructor(@InjectQueue("images") private images: Queue) {}

  add(id: string) {
    return this.images.add("resize", { id }, { attempts: 2 });
  }
}
"""


def test_queues_that_nest_injects(tmp_path: Path) -> None:
    found = backend(tmp_path, NEST_BULLMQ).jobs
    assert [
        (it.name, it.queue, it.place.file, it.place.line, it.retries, len(it.enqueued_at))
        for it in found
    ] == [
        ("transcode", "audio", "src/audio.consumer.ts", 7, 2, 1),
        ("uploaded", "mail", "src/audio.service.ts", 14, 0, 1),
    ]


def test_methods_that_nest_runs_for_jobs(tmp_path: Path) -> None:
    found = backend(tmp_path, NEST_BULL).jobs
    assert [
        (it.name, it.queue, it.place.line, it.retries, len(it.enqueued_at)) for it in found
    ] == [
        ("resize", "images", 6, 1, 1),
        ("crop", "images", 9, 0, 0),
    ]
