"""Jobs that are written work on a real Redis: they are done, tried again, and buried."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import mail_server
import redis_server
from backwright.edits.disk import write
from backwright.engine.ask import Ask
from backwright.engine.engine import Engine
from backwright.index.workspace import Workspace
from backwright.model.offline import Offline
from backwright.settings import Settings
from node import command, link_node_modules
from python_packages import python_with

pytestmark = pytest.mark.skipif(
    bool(redis_server.missing()), reason=redis_server.missing() or "Redis is there"
)
NODE = (
    "Set up a Bull queue in {language} for sending welcome emails when users register, retried 2"
    " times with exponential backoff, and a dead letter queue for failed jobs."
)
CELERY = "Celery: send welcome emails, max 2 retries with exponential backoff, dead letter queue"
AWAY = 1
"""A port on which nothing listens."""


@pytest.fixture(autouse=True)
def _own_state_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


async def written(folder: Path, request: str) -> Path:
    """An empty folder with the job that the request asks for."""
    folder.mkdir()
    workspace = Workspace(folder)
    workspace.refresh()
    engine = Engine(workspace, Settings(), Offline())
    result = await engine.run(Ask("background-job", text=request))
    assert result.report.status == "planned", result.report.summary
    assert [it for it in result.report.checks if it.status == "failed"] == []
    write(folder, result.before, result.after)
    workspace.refresh()
    again = await engine.run(Ask("background-job", text=request))
    assert (again.exit_status, again.report.files) == (0, [])
    return folder


@contextmanager
def running(command: list[str], folder: Path, env: dict[str, str]) -> Iterator[None]:
    with (folder / "worker.log").open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=log, stderr=log)
        try:
            yield
        finally:
            process.terminate()
            process.wait(20)


# BullMQ

ASK = """
import * as queues from './src/queues/welcome-email.%s';
const said = [];
await queues.enqueueWelcomeEmail({ email: 'ada@example.org', name: 'Ada' });
const queue = queues.welcomeEmailQueue();
for (let tries = 0; tries < 300; tries += 1) {
  const counts = await queue.getJobCounts('completed', 'failed');
  if (counts.completed + counts.failed) break;
  await new Promise((done) => setTimeout(done, 50));
}
await new Promise((done) => setTimeout(done, 300));
const [job] = await queue.getJobs(['completed', 'failed']);
said.push(await job.getState(), job.attemptsMade);
const dead = await queues.welcomeEmailDeadLetters().getJobs(['waiting']);
said.push(dead.map((it) => it.data.data.email));
said.push(await queues.replayWelcomeEmailDeadLetters());
console.log(JSON.stringify(said));
await queues.closeWelcomeEmailQueue();
process.exit(0);
"""


@pytest.mark.parametrize("language", ["JavaScript", "TypeScript"])
@pytest.mark.parametrize("delivered", [True, False], ids=["delivered", "mail-server-away"])
async def test_bullmq(language: str, delivered: bool, tmp_path: Path) -> None:
    project = await written(tmp_path / "project", NODE.format(language=language))
    link_node_modules(project)
    suffix = "ts" if language == "TypeScript" else "js"
    (project / "ask.mjs").write_text(ASK % suffix)
    with redis_server.server(tmp_path) as url, mail_server.inbox() as inbox:
        port = inbox.port if delivered else AWAY
        env = {
            **os.environ,
            "REDIS_URL": url,
            "SMTP_URL": f"smtp://127.0.0.1:{port}",
            "MAIL_FROM": "app@example.org",
        }
        program = [command("node"), "--import", "tsx"]
        start = time.monotonic()
        with running([*program, f"src/worker.{suffix}"], project, env):
            done = subprocess.run(
                [*program, "ask.mjs"], cwd=project, env=env, capture_output=True, text=True,
                timeout=60, check=False,
            )  # fmt: skip
        assert done.returncode == 0, done.stderr
        state, attempts, dead, replayed = json.loads(done.stdout.splitlines()[-1])
        if delivered:
            assert (state, dead, replayed) == ("completed", [], 0)
            assert "To: ada@example.org" in inbox.messages[0]
        else:
            assert (state, attempts) == ("failed", 3)
            assert (dead, replayed) == (["ada@example.org"], 1)
            assert time.monotonic() - start > 1.5  # it waited about 1 s, then about 2 s


async def test_what_is_written_in_typescript_compiles(tmp_path: Path) -> None:
    project = await written(tmp_path / "project", NODE.format(language="TypeScript"))
    modules = link_node_modules(project)
    done = subprocess.run(
        [command("node"), modules / "typescript/bin/tsc", "--noEmit", "-p", "."],
        cwd=project, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


# Celery

CELERY_PACKAGES = ("celery[redis]>=5.4,<6",)
"""They are apart: another library that is tested needs an older client of Redis."""
ENQUEUE = "from jobs.welcome_email import enqueue_welcome_email as e; e('ada@example.org', 'Ada')"
LENGTHS = """
import redis, sys
kept = redis.Redis.from_url(sys.argv[1])
print(kept.llen('celery'), kept.llen('welcome_email.dead'), kept.zcard('unacked_index'))
"""


@pytest.mark.parametrize("delivered", [True, False], ids=["delivered", "mail-server-away"])
async def test_celery(delivered: bool, tmp_path: Path) -> None:
    project = await written(tmp_path / "project", CELERY)
    python = str(python_with(*CELERY_PACKAGES))
    with redis_server.server(tmp_path) as url, mail_server.inbox() as inbox:
        env = {
            **os.environ,
            "REDIS_URL": url,
            "SMTP_HOST": "127.0.0.1",
            "SMTP_PORT": str(inbox.port if delivered else AWAY),
            "MAIL_FROM": "app@example.org",
        }
        worker = [python, "-m", "celery", "-A", "worker", "worker", "--pool=solo", "-l", "INFO"]
        with running(worker, project, env):
            subprocess.run([python, "-c", ENQUEUE], cwd=project, env=env, check=True)
            dead = "0"
            for _ in range(150):
                if inbox.messages or dead == "1":
                    break
                time.sleep(0.2)
                ask = [python, "-c", LENGTHS, url]
                dead = subprocess.check_output(ask, cwd=project, text=True).split()[1]
        log = (project / "worker.log").read_text()
        if delivered:
            assert "To: ada@example.org" in inbox.messages[0]
            assert dead == "0"
        else:
            assert dead == "1", log
            assert log.count("Retry in") == 2, log
            assert "has failed for good" in log


async def test_a_broker_that_is_away_does_not_fail_the_request(tmp_path: Path) -> None:
    project = await written(tmp_path / "project", CELERY)
    python = str(python_with(*CELERY_PACKAGES))
    env = {**os.environ, "REDIS_URL": f"redis://127.0.0.1:{AWAY}"}
    done = subprocess.run(
        [python, "-c", ENQUEUE],
        cwd=project, env=env, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "welcome_email is not enqueued" in done.stderr
