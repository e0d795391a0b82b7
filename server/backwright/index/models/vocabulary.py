"""What each `models.toml` says: by which names a library declares models, fields and relations.

A file has one table for each family that the library belongs to. Names are matched by the package
that they come from (`packages`) and their last part, so that `sqlalchemy.Column`,
`sqlalchemy.schema.Column` and the `Column` of an object of the library are all the same one. The
vocabulary is closed; a name that is not here is an error when the file is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import msgspec

from backwright.index.frameworks import ArgumentPlace
from backwright.syntax.language import grammars_folder

Names = tuple[str, ...]
RelationName = Literal["one-to-many", "many-to-one", "one-to-one", "many-to-many"]


class _Family(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    kind: str
    packages: Names
    imports: Names = ()
    """Modules of the packages one of which a file imports that declares models; any without."""

    def means(self, origin: str, names: Names) -> bool:
        """Whether `origin` is one of the library's `names`."""
        return origin_name(origin) in names and package_of(origin) in self.packages


class Mapped(_Family, frozen=True, kw_only=True):
    """Classes whose attributes are columns and relationships, mapped to tables.

    Classes right below `base_makers` are bases themselves; those below `bases` are models.
    """

    base_makers: Names = ()
    bases: Names = ()
    base_arguments: ArgumentPlace = ()
    """Where a base is handed the class that it extends."""
    decorators: Names = ()
    naming: dict[str, Literal["snake"]] = {}
    """Packages whose bases name the table of a class that does not."""
    columns: Names = ()
    wrappers: Names = ()
    """Calls that hold a column as their first argument."""
    annotations: Names = ()
    collections: Names = ()
    """Annotations that mean many without saying so."""
    relationships: Names = ()
    target: ArgumentPlace = ()
    secondary: ArgumentPlace = ()
    tables: Names = ()
    references: Names = ()
    reference_constraints: Names = ()
    uniques: Names = ()
    indexes: Names = ()
    primary_keys: Names = ()
    computed: Names = ()
    """Calls that stand among the arguments of a column and are no type."""
    late: Names = ()
    """Decorators of methods that make an attribute of each class."""


class Annotated(_Family, frozen=True, kw_only=True):
    """Classes whose annotations are fields."""

    bases: Names = ()
    not_bases: Names = ()
    """Bases of classes that are built alike and are no models, such as settings."""
    root_bases: Names = ()
    """Generic bases whose argument is the type of a field `root`."""
    decorators: Names = ()
    used_only: bool = False
    """They count where a route names them."""
    fields: Names = ()
    default: ArgumentPlace = (0, "default")
    factory: ArgumentPlace = ("default_factory",)
    ignored: Names = ()
    """Annotations and values of attributes that are no fields."""
    table_keyword: str = ""
    """The class argument that makes a table of it."""
    relationships: Names = ()
    secondary: ArgumentPlace = ()
    uniques: Names = ()
    indexes: Names = ()


