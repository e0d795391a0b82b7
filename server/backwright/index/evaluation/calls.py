"""Calls: of the project's functions and classes, of names from outside, of methods."""

from __future__ import annotations

from functools import cache

from backwright.facts import code
from backwright.facts.code import Call, Expr
from backwright.index import builtin_calls, builtin_methods
from backwright.index.evaluation import heirs, implicit, loading, members
from backwright.index.evaluation.runner import (
    MAX_AGAIN,
    MAX_CALLS,
    MAX_NESTING,
    MAX_RUNS,
    MAX_STEPS_FOR_VALUE,
    Frame,
    Result,
    Runner,
    Then,
)
from backwright.index.frameworks import frameworks
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    PathOf,
    Pending,
    Scope,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
)


def call(runner: Runner, expr: Call, frame: Frame) -> Value:
    site = Site(frame.module.file, expr.start, expr.end, expr.line)
    function = expr.function
    if frame.module.facts.language == "ruby":
        return implicit.call(runner, expr, frame, _arguments(runner, expr, frame), site)
    if _is_super(function):
        return _call_super(runner, expr, frame, site)
    if isinstance(function, code.Name) and function.name in {"require", "import"}:
        wanted = _arguments(runner, expr, frame).get((0,))
        if isinstance(wanted, Str) and wanted.known:
            return loading.require(runner, frame, wanted.text)
        return Unknown()
    if isinstance(function, code.Member):
        owner = runner.eval(function.object, frame)
        return call_member(runner, owner, function.name, _arguments(runner, expr, frame), site)
    if isinstance(function, code.Element):  # app[method](path, handler)
        key = runner.eval(function.key, frame)
        if isinstance(key, Str) and key.known:
            owner = runner.eval(function.object, frame)
            return call_member(runner, owner, key.text, _arguments(runner, expr, frame), site)
    return runner.call_value(runner.eval(function, frame), _arguments(runner, expr, frame), site)


def call_value(runner: Runner, function: Value, arguments: Arguments, site: Site) -> Value:
    function = runner.settled(function)
    match function:
        case FunctionValue():
            return runner.call_function(function, arguments)
        case ClassValue():
            return runner.instantiate(function, arguments, site)
        case External(origin):
            known = builtin_calls.call(runner, origin, arguments)
            return known if known is not None else _made(runner, origin, arguments, site)
        case Method():
            return call_member(runner, function.object, function.name, arguments, site)
        case Pending():
            target = arguments.get((0,))
            if target is not None:
                runner.observer.applied(function, target)
            return target or Unknown()
        case ModuleValue():
            default = runner.settled(function.exported.get("default", function.exports))
            callable_ = isinstance(default, FunctionValue | ClassValue)
            return runner.call_value(default, arguments, site) if callable_ else Unknown()
        case Object():
            caller = members.of_class(function.class_, "__call__") if function.class_ else None
            if isinstance(caller, FunctionValue):
                return runner.call_function(caller.bound(function), arguments)
            runner.observer.called(function, arguments)
            return Object(f"{function.origin}()", arguments, site, receiver=function)
        case _:
            return Unknown()


def call_member(runner: Runner, owner: Value, name: str, arguments: Arguments, site: Site) -> Value:
    owner = runner.settled(owner)
    if isinstance(owner, Unknown):
        assumed = (
            owner.assumed
            or runner.observer.assumed(owner, name, arguments, site)
            or heirs.stand_in(runner, owner, name)
        )
        if assumed is None:
            return Unknown()
        owner.assumed = assumed
        owner = assumed
    if isinstance(owner, PathOf):
        answer = runner.observer.path_method_called(owner, name, arguments, site)
        return answer or Unknown()
    if isinstance(owner, FunctionValue | Method) and name in {"bind", "call", "apply"}:
        return _call_through(runner, owner, name, arguments, site)
    if isinstance(owner, Str | Seq | Map):
        found = runner.attribute(owner, name) if isinstance(owner, Map) else Unknown()
        if not isinstance(found, Unknown):
            return runner.call_value(found, arguments, site)
        return builtin_methods.method(runner, owner, name, arguments, site)
    member = runner.attribute(owner, name)
    if isinstance(member, Method):
        receiver = member.object
        done = runner.observer.method_called(receiver, member.name, arguments, site)
        if done is not None:
            return done.run(runner) if isinstance(done, Then) else done
        _call_back(runner, receiver.origin, arguments)
        return Object(f"{receiver.origin}().{name}", arguments, site, receiver=receiver)
    return runner.call_value(member, arguments, site)


