"""What each application is built with: manifests, lock files, commands, databases, environment."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent

import pytest

import projects
from backwright.facts.backend import Backend, Stack
from backwright.index.configs import Configs
from backwright.index.stacks import locks

APP = """
#- {0}main.py
from fastapi import FastAPI
app = FastAPI()
@app.get("/health")
def health(): ...
"""
SERVER = """
//- {0}server.js
const express = require('express');
const app = express();
app.get('/health', (req, res) => res.json({{}}));
"""


def stack(folder: Path, notation: str) -> Stack:
    found = projects.backend(folder, notation).stacks
    assert len(found) == 1
    return found[0]


# Manifests of Python: runtime and development packages that the same wishes come to.
PYTHON_MANIFESTS = {
    "project": """
    #- pyproject.toml
    [project]
    name = "shop"
    dependencies = ["FastAPI[standard]>=0.110; python_version > '3'", "psycopg[binary] ~= 3.1"]
    [project.optional-dependencies]
    cache = ["redis"]
    test = ["pytest>=8"]
    """,
    "dependency groups": """
    #- pyproject.toml
    [project]
    name = "shop"
    dependencies = ["fastapi>=0.110", "psycopg~=3.1", "redis"]
    [dependency-groups]
    dev = ["pytest>=8", {include-group = "lint"}]
    """,
    "poetry": """
    #- pyproject.toml
    [tool.poetry]
    name = "shop"
    [tool.poetry.dependencies]
    python = "^3.11"
    fastapi = ">=0.110"
    psycopg = { version = "~=3.1", extras = ["binary"] }
    redis = "*"
    [tool.poetry.group.dev.dependencies]
    pytest = ">=8"
    """,
    "requirements files": """
    #- requirements.txt
    # comment
    fastapi>=0.110  # why
    psycopg ~=3.1
    redis
    --hash=sha256:aa
    git+https://example.com/x.git
    #- requirements-dev.txt
    -r requirements.txt
    pytest>=8
    """,
    "a folder of requirements": """
    #- requirements/base.txt
    fastapi>=0.110
    psycopg~=3.1
    #- requirements/prod.txt
    -r base.txt
    redis
    #- requirements/test.txt
    -r base.txt
    pytest>=8
    """,
    "Pipfile": """
    #- Pipfile
    [packages]
    fastapi = ">=0.110"
    psycopg = {version = "~=3.1"}
    redis = "*"
    [dev-packages]
    pytest = ">=8"
    """,
    "setup.cfg": """
    #- setup.cfg
    [metadata]
    name = shop
    [options]
    install_requires =
        fastapi>=0.110
        psycopg~=3.1
        redis
    [options.extras_require]
    dev = pytest>=8
    """,
    "setup.py": """
    #- setup.py
    from setuptools import setup
    NEEDED = ["fastapi>=0.110", "psycopg~=3.1", "redis"]
    setup(name="shop", install_requires=NEEDED, extras_require={"test": ["pytest>=8"]})
    """,
}


@pytest.mark.parametrize("notation", PYTHON_MANIFESTS.values(), ids=PYTHON_MANIFESTS.keys())
def test_packages_of_python(tmp_path: Path, notation: str) -> None:
    found = stack(tmp_path, dedent(notation) + APP.format(""))
    ranges = {name: wanted.replace(" ", "") for name, wanted in found.dependencies.items()}
    assert ranges == {"fastapi": ">=0.110", "psycopg": "~=3.1", "redis": ""}
    assert found.dev_dependencies == {"pytest": ">=8"}
    assert found.databases == ["postgresql", "redis"]
    assert [(it.name, it.version) for it in found.frameworks] == [
        ("fastapi", ">=0.110"),
        ("pytest", ">=8"),
    ]


def test_packages_of_node(tmp_path: Path) -> None:
    manifest = {
        "name": "@shop/api",
        "dependencies": {"express": "^5.0.0", "mongoose": "8.1.0"},
        "devDependencies": {"jest": "^30", "express": "^5.0.0"},
    }
    found = stack(tmp_path, f"//- package.json\n{json.dumps(manifest)}\n{SERVER.format('src/')}")
    assert (found.app, found.manifest, found.languages) == (
        "@shop/api",
        "package.json",
        ["javascript"],
    )
    assert found.dependencies == {"express": "^5.0.0", "mongoose": "8.1.0"}
    assert found.dev_dependencies == {"jest": "^30"}
    assert found.databases == ["mongodb"]


# Each lock file with the version it says of "alpha".
LOCKS = {
    "uv.lock": ('[[package]]\nname = "Alpha"\nversion = "1.2.3"\nsource = {}\n', "1.2.3"),
    "poetry.lock": ('[[package]]\nname = "alpha"\nversion = "1.2.3"\n', "1.2.3"),
    "Pipfile.lock": ('{"default": {"alpha": {"version": "==1.2.3"}}, "develop": {}}', "1.2.3"),
    "package-lock.json": (
        '{"packages": {"": {}, "node_modules/alpha": {"version": "1.2.3"},'
        ' "node_modules/beta/node_modules/alpha": {"version": "9.0.0"}}}',
        "1.2.3",
    ),
    "yarn.lock": (
        '# v1\n\nalpha@^1.0.0, alpha@^1.2.0:\n  version "1.2.3"\n\nalpha@^2:\n  version "2.0.0"\n',
        "1.2.3",
    ),
    "pnpm-lock.yaml": (
        "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      alpha:\n"
        "        specifier: ^1.2.0\n        version: 1.2.3(beta@2.0.0)\n\npackages:\n\n"
        "  alpha@2.0.0:\n    resolution: {}\n",
        "1.2.3",
    ),
    "bun.lock": ('{"packages": {"alpha": ["alpha@1.2.3", "", {},],},}', "1.2.3"),
}
OLDER_LOCKS = {
    "berry": (
        "yarn.lock",
        '"alpha@npm:^1.2.0":\n  version: 1.2.3\n  resolution: "alpha@npm:1.2.3"\n',
    ),
    "npm 6": ("package-lock.json", '{"dependencies": {"alpha": {"version": "1.2.3"}}}'),
    "pnpm 7": (
        "pnpm-lock.yaml",
        "lockfileVersion: 5.4\n\nspecifiers:\n  alpha: ^1.2.0\n\ndependencies:\n  alpha: 1.2.3\n",
    ),
    "scoped": (
        "pnpm-lock.yaml",
        "importers:\n  .:\n    dependencies:\n      'alpha':\n        version: 1.2.3\n",
    ),
}


@pytest.mark.parametrize(("name", "text"), [(name, it[0]) for name, it in LOCKS.items()])
def test_versions_from_lock_files(name: str, text: str) -> None:
    configs = Configs({f"api/{name}": text})
    assert locks.version("alpha", "^1.2.0", "api", configs) == LOCKS[name][1]
    assert locks.version("gamma", "^1.2.0", "api", configs) == ""


@pytest.mark.parametrize(("name", "text"), OLDER_LOCKS.values(), ids=OLDER_LOCKS.keys())
def test_versions_from_other_forms_of_lock_files(name: str, text: str) -> None:
    assert locks.version("alpha", "^1.2.0", "", Configs({name: text})) == "1.2.3"


def test_a_package_of_a_workspace_has_its_own_versions() -> None:
    packages = {
        "node_modules/alpha": {"version": "2.0.0"},
        "apps/api/node_modules/alpha": {"version": "1.0.0"},
    }
    configs = Configs({"package-lock.json": json.dumps({"packages": packages})})
    assert locks.version("alpha", "^1", "apps/api", configs) == "1.0.0"
    assert locks.version("alpha", "^2", "apps/web", configs) == "2.0.0"


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"packages": 3}'])
@pytest.mark.parametrize("name", LOCKS)
def test_a_broken_lock_file_says_nothing(name: str, text: str) -> None:
    assert locks.version("alpha", "1.2.3", "", Configs({name: text})) == "1.2.3"
    assert locks.version("alpha", "^1.2.3", "", Configs({name: text})) == ""


# The files of a project besides its source, then its manager and its commands.
COMMANDS = {
    "nothing but packages": ("#- requirements.txt\nfastapi\n", "pip", "", ""),
    "pip and pytest": (
        "#- requirements.txt\nfastapi\npytest\nflake8\n",
        "pip",
        "pytest",
        "flake8",
    ),
    "settings alone": ("#- pytest.ini\n[pytest]\n#- ruff.toml\n", "pip", "pytest", "ruff check ."),
    "poetry": (
        '#- pyproject.toml\n[tool.poetry]\nname = "a"\n[tool.pytest.ini_options]\n[tool.ruff]\n',
        "poetry",
        "poetry run pytest",
        "poetry run ruff check .",
    ),
    "uv": (
        '#- uv.lock\n#- pyproject.toml\n[project]\nname = "a"\n[dependency-groups]\n'
        'dev = ["pytest"]\n',
        "uv",
        "uv run pytest",
        "",
    ),
    "pipenv": ('#- Pipfile\n[dev-packages]\npytest = "*"\n', "pipenv", "pipenv run pytest", ""),
    "hatch": (
        '#- pyproject.toml\n[project]\nname = "a"\n[tool.hatch.envs.default]\n'
        'dependencies = ["pytest"]\n',
        "hatch",
        "hatch run pytest",
        "",
    ),
    "tox": ("#- requirements.txt\n#- tox.ini\n[tox]\n", "pip", "tox", ""),
    "unittest": (
        "#- requirements.txt\n#- tests/test_a.py\nimport unittest\n",
        "pip",
        "python -m unittest",
        "",
    ),
}
NODE_COMMANDS = {
    "nothing": ({}, "", "npm", "", ""),
    "scripts": (
        {"scripts": {"test": "jest", "lint": "eslint ."}},
        "package-lock.json",
        "npm",
        "npm test",
        "npm run lint",
    ),
    "the placeholder": (
        {"scripts": {"test": 'echo "Error: no test specified" && exit 1'}},
        "",
        "npm",
        "",
        "",
    ),
    "installed only": (
        {"devDependencies": {"vitest": "1", "eslint": "9"}},
        "yarn.lock",
        "yarn",
        "yarn vitest run",
        "yarn eslint .",
    ),
    "named in the manifest": (
        {"packageManager": "pnpm@9.1.0", "scripts": {"test:unit": "vitest"}},
        "",
        "pnpm",
        "pnpm run test:unit",
        "",
    ),
    "bun": ({"scripts": {"test": "vitest"}}, "bun.lockb", "bun", "bun run test", ""),
}


@pytest.mark.parametrize(
    ("notation", "manager", "test", "lint"), COMMANDS.values(), ids=COMMANDS.keys()
)
def test_commands_of_python(
    tmp_path: Path, notation: str, manager: str, test: str, lint: str
) -> None:
    found = stack(tmp_path, notation + APP.format(""))
    assert (found.package_manager, found.test_command, found.lint_command) == (manager, test, lint)


@pytest.mark.parametrize(
    ("manifest", "lock", "manager", "test", "lint"),
    NODE_COMMANDS.values(),
    ids=NODE_COMMANDS.keys(),
)
def test_commands_of_node(
    tmp_path: Path, manifest: dict[str, object], lock: str, manager: str, test: str, lint: str
) -> None:
    files = f"//- package.json\n{json.dumps({'name': 'api', **manifest})}\n"
    files += f"//- {lock}\n" if lock else ""
    found = stack(tmp_path, files + SERVER.format("src/"))
    assert (found.package_manager, found.test_command, found.lint_command) == (manager, test, lint)


# A file, and the variables that it reads.
ENVIRONMENT = {
    "app/a.py": (
        """
        import os
        from os import environ as env, getenv
        A = os.environ["ONE"] or os.getenv("TWO", "x") or env.get("THREE") or getenv("FOUR")
        os.environ["WRITTEN"] = "1"
        def f(x=os.environ.get("FIVE")): ...
        """,
        ["FIVE", "FOUR", "ONE", "THREE", "TWO"],
    ),
    "app/b.py": (
        """
        from decouple import config
        from environs import Env
        env = Env()
        A = config("ONE", cast=int), env.str("TWO"), env("THREE"), other("FOUR")
        """,
        ["ONE", "THREE", "TWO"],
    ),
    "app/c.py": (
        """
        from pydantic import Field
        from pydantic_settings import BaseSettings, SettingsConfigDict
        class Common(BaseSettings):
            model_config = SettingsConfigDict(env_prefix="SHOP_")
            debug: bool = False
        class Settings(Common):
            url: str = Field(validation_alias="DATABASE_URL")
            limit: int = 10
            _hidden: int = 0
        """,
        ["DATABASE_URL", "SHOP_DEBUG", "SHOP_LIMIT"],
    ),
    "src/a.js": (
        """
        const { ONE, TWO: two = 2 } = process.env;
        const env = process.env;
        start(process.env.THREE || process.env['FOUR'], env.FIVE);
        process.env.WRITTEN = '1';
        """,
        ["FIVE", "FOUR", "ONE", "THREE", "TWO"],
    ),
    "src/required.js": (
        """
        function required(name) {
          const value = process.env[name];
          if (!value) throw new Error(`${name} is missing`);
          return value;
        }
        const optional = (name, otherwise) => process.env[name] ?? otherwise;
        module.exports = { secret: required('SECRET'), level: optional('LEVEL', 'info') };
        """,
        ["LEVEL", "SECRET"],
    ),
    "app/required.py": (
        """
        import os
        class Config:
            @staticmethod
            def get(key, default=None):
                return os.environ.get(key, default)
        URL = Config.get("URL")
        """,
        ["URL"],
    ),
    "src/b.ts": (
        """
        import { z } from 'zod';
        const schema = z.object({ ONE: z.string(), TWO: z.coerce.number(), other: z.any() });
        export const settings = schema.parse(process.env);
        """,
        ["ONE", "TWO"],
    ),
}


@pytest.mark.parametrize("path", ENVIRONMENT)
def test_variables_that_are_read(tmp_path: Path, path: str) -> None:
    body, expected = ENVIRONMENT[path]
    assert stack(tmp_path, f"#- {path}{dedent(body)}").env == expected


def test_databases_by_urls_extras_modules_and_schemas(tmp_path: Path) -> None:
    notation = """
    #- requirements.txt
    sqlalchemy[asyncio,postgresql-asyncpg]
    celery[redis]
    #- app/db.py
    import os
    URL = os.environ.get("URL", "mysql+pymysql://root@db/shop")
    #- app/old.py
    import sqlite3
    #- prisma/schema.prisma
    datasource db {
      provider = "mongodb"
    }
    """
    found = stack(tmp_path, dedent(notation))
    assert found.databases == ["postgresql", "mysql", "sqlite", "mongodb", "redis"]


def apps(backend: Backend) -> list[tuple[str, str]]:
    return [(it.app, it.root) for it in backend.stacks]


def test_each_application_of_a_monorepo_has_its_own(tmp_path: Path) -> None:
    notation = """
    //- package.json
    {"name": "root", "workspaces": ["services/*", "packages/*"], "devDependencies": {"jest": "1"}}
    //- eslint.config.js
    module.exports = [];
    //- packages/common/package.json
    {"name": "@x/common", "dependencies": {"express": "^5"}}
    //- packages/common/index.js
    exports.port = 1;
    //- services/api/package.json
    {"name": "api", "dependencies": {"express": "^5", "@x/common": "*"}}
    //- worker/pyproject.toml
    [project]
    name = "worker"
    //- worker/worker/run.py
    print("working")
    //- worker/tests/requirements.txt
    pytest
    //- worker/tests/test_run.py
    import pytest
    //- docs/conf.py
    html = 1
    """
    found = projects.backend(tmp_path, dedent(notation) + SERVER.format("services/api/"))
    assert apps(found) == [("api", "services/api"), ("worker", "worker")]
    assert [it.app for it in found.routes] == ["api"]
    assert found.stacks[0].test_command == "npx jest"


def test_without_a_manifest_the_workspace_is_one(tmp_path: Path) -> None:
    folder = tmp_path / "little"
    folder.mkdir()
    found = projects.backend(folder, APP.format("") + "#- static/page.js\nlet a;\n")
    assert apps(found) == [("little", "")]
    assert found.stacks[0].languages == ["python"]


def test_applications_of_the_same_name_go_by_their_folders(tmp_path: Path) -> None:
    manifest = '[project]\nname = "app"\n'
    notation = "".join(
        f"#- {name}/pyproject.toml\n{manifest}{APP.format(f'{name}/')}" for name in ("a", "b")
    )
    found = projects.backend(tmp_path, notation)
    assert apps(found) == [("a", "a"), ("b", "b")]
    assert [it.app for it in found.routes] == ["a", "b"]


def test_settings_of_tools_make_no_application(tmp_path: Path) -> None:
    notation = """
    #- pyproject.toml
    [tool.black]
    line-length = 100
    #- backend/requirements.txt
    fastapi
    #- backend/service/pyproject.toml
    [tool.ruff]
    """
    found = projects.backend(tmp_path, dedent(notation) + APP.format("backend/service/"))
    assert apps(found) == [("backend", "backend")]
