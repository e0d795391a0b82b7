"""Tables that only migrations tell of. What is expected follows the manuals of Alembic and Knex."""

from __future__ import annotations

from pathlib import Path

from backwright.facts.backend import Model
from projects import backend

ALEMBIC = """
#- requirements.txt
alembic
#- app/db.py
ENGINE = "sqlite://"
#- migrations/versions/b_second.py
from alembic import op
import sqlalchemy as sa
revision = "b"
down_revision = "a"
def upgrade():
    with op.batch_alter_table("people") as batch_op:
        batch_op.add_column(sa.Column("age", sa.Integer(), nullable=True))
        batch_op.create_index("by_age", ["age"])
    op.drop_column("people", "nick")
    op.rename_table("pets", "animals")
def downgrade():
    op.create_table("never", sa.Column("id", sa.Integer()))
#- migrations/versions/z_first.py
from alembic import op
import sqlalchemy as sa
revision = "a"
down_revision = None
def upgrade():
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=80), nullable=False, server_default="x"),
        sa.Column("nick", sa.String()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "pets",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("owner_id", sa.Integer(), sa.ForeignKey("people.id"), nullable=False),
    )
"""

KNEX = """
//- package.json
{ "name": "shop", "dependencies": { "knex": "^3" } }
//- migrations/001_users.js
exports.up = function (knex) {
  return knex.schema
    .createTable("users", (table) => {
      table.increments("id");
      table.string("email", 120).notNullable().unique();
      table.enu("state", ["new", "old"]).defaultTo("new");
      table.integer("team_id").unsigned().references("id").inTable("teams").onDelete("CASCADE");
      table.timestamps(true, true);
      table.index(["state", "email"]);
    })
    .createTable("teams", function (t) {
      t.uuid("id").primary();
      t.text("name");
    });
};
exports.down = (knex) => knex.schema.dropTable("users");
//- migrations/002_more.js
export async function up(knex) {
  await knex.schema.alterTable("users", (table) => {
    table.boolean("active").notNullable().defaultTo(true);
    table.dropColumn("state");
  });
}
"""


def _fields(model: Model) -> list[tuple[str, str, bool, bool, bool, str]]:
    return [
        (it.name, it.type, it.nullable, it.unique, it.primary_key, it.default)
        for it in model.fields
    ]


def test_alembic(tmp_path: Path) -> None:
    animals, people = sorted(backend(tmp_path, ALEMBIC).models, key=lambda it: it.name)
    assert {animals.kind, people.kind} == {"migration"}
    assert (animals.table, people.table) == ("animals", "people")
    assert _fields(people) == [
        ("id", "Integer", False, False, True, ""),
        ("email", "String(length=80)", False, True, False, "'x'"),
        ("age", "Integer", True, False, False, ""),
    ]
    assert [(it.target, it.via) for it in animals.relations] == [("people", "owner_id")]
    assert [(it.name, it.fields) for it in people.indexes] == [("by_age", ["age"])]


def test_tables_of_models_are_not_listed_again(tmp_path: Path) -> None:
    models = """
#- app/models.py
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
class Base(DeclarativeBase): pass
class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
"""
    found = backend(tmp_path, ALEMBIC + models).models
    assert sorted((it.name, it.kind) for it in found) == [
        ("Person", "sqlalchemy"),
        ("animals", "migration"),
    ]


def test_knex(tmp_path: Path) -> None:
    teams, users = sorted(backend(tmp_path, KNEX).models, key=lambda it: it.name)
    assert _fields(users) == [
        ("id", "increments", False, False, True, ""),
        ("email", "string(120)", False, True, False, ""),
        ("team_id", "integer", True, False, False, ""),
        ("created_at", "timestamp", True, False, False, ""),
        ("updated_at", "timestamp", True, False, False, ""),
        ("active", "boolean", False, False, False, "true"),
    ]
    assert _fields(teams) == [
        ("id", "uuid", False, False, True, ""),
        ("name", "text", True, False, False, ""),
    ]
    assert [(it.target, it.kind) for it in users.relations] == [("teams", "many-to-one")]
