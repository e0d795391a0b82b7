"""What libraries draw for a word of their own: `devise_for :users`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from backwright.facts import code
from backwright.index.drawing.pens import Drawn, Word
from backwright.index.drawing.rails import Writer
from backwright.index.drawing.scope import joined
from backwright.index.drawing.vocabulary import DrawnModules
from backwright.index.frameworks import frameworks
from backwright.index.models.plurals import singular
from backwright.index.values import Map, Str, Value

_NAMED = re.compile(r"\{(\w+)\}")


def draw_modules(writer: Writer, word: Word) -> bool:
    """Draws what a library has for the word; False where none has."""
    for framework in frameworks():
        for modules in framework.drawn_modules:
            if modules.word == word.name:
                for entity in word.positional or (Str((modules.path,)),):
                    if isinstance(entity, Str):
                        _draw(writer, word, modules, entity.text)
                return True
    return False


def _draw(writer: Writer, word: Word, modules: DrawnModules, name: str) -> None:
    scope = writer.scope
    path = word.text("path")
    base = joined(scope.path, name if path is None else path)
    controllers = _texts(word.options.get("controllers"))
    names = {**modules.names, **scope.path_names, **_texts(word.options.get("path_names"))}
    home = word.text("module") or scope.module or modules.module
    only, skipped = word.texts("only"), word.texts("skip") or ()
    able = _abilities(writer, word, modules, name)
    for route in modules.routes:
        left_out = only is not None and route.part not in only
        if left_out or route.part in skipped or "all" in skipped:
            continue
        if route.needs and route.needs not in able:
            continue
        written = _NAMED.sub(lambda it: names.get(it[1], it[1]), route.path)
        controller = controllers.get(route.controller, f"{home}/{route.controller}")
        for method in route.methods:
            whole = joined(base, written)
            drawn = Drawn(method, whole, scope, word.site, "", controller, route.action)
            writer.sheet.routes.append(drawn)


def _abilities(writer: Writer, word: Word, modules: DrawnModules, name: str) -> set[str]:
    """What the model says that it can do."""
    constants = writer.sheet.constants
    written = word.text("class_name") or singular(name)
    class_ = constants.find(written) or constants.by_path(written)
    said = {
        argument.value.value
        for macro in (constants.macros(class_) if class_ else ())
        if macro.name == modules.declares
        for argument in macro.call.arguments
        if isinstance(argument.value, code.Text) and not argument.name
    }
    return said or set(modules.usual)


def _texts(value: Value | None) -> Mapping[str, str]:
    items = value.items if isinstance(value, Map) else {}
    return {key: it.text for key, it in items.items() if isinstance(it, Str)}
