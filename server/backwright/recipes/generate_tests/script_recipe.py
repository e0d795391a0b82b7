"""From an endpoint in JavaScript or TypeScript to units of tests."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from backwright.edits.units import Unit
from backwright.facts.backend import Route
from backwright.recipes.generate_tests.behaviour import Behaviour
from backwright.recipes.generate_tests.case import Case
from backwright.recipes.generate_tests.execute import Execution
from backwright.recipes.generate_tests.existing import ExistingTest, covers, existing_tests
from backwright.recipes.generate_tests.limits import budget_of
from backwright.recipes.generate_tests.new_script_suite import Head, new_head
from backwright.recipes.generate_tests.plan import plan_tests
from backwright.recipes.generate_tests.project import Project
from backwright.recipes.generate_tests.pytest_recipe import cached, not_shown
from backwright.recipes.generate_tests.script_suite import ScriptSuite
from backwright.recipes.generate_tests.surroundings import Surroundings
from backwright.recipes.generate_tests.values import Const, Listed, Test, inputs
from backwright.recipes.generate_tests.write_script import ScriptStyle, describe, title_of
from backwright.recipes.outcome import AlreadyDone, Draft, Outcome, Refused

_IMPORT = re.compile(
    r"^(?:import\s[^;]*?from\s*['\"][^'\"]+['\"];?|(?:const|let|var)\s[^=]*?=\s*require\([^)]*\);?)",
    re.MULTILINE | re.DOTALL,
)
_TOP_LEVEL = re.compile(r"^(?:const|let|var|async function|function|class) (\w+)", re.MULTILINE)
_PARAMETER = re.compile(r"\{([^}*]*)\*?\}")


def generate(
    project: Project, execution: Execution, read: Callable[[Route], Behaviour | None]
) -> Outcome:
    route = project.situation.target.route
    if route is None:
        return Refused("there is no endpoint at the cursor")
    known = cached(read)
    behaviour = known(route)
    if behaviour is None:
        return Refused(f"the handler of {route.title} is not in this project")
    tests = existing_tests(project)
    suite = ScriptSuite(project, execution, tests)
    home = suite.home(route)
    model = home if home in project.paths else suite.model()
    source = project.situation.source(model) if model is not None else ""
    head = Head("", suite.agent(source) or "", "require(" not in source)
    if model is None:
        made = new_head(project, home)
        if isinstance(made, Refused):
            return made
        head = made
    if not head.agent:
        return Refused(f"{model} makes requests in a way that is not known")
    routes = [it for it in project.situation.backend.routes if it.app == route.app]
    around = Surroundings(
        execution=execution,
        routes=routes,
        behaviour=known,
        credentials=suite.credentials(home, model or home, _roles(known, route, routes)),
        taken=frozenset({*_names(source), *suite.people}),
        camel=True,
        budget=lambda it: budget_of(it, tests, routes),
    )
    plan = plan_tests(behaviour, around)
    own = [it for it in tests if covers(it, route, routes)]
    title = f"{route.method} {_PARAMETER.sub(_colon, route.path)}"
    cases = list(_new(plan.cases, own, title, project.situation.source(home)))
    if not cases:
        if not plan.cases:
            return Refused(f"nothing about {route.title} could be derived from its code")
        return AlreadyDone(f"every test of {route.title} that its code suggests is there already")
    style = _style(source or project.situation.source(route.handler_place.file), head.agent)
    text = describe(title, cases, suite.people, style)
    units = _units(project, home, text, _Written(suite, cases, model or home), head)
    count = sum(len(it.rows.rows) if it.rows is not None else 1 for it in cases)
    word = "test" if count == 1 else "tests"
    return Draft(tuple(units), f"Added {count} {word} for {route.title} in {home}.", plan.unserved)


@dataclass(frozen=True, slots=True)
class _Written:
    """The cases that are written down, who is in them, and the file whose style they follow."""

    suite: ScriptSuite
    cases: list[Case]
    model: str


def _names(source: str) -> set[str]:
    """The names at the top of a file of tests."""
    imports = "\n".join(_IMPORT.findall(source))
    return {*_TOP_LEVEL.findall(source), *re.findall(r"\w+", imports)}


def _colon(found: re.Match[str]) -> str:
    return f":{found.group(1)}"


def _roles(
    known: Callable[[Route], Behaviour | None], route: Route, routes: Sequence[Route]
) -> list[str]:
    """The words that guards compare something of the credential with: those of the endpoint, and
    of those that make what it needs."""
    found: dict[str, None] = {}
    makers = [it for it in routes if it.method == "POST" and it.resolved]
    ends = [end for it in (route, *makers) if (read := known(it)) is not None for end in read.exits]
    for end in ends:
        for condition in end.conditions:
            value = condition.value
            if not isinstance(value, Test) or value.operator not in {"==", "in"}:
                continue
            if not any(it.where == "credential" for it in inputs(value)):
                continue
            for side in value.operands:
                for part in side.values if isinstance(side, Listed) else (side,):
                    if isinstance(part, Const) and isinstance(part.value, str):
                        found[part.value] = None
    return [it for it in found if it.lower() != "bearer" and re.fullmatch(r"[\w-]{2,20}", it)]


def _new(
    cases: tuple[Case, ...], own: list[ExistingTest], title: str, source: str
) -> Iterator[Case]:
    blocks = [it for it in re.split(r"\n(?=describe\()", source) if title in it.split("\n", 1)[0]]
    seen: set[str] = set()
    for case in cases:
        name = title_of(case)
        if name in seen or any(name in it for it in blocks):
            continue
        kept = not_shown(case, own)
        if kept is not None:
            seen.add(name)
            yield kept


def _style(source: str, agent: str) -> ScriptStyle:
    words = Counter(re.findall(r"^\s*(it|test)[.(]", source, re.MULTILINE))
    quotes = Counter(re.findall(r"['\"]", source))
    lines = [it.rstrip() for it in source.split("\n") if it.strip()]
    ended = sum(it.endswith(";") for it in lines)
    tabs = any(it.startswith("\t") for it in lines)
    deep = any(re.match(r" {4}\S", it) for it in lines)
    four = deep and not any(re.match(r" {2}\S", it) for it in lines)
    return ScriptStyle(
        agent=agent,
        test=words.most_common(1)[0][0] if words else "it",
        quote="'" if quotes["'"] >= quotes['"'] else '"',
        semicolon=";" if ended * 5 > len(lines) else "",
        indent="\t" if tabs else "    " if four else "  ",
    )


def _units(project: Project, home: str, text: str, written: _Written, head: Head) -> list[Unit]:
    suite, cases, model = written.suite, written.cases, written.model
    used = {it.credential for case in cases for it in case.sends} & suite.people.keys()
    people = [suite.people[it] for it in used]
    source = project.situation.source(home)
    helpers = {
        person.imports: None
        for person in people
        if person.imports[0] and not re.search(rf"\b{person.imports[0]}\b", source)
    }
    modules = head.modules or "import " in source
    lines = [_import(name, file, home, modules=modules) for name, file in helpers]
    if source:
        units = [_placed(home, source, text)]
        if lines:
            units.insert(0, Unit(home, "imports", text="".join(lines)))
        return units
    first = head.text or _head(project, model, home, text)
    more = [line for line, (name, _) in zip(lines, helpers, strict=True) if name not in first]
    return [Unit(home, "create", text=f"{first}{''.join(more)}\n{text}")]


def _placed(home: str, source: str, text: str) -> Unit:
    """The tests at the end of the file, or inside the block that has their title already."""
    title = text.split("\n", 1)[0]
    inner = text.split("\n", 1)[1]
    start = source.find(f"\n{title}\n")
    end = source.find("\n})", start + 1)
    if start < 0 or end < 0:
        return Unit(home, "append", text=text)
    block = source[start + 1 : end + 1]
    name = re.sub(r"^describe\(.(.*).,\s*\(\) => \{$", r"\1", title)
    return Unit(home, "replace", f"describe {name}", f"{block}\n{inner}")


def _import(name: str, file: str, home: str, *, modules: bool) -> str:
    path = posixpath.relpath(file, posixpath.dirname(home) or ".")
    path = path if path.startswith(".") else f"./{path}"
    if modules:
        return f"import {{ {name} }} from '{path}';\n"
    return f"const {{ {name} }} = require('{posixpath.splitext(path)[0]}');\n"


def _head(project: Project, model: str, home: str, text: str) -> str:
    """The imports and set-up that tests beside this one begin with, as far as they are used."""
    source = project.situation.source(model)
    first = re.search(r"^(?:describe|it|test)\(", source, re.MULTILINE)
    top = source[: first.start()] if first else source
    kept = [it.group(0).rstrip() for it in _IMPORT.finditer(top)]
    made = re.findall(r"^(?:const|let) \w+ = (?!require|\{|\[|async|\().*;?$", top, re.MULTILINE)
    lines = [*kept, *(["", *made] if made else [])]
    found = []
    for line in lines:
        names = re.findall(r"[A-Za-z_$][\w$]*", line.split("from")[0].split("=")[0])
        names = [it for it in names if it not in {"import", "const", "let", "var", "as", "type"}]
        wanted = text + "\n".join(it for it in lines if it != line)
        used = [it for it in names if re.search(rf"\b{re.escape(it)}\b", wanted)]
        if not line or used or not names:
            found.append(_without(line, [it for it in names if it not in used]))
    return "\n".join(found) + "\n"


def _without(line: str, unused: list[str]) -> str:
    """An import without the names that nothing uses."""
    if not unused or "{" not in line:
        return line
    start, end = line.index("{"), line.index("}")
    names = [it.strip() for it in line[start + 1 : end].split(",") if it.strip()]
    kept = [it for it in names if it.split(" as ")[-1].strip() not in unused]
    return f"{line[: start + 1]} {', '.join(kept)} {line[end:]}" if kept else line
