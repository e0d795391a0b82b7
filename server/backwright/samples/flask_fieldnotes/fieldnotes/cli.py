import click
from flask import Flask
from flask.cli import with_appcontext
from sqlalchemy import select

from fieldnotes.extensions import db
from fieldnotes.models import ROLES, User


@click.command("init-db")
@with_appcontext
def init_db() -> None:
    """Creates the tables."""
    db.create_all()


@click.command("set-role")
@click.argument("email")
@click.argument("role", type=click.Choice(ROLES))
@with_appcontext
def set_role(email: str, role: str) -> None:
    """Gives the user of EMAIL the ROLE."""
    user = db.session.scalar(select(User).where(User.email == email.lower()))
    if user is None:
        raise click.ClickException(f"nobody is registered as {email}")
    user.role = role
    db.session.commit()


def init_app(app: Flask) -> None:
    app.cli.add_command(init_db)
    app.cli.add_command(set_role)