def call_function(
    runner: Runner, function: FunctionValue, arguments: Arguments, *, unknown: bool = False
) -> Value:
    key = (
        function.file,
        function.facts.start,
        id(function.scope),
        id(function.this),
        tuple(_key(it) for it in arguments.positional),
        tuple((name, _key(it)) for name, it in sorted(arguments.keywords.items())),
    )
    if key in runner.results:
        return runner.results[key].value
    if not _may_run(runner, function):
        return Unknown()
    runner.results[key] = Result(Unknown(), function, arguments)
    place = (function.file, function.facts.start)
    runner.runs[place] = runner.runs.get(place, 0) + 1
    runner.running[place] = runner.running.get(place, 0) + 1
    scope = Scope(function.file, function.scope, {}, function.this or function.scope.this)
    frame = Frame(runner.loaded[function.file], scope, function)
    _bind_parameters(runner, function, arguments, frame, unknown=unknown)
    runner.calls += 1
    made = len(runner.registrars)
    limit = runner.limit
    if (function.file, function.facts.start) not in runner.acting:
        runner.limit = min(limit, runner.steps + MAX_STEPS_FOR_VALUE)
    runner.run(function.facts.steps, frame)
    runner.limit = limit
    runner.calls -= 1
    runner.running[place] -= 1
    returned = frame.returned if frame.returned is not None else Const(None)
    if isinstance(returned, Unknown) and function.facts.returns is not None:
        declared = (function.facts.returns, function.file, function.scope)
        returned = Unknown(returned.name, returned.assumed, declared)
    if isinstance(returned, FunctionValue):
        _mark_made(returned, function, arguments)
    if any(it is returned for it in runner.registrars[made:]):
        del runner.results[key]  # each call of a factory makes an app or router of its own
    else:
        runner.results[key] = Result(returned, function, arguments)
    return returned


def instantiate(
    runner: Runner, class_: ClassValue, arguments: Arguments, site: Site, *, unknown: bool = False
) -> Object:
    origin = next((it.origin for it in class_.lineage() if isinstance(it, External)), "")
    instance = Object(origin, Arguments(), site, class_)
    constructor = members.of_class(class_, "__init__")
    if isinstance(constructor, FunctionValue):
        runner.call_function(constructor.bound(instance), arguments, unknown=unknown)
    else:
        instance.arguments = arguments
        if not origin or origin.startswith(("pydantic", "dataclasses")):
            instance.attributes.update(arguments.keywords)
    runner.observer.made(instance)
    return instance


def _may_run(runner: Runner, function: FunctionValue) -> bool:
    """Whether one more run is within the limits."""
    place = (function.file, function.facts.start)
    return (
        runner.calls < MAX_CALLS
        and runner.nesting < MAX_NESTING
        and runner.running.get(place, 0) <= MAX_AGAIN
        and runner.runs.get(place, 0) < MAX_RUNS
    )


def _made(runner: Runner, origin: str, arguments: Arguments, site: Site) -> Object:
    _call_back(runner, origin, arguments)
    made = Object(origin, arguments, site)
    if runner.observer.is_registrar(made):
        runner.registrars.append(made)
    runner.observer.made(made)
    return made


def _call_back(runner: Runner, origin: str, arguments: Arguments) -> None:
    """Runs what registers something once something from outside is done:
    `connect(url, () => { app.get("/items", list) })`."""
    for given in arguments.positional:
        if not isinstance(given, FunctionValue) or given.facts.name:
            continue
        if (given.file, given.facts.start) in runner.acting and not _of_framework(origin):
            runner.call_function(given, Arguments(), unknown=True)


def _of_framework(origin: str) -> bool:
    """Whether a framework calls it in its own way."""
    return any(origin == it or origin.startswith(f"{it}.") for it in _own_callers())


@cache
def _own_callers() -> frozenset[str]:
    return frozenset(name for it in frameworks() if it.family != "library" for name in it.imports)


def _mark_made(made: FunctionValue, maker: FunctionValue, arguments: Arguments) -> None:
    """A function that another one makes bears its name, and may wrap one that was passed."""
    inside = maker.facts.start <= made.facts.start and made.facts.end <= maker.facts.end
    if made.maker or made.file != maker.file or not inside:
        return
    made.maker = maker.maker or maker.name
    passed = [it for it in arguments.positional if isinstance(it, FunctionValue | Method)]
    made.wrapped = passed[-1] if passed else None


