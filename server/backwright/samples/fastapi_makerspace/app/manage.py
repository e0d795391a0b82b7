"""Tasks of the command line: `python -m app.manage create-admin EMAIL NAME`."""

import argparse
from getpass import getpass

from sqlalchemy.orm import Session

from app.database import Base, get_engine
from app.models import Member, Role
from app.schemas.members import MemberCreate
from app.security import hash_password


def create_admin(email: str, name: str) -> None:
    data = MemberCreate(email=email, name=name, password=getpass())
    Base.metadata.create_all(get_engine())
    with Session(get_engine()) as session:
        session.add(
            Member(
                email=data.email,
                name=data.name,
                password_hash=hash_password(data.password),
                role=Role.ADMIN,
            )
        )
        session.commit()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m app.manage")
    commands = parser.add_subparsers(required=True)
    admin = commands.add_parser("create-admin", help="add a member who may do everything")
    admin.add_argument("email")
    admin.add_argument("name")
    args = parser.parse_args()
    create_admin(args.email, args.name)


if __name__ == "__main__":
    main()
