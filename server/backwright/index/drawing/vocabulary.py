"""What a framework whose routes are drawn says in its `framework.toml`.

Words are methods without a receiver, inside the block (or class) in which routes are drawn.
"""

from __future__ import annotations

from typing import Literal

import msgspec


class _Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Drawing(_Table, frozen=True, kw_only=True):
    """`entries` take a block in which routes are drawn, by the ends of their origins; in the body
    of a class of `bases` routes are drawn as well, and so in a file that requires one of `tops`.

    `handlers`: `controllers` are named `users#show`, `actions` are classes named `users.show`, a
    `block` follows the path.
    """

    entries: tuple[str, ...] = ()
    bases: tuple[str, ...] = ()
    tops: tuple[str, ...] = ()
    top_name: str = ""
    """What the application of such a file is called."""
    named: tuple[str, ...] = ()
    """Names of files that draw as a whole."""
    handlers: Literal["controllers", "actions", "block"]
    verbs: dict[str, str] = {}
    """Words that add a route, with the HTTP method of each; "" where `via` says it."""
    roots: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    resource: tuple[str, ...] = ()
    namespaces: tuple[str, ...] = ()
    scopes: tuple[str, ...] = ()
    slices: tuple[str, ...] = ()
    """Words that draw a part of the application at a path: `slice :api, at: "/api" do`."""
    collections: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    nested: tuple[str, ...] = ()
    shallow: tuple[str, ...] = ()
    controllers: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    """Words whose block is drawn as if it stood outside of it."""
    answers: tuple[str, ...] = ()
    """Words that make what answers a route: `to: redirect("/")`."""
    extending: tuple[str, ...] = ()
    """Words that add the methods of a module to the words."""
    opened: tuple[str, ...] = ()
    """Classes whose methods are words, where the project opens them."""
    guarding: tuple[str, ...] = ()
    """Words whose block is for those who have signed in."""
    concern: tuple[str, ...] = ()
    concerns: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    """Words that draw another file of `folder`."""
    folder: str = ""
    prefixes: tuple[str, ...] = ()
    """Words without a block that put something before all paths of the class."""
    versions: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    """Words that put a parameter into the path: `route_param :id do`."""
    declared: tuple[str, ...] = ()
    """Words with a block in which the parameters of the next route are declared."""
    mounts: tuple[str, ...] = ()
    included: tuple[str, ...] = ()
    """Words that are given a class whose routes count as those of this one."""
    before: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()


class Filter(_Table, frozen=True, kw_only=True):
    """Words in the body of a controller by which something runs before its actions."""

    names: tuple[str, ...]
    skips: tuple[str, ...] = ()
    """Words that take it back."""


class ModuleRoute(_Table, frozen=True, kw_only=True):
    """A route that a library draws for a word: `devise_for :users`.

    In `path` the words in braces are names that `path_names` may give. `part` is what `only`,
    `skip` and `controllers` call it, `needs` the word that the model must bear.
    """

    methods: tuple[str, ...]
    path: str
    part: str = ""
    controller: str
    action: str
    needs: str = ""


class DrawnModules(_Table, frozen=True, kw_only=True):
    """`declares` is the word in the body of a model that names what it can do; `module` is where
    the library has its controllers, `path` what its routes stand under where no name is given."""

    word: str
    declares: str = ""
    module: str
    path: str = ""
    names: dict[str, str] = {}
    """Words of `path` where nothing else is said."""
    usual: tuple[str, ...] = ()
    """What a model can do that is not known."""
    routes: tuple[ModuleRoute, ...]


class Throttling(_Table, frozen=True, kw_only=True):
    """A call, on `owner` or in its body, that limits requests before they are routed. Its block
    chooses which ones by their path and method."""

    owner: str
    word: str
    limit: str
    period: str