class KnownField(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    type: str
    nullable: bool = False
    unique: bool = False
    default: str = ""


class KnownParent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What models inherit from an abstract class of the library: fields, and links to many."""

    fields: tuple[KnownField, ...] = ()
    many_to_many: dict[str, str] = {}


class Assigned(_Family, frozen=True, kw_only=True):
    """Classes whose fields are objects of field classes, in tables named after their app."""

    bases: Names
    not_bases: Names = ()
    """Bases of classes that hold fields which are named alike: forms, serializers."""
    modules: Names = ()
    """Where the library's own field classes come from."""
    not_modules: Names = ()
    """Where classes come from that are named alike."""
    to_one: Names
    one_to_one: Names
    many_to_many: Names
    ignored: Names = ()
    uniques: Names = ()
    key_type: str
    key_setting: str = ""
    """The setting, and in lower case the attribute of an app, that tells the type of its keys."""
    user_setting: str = ""
    """The setting that names the model of users."""
    user_functions: Names = ()
    user_model: str = ""
    parents: dict[str, KnownParent] = {}


class Tabled(_Family, frozen=True, kw_only=True):
    """Tables that calls make of a name and an object of columns, each column a chain of calls."""

    tables: Names
    views: Names = ()
    not_null_types: Names = ()
    enums: Names = ()
    """Calls whose result makes a column of a type that is named in their first argument."""
    required: Names = ()
    primary: Names = ()
    unique: Names = ()
    default: Names = ()
    """Methods whose argument is the default; without one it is the method's own name."""
    references: Names = ()
    indexes: Names = ()
    unique_indexes: Names = ()
    primary_keys: Names = ()
    foreign_keys: Names = ()
    relations: Names = ()


class Shapes(_Family, frozen=True, kw_only=True):
    """Schemas that calls make of an object of fields, each field a chain of calls."""

    objects: Names
    modules: Names
    """What is called to make a field, and nothing else of the package: `z`."""
    nullable: Names = ()
    optional: Names = ()
    both: Names = ()
    required: Names = ()
    wrappers: Names = ()
    """Calls around a type that leave it the same."""
    always_nullable: Names = ()
    """Types that take null by themselves."""
    default: Names = ()
    extend: Names = ()
    merge: Names = ()
    pick: Names = ()
    omit: Names = ()
    partial: Names = ()
    whole: Names = ()
    """Methods after which an object of fields is still one."""


class Documents(_Family, frozen=True, kw_only=True):
    """Schemas of documents, and the models that are made of them by name."""

    schemas: Names
    models: Names
    discriminators: Names = ()
    types: dict[str, str] = {}
    """The names of types that go by several."""


class Defined(_Family, frozen=True, kw_only=True):
    """Models that are defined by a call, or classes that are initialised by one."""

    bases: Names
    define: Names
    initialise: Names
    parameters: dict[str, str] = {}
    """What functions that define models are handed, by the names of their parameters."""
    one_to_many: Names = ()
    one_to_one: Names = ()
    many_to_one: Names = ()
    many_to_many: Names = ()


class Decorated(_Family, frozen=True, kw_only=True):
    """Classes with decorated properties."""

    entities: Names
    columns: Names
    keys: Names = ()
    """Decorators of primary keys."""
    dates: Names = ()
    many_to_one: Names = ()
    one_to_many: Names = ()
    one_to_one: Names = ()
    many_to_many: Names = ()
    join_columns: Names = ()
    join_tables: Names = ()
    indexes: Names = ()
    uniques: Names = ()
    nullable_dates: Names = ()
    children: Names = ()
    """Decorators of classes that share the table of their parent."""


class Operations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Migrations whose function calls operations, with the columns of mapped tables."""

    function: str
    create: Names
    add: Names = ()
    drop: Names = ()
    remove: Names = ()
    rename: Names = ()
    index: Names = ()
    batch: Names = ()
    """What makes an object that stands for one table, of which the same is asked."""


class Built(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Migrations whose function builds tables, each column a chain of calls on the table."""

    function: str
    create: Names
    alter: Names = ()
    drop: Names = ()
    remove: Names = ()
    keys: Names = ()
    dates: Names = ()
    date_names: Names = ()
    required: Names = ()
    primary: Names = ()
    unique: Names = ()
    index: Names = ()
    default: Names = ()
    references: Names = ()
    in_table: Names = ()
    foreign: Names = ()


class Client(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Classes of clients that have a property for each model of a kind."""

    kind: str
    classes: Names


class ModelFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    mapped: tuple[Mapped, ...] = ()
    annotated: tuple[Annotated, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    tabled: tuple[Tabled, ...] = ()
    shapes: tuple[Shapes, ...] = ()
    documents: tuple[Documents, ...] = ()
    defined: tuple[Defined, ...] = ()
    decorated: tuple[Decorated, ...] = ()
    clients: tuple[Client, ...] = ()
    operations: tuple[Operations, ...] = ()
    built: tuple[Built, ...] = ()

    @property
    def families(self) -> Iterator[_Family]:
        yield from (*self.mapped, *self.annotated, *self.assigned, *self.tabled, *self.shapes)
        yield from (*self.documents, *self.defined, *self.decorated)

    @property
    def parameters(self) -> frozenset[str]:
        """The names of parameters that say what a function is handed."""
        return frozenset(name for it in self.defined for name in it.parameters)

    @property
    def joining(self) -> frozenset[str]:
        words = [(*it.one_to_many, *it.many_to_one, *it.many_to_many) for it in self.defined]
        return frozenset(name for names in words for name in names)

    @property
    def defining(self) -> frozenset[str]:
        """The methods that define models, or say how they belong together."""
        words = [
            (*it.define, *it.initialise, *it.one_to_many, *it.many_to_one) for it in self.defined
        ]
        return frozenset(name for names in words for name in names)

    @property
    def imports(self) -> dict[str, frozenset[str]]:
        """The modules that matter of each package; all of it where there are none."""
        found: dict[str, frozenset[str]] = {}
        for family in self.families:
            if isinstance(family, Annotated) and family.used_only:
                continue
            for package in family.packages:
                known = found.get(package, frozenset(family.imports))
                both = known and frozenset(family.imports)
                found[package] = known | both if both else frozenset()
        return found


@cache
def vocabulary() -> ModelFile:
    """All libraries together."""
    files = [load(file) for file in sorted(grammars_folder().glob("*/*/models.toml"))]
    return ModelFile(
        mapped=tuple(it for file in files for it in file.mapped),
        annotated=tuple(it for file in files for it in file.annotated),
        assigned=tuple(it for file in files for it in file.assigned),
        tabled=tuple(it for file in files for it in file.tabled),
        shapes=tuple(it for file in files for it in file.shapes),
        documents=tuple(it for file in files for it in file.documents),
        defined=tuple(it for file in files for it in file.defined),
        decorated=tuple(it for file in files for it in file.decorated),
        clients=tuple(it for file in files for it in file.clients),
        operations=tuple(it for file in files for it in file.operations),
        built=tuple(it for file in files for it in file.built),
    )


def load(file: Path) -> ModelFile:
    return msgspec.toml.decode(file.read_bytes(), type=ModelFile)


def package_of(origin: str) -> str:
    """The package that a name comes from: the first part, a script's scope and name included."""
    if origin.startswith("@"):
        scope, _, rest = origin.partition("/")
        return f"{scope}/{rest.partition('/')[0].partition('.')[0]}"
    return origin.partition(".")[0].partition("/")[0].removesuffix("()")


def origin_name(origin: str) -> str:
    return origin.rpartition(".")[2].removesuffix("()")
