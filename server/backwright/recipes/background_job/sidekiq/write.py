"""Writes a job for Sidekiq: the class with its retries and what becomes of it when none is left."""

from __future__ import annotations

import posixpath

from backwright.edits.units import Unit
from backwright.recipes.background_job.asked import Wanted
from backwright.recipes.background_job.mail import subject_of
from backwright.recipes.brief.names import singular
from backwright.recipes.infrastructure.render import rendered
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused, Situation
from backwright.recipes.words import words

LANGUAGES = ("ruby",)

_FOLDERS = ("app/sidekiq", "app/workers", "app/jobs")


def write(situation: Situation, wanted: Wanted) -> Outcome:
    root = situation.stack.root if situation.stack.root not in {"", "."} else ""
    if situation.document(posixpath.join(root, "Gemfile")) is None:
        return Refused("no Gemfile is in this folder: Sidekiq jobs are for a Ruby application")
    folders = (posixpath.join(root, it) for it in _FOLDERS)
    present = (it for it in folders if any(path.startswith(f"{it}/") for path in situation.paths))
    folder = next(present, posixpath.join(root, _FOLDERS[-1]))
    subject = wanted.subject.replace("-", " ").split()
    job = "".join(it.capitalize() for it in (wanted.verb, *subject))
    file = posixpath.join(folder, "_".join((wanted.verb, *subject)) + "_job.rb")
    if situation.document(file) is not None:
        return AlreadyDone(f"{file} is there already")
    model = _person(situation, wanted.when)
    mailing = "_".join(it for it in subject if it not in {"email", "mail"}) or "message"
    text = rendered(
        __file__,
        "templates/job.rb.j2",
        title=f"{wanted.verb.capitalize()} {wanted.subject}",
        Job=job,
        queue_name="mailers" if wanted.is_mail else "default",
        retries=wanted.retries,
        dead=wanted.dead_letters,
        mail=wanted.is_mail,
        model=model,
        Model=model.capitalize(),
        Mailer=model.capitalize(),
        mailing=mailing,
    )
    units = [Unit(file, "create", text=text)]
    if wanted.is_mail:
        units += _mailer(situation, root, model, mailing, subject_of(wanted))
    call = f"{job}Job.perform_async({model if wanted.is_mail else 'record'}.id)"
    left = [f"when {wanted.when}: call {call} once that is committed"] if wanted.when else []
    return Draft(
        tuple(units),
        f"{job}Job in Sidekiq: {wanted.retries} retries with growing delays, then the dead set",
        unserved=tuple(left),
        next_steps=tuple(_steps(situation, wanted)),
        review=(f"{file}: a job may run twice",),
    )


def _person(situation: Situation, when: str) -> str:
    """The model of those whom the job is about: named in the request, else with an address."""
    said = [singular(it) for it in words(when)]
    having = [it.name.lower() for it in situation.backend.models if it.table and it.field("email")]
    named = next((it for it in having if it in said), "")
    return named or (having or said or ["user"])[0]


def _mailer(situation: Situation, root: str, model: str, mailing: str, subject: str) -> list[Unit]:
    """A mailer with the words to be written, where the application has none of that name."""
    mailer = posixpath.join(root, f"app/mailers/{model}_mailer.rb")
    if situation.document(mailer) is not None:
        return []
    view = posixpath.join(root, f"app/views/{model}_mailer/{mailing}.text.erb")
    code = (
        f"class {model.capitalize()}Mailer < ApplicationMailer\n"
        f"  def {mailing}\n    @{model} = params[:{model}]\n"
        f'    mail(to: @{model}.email, subject: "{subject}")\n  end\nend\n'
    )
    return [
        Unit(mailer, "create", text=code),
        Unit(view, "create", text=f"Hello <%= @{model}.email %>,\n\n{subject}.\n"),
    ]


def _steps(situation: Situation, wanted: Wanted) -> list[str]:
    steps = ["bundle exec sidekiq runs beside the application, with REDIS_URL set"]
    if "sidekiq" not in situation.stack.dependencies:
        steps.insert(0, "bundle add sidekiq")
    if wanted.is_mail:
        steps.append("the queue of this job is mailers: name it in config/sidekiq.yml")
    return steps