def _call_through(
    runner: Runner, function: FunctionValue | Method, name: str, arguments: Arguments, site: Site
) -> Value:
    """`f.bind(x)`, `f.call(x, …)`, `f.apply(x, […])`."""
    this, *rest = arguments.positional or [Unknown()]
    if isinstance(function, FunctionValue) and isinstance(this, Object):
        function = function.bound(this)
    if name == "bind":
        return function
    if name == "apply":
        rest = rest[0].items if rest and isinstance(rest[0], Seq) else []
    return runner.call_value(function, Arguments(list(rest)), site)


def _bind_parameters(
    runner: Runner, function: FunctionValue, arguments: Arguments, frame: Frame, *, unknown: bool
) -> None:
    waiting = list(arguments.positional)
    keywords = dict(arguments.keywords)
    names = frame.scope.names
    outer = Frame(frame.module, function.scope)
    parameters = list(function.facts.parameters)
    language = frame.module.facts.language
    python = language == "python"
    if language == "ruby":
        parameters = implicit.bind_block(parameters, waiting, keywords, names)
    takes_this = function.facts.role != "static" or isinstance(function.this, ClassValue)
    if python and function.this is not None and takes_this and parameters:
        own = parameters.pop(0).name
        names[own] = function.this
        frame.itself = own if isinstance(function.this, ClassValue) else ""
    passed: set[str] = set()
    for parameter in parameters:
        if parameter.kind == "*":
            names[parameter.name] = Unknown() if unknown else Seq(waiting)
            waiting = []
        elif parameter.kind == "**":
            names[parameter.name] = Map(keywords, whole=not unknown)
            keywords = {}
        else:
            if waiting:
                value = waiting.pop(0)
                passed.add(parameter.name)
            elif parameter.name in keywords:
                value = keywords.pop(parameter.name)
                passed.add(parameter.name)
            else:
                value = _unpassed(runner, parameter, function, outer)
            target = parameter.pattern or code.Name(parameter.name)
            runner.bind(target, value, frame)
    frame.passed = frozenset(passed - {""})


def _unpassed(
    runner: Runner, parameter: code.Parameter, function: FunctionValue, outer: Frame
) -> Value:
    """A parameter that nobody passes; its type may say that it is an app or a router."""
    if parameter.default is not None:
        return runner.eval(parameter.default, outer)
    if parameter.annotation is not None:
        annotation = runner.eval(parameter.annotation, outer)
        if found := runner.observer.annotated(annotation, parameter.name, function.site):
            return found
    return Unknown(parameter.name)


def _call_super(runner: Runner, expr: Call, frame: Frame, site: Site) -> Value:
    this, function = frame.scope.this, frame.function
    owner = function.owner if function is not None else None
    arguments = _arguments(runner, expr, frame)
    name = expr.function.name if isinstance(expr.function, code.Member) else "__init__"
    if isinstance(this, ClassValue):
        above = members.inherited(this, name, after=owner)
        if isinstance(above, Method):  # of a class from outside, whatever this one has by the name
            origin = f"{above.object.origin}().{name}"
            return Object(origin, arguments, site, receiver=above.object)
        return runner.call_value(above, arguments, site)
    if not isinstance(this, Object) or this.class_ is None:
        return Unknown()
    inherited = members.of_class(this.class_, name, after=owner)
    if isinstance(inherited, FunctionValue):
        return runner.call_function(inherited.bound(this), arguments)
    if name == "__init__":
        this.arguments = arguments
        return Const(None)
    answer = runner.observer.method_called(this, name, arguments, site)
    return answer.run(runner) if isinstance(answer, Then) else answer or Unknown()


def _arguments(runner: Runner, expr: Call, frame: Frame) -> Arguments:
    arguments = Arguments()
    for argument in expr.arguments:
        value = runner.eval(argument.value, frame)
        if argument.name == "*":
            arguments.positional += value.items if isinstance(value, Seq) else [Unknown()]
        elif argument.name == "**":
            arguments.keywords.update(value.items if isinstance(value, Map) else {})
        elif argument.name:
            arguments.keywords[argument.name] = value
        else:
            arguments.positional.append(value)
    return arguments


def _is_super(function: Expr) -> bool:
    if isinstance(function, code.Member):
        function = function.object
        if isinstance(function, Call):
            function = function.function
    return isinstance(function, code.Name) and function.name == "super"


def _key(value: Value) -> object:
    if isinstance(value, Str | Const | External):
        return value
    if isinstance(value, Unknown):
        return ("unknown", value.name)
    return id(value)
