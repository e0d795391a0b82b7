"""What is read of a project's models equals what its library reports when the project is run."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_projects import node_truth, projects, python_truth, read, ruby_truth
from ruby import missing


def _name(project: Path) -> str:
    return project.name


@pytest.mark.parametrize("project", projects("sqlalchemy"), ids=_name)
def test_sqlalchemy(project: Path) -> None:
    found = read(project, "sqlalchemy")
    assert found
    assert found == python_truth("dump_sqlalchemy.py", project, found)


@pytest.mark.parametrize("project", projects("pydantic"), ids=_name)
def test_pydantic(project: Path) -> None:
    found = read(project, "pydantic")
    assert found
    assert found == python_truth("dump_pydantic.py", project, found)


@pytest.mark.parametrize("project", projects("sqlmodel"), ids=_name)
def test_sqlmodel(project: Path) -> None:
    found = read(project, "sqlmodel")
    assert found
    assert found == python_truth("dump_sqlmodel.py", project, found)


@pytest.mark.parametrize("project", projects("django"), ids=_name)
def test_django(project: Path) -> None:
    found = read(project, "django")
    assert found
    assert found == python_truth("dump_django.py", project, found)


@pytest.mark.parametrize("project", projects("prisma"), ids=_name)
def test_prisma(project: Path) -> None:
    found = read(project, "prisma", "sql")
    assert found
    assert found == node_truth("dump_prisma.cjs", project, found)


@pytest.mark.parametrize("project", projects("drizzle"), ids=_name)
def test_drizzle(project: Path) -> None:
    found = read(project, "drizzle")
    assert found
    assert found == node_truth("dump_drizzle.mjs", project, found)


@pytest.mark.parametrize("project", projects("zod"), ids=_name)
def test_zod(project: Path) -> None:
    found = read(project, "zod")
    assert found
    assert found == node_truth("dump_zod.mjs", project, found)


@pytest.mark.parametrize("project", projects("mongoose"), ids=_name)
def test_mongoose(project: Path) -> None:
    found = read(project, "mongoose")
    assert found
    assert found == node_truth("dump_mongoose.mjs", project, found)


@pytest.mark.parametrize("project", projects("typeorm"), ids=_name)
def test_typeorm(project: Path) -> None:
    found = read(project, "typeorm")
    assert found
    assert found == node_truth("dump_typeorm.cjs", project, found)


@pytest.mark.parametrize("project", projects("sequelize"), ids=_name)
def test_sequelize(project: Path) -> None:
    found = read(project, "sequelize")
    assert found
    assert found == node_truth("dump_sequelize.mjs", project, found)


@pytest.mark.parametrize("project", projects("activerecord"), ids=_name)
def test_activerecord(project: Path) -> None:
    if why := missing("activerecord") or missing("sqlite3"):
        pytest.skip(why)
    found = read(project, "activerecord")
    assert found
    assert found == ruby_truth("dump_activerecord.rb", project, found)
