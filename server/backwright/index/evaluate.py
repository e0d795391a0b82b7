"""Runs the facts of a project: what names, imports, factories, settings and loops come to.

This is the one evaluator of all languages and frameworks. It runs each module once, follows calls
into functions of the project with their arguments bound, goes through loops over literal lists, and
takes both sides of a branch. What happens to the objects of frameworks is told to an `Observer`.
Nothing is parsed here and nothing of the project is executed.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from backwright.facts import code
from backwright.facts.code import Call, Expr, FileFacts, Step
from backwright.index import builtin_calls
from backwright.index.modules import Modules
from backwright.index.values import (
    Arguments,
    ClassValue,
    Const,
    Deferred,
    External,
    FunctionValue,
    Map,
    Method,
    ModuleValue,
    Object,
    Package,
    PathOf,
    Pending,
    Scope,
    Seq,
    Site,
    Str,
    Unknown,
    Value,
    join,
)

MAX_DEPTH = 40
MAX_STEPS = 2_000_000
MAX_ROUNDS = 200


class Observer(Protocol):
    """Told what happens to objects of frameworks; answers None for what is not its business."""

    def method_called(
        self, object_: Object, name: str, arguments: Arguments, site: Site
    ) -> Value | None: ...

    def path_method_called(
        self, path: PathOf, name: str, arguments: Arguments, site: Site
    ) -> Value | None: ...

    def applied(self, pending: Pending, target: Value) -> None: ...

    def assumed(
        self, unknown: Unknown, name: str, arguments: Arguments, site: Site
    ) -> Object | None: ...

    def annotated(self, annotation: Value, name: str, site: Site) -> Object | None: ...

    def is_registrar(self, value: Value) -> bool: ...


@dataclass(slots=True)
class _Frame:
    """One run of a module, class body or function."""

    module: ModuleValue
    scope: Scope
    function: FunctionValue | None = None
    returned: Value | None = None
    weak: bool = False
    """In an `except` block: names that are bound already stay."""


@dataclass(slots=True)
class Evaluator:
    facts_of: Callable[[str], FileFacts | None]
    modules: Modules
    observer: Observer
    ran: set[tuple[str, int]] = field(default_factory=set)
    """The functions that were run, by file and start."""
    _modules: dict[str, ModuleValue] = field(default_factory=dict)
    _results: dict[tuple[object, ...], Value] = field(default_factory=dict)
    _depth: int = 0
    _steps: int = 0

    # Modules

    def module(self, path: str) -> ModuleValue | None:
        """The module at `path`, run if it has not been."""
        if path in self._modules:
            return self._modules[path]
        facts = self.facts_of(path)
        if facts is None:
            return None
        exports = Map()
        holder = Map({"exports": exports})
        scope = Scope(path)
        if facts.language != "python":
            scope.names.update(module=holder, exports=exports)
        module = ModuleValue(path, facts, scope, holder)
        self._modules[path] = module
        self._run(facts.steps, _Frame(module, scope))
        module.done = True
        return module

    def run_left_over(self, path: str, wanted: Callable[[code.Function], bool]) -> None:
        """Runs the functions of a module that nothing called, with unknown arguments."""
        module = self.module(path)
        if module is None:
            return
        for value in list(module.scope.names.values()) + list(module.exported.values()):
            value = self.settled(value)
            if isinstance(value, ClassValue) and value.file == path:
                self._run_class(value, wanted)
            elif isinstance(value, FunctionValue) and value.file == path:
                self._run_unless_ran(value, wanted)
        exports = module.exports
        values = list(exports.items.values()) if isinstance(exports, Map) else [exports]
        for value in values:
            if isinstance(value, FunctionValue) and value.file == path:
                self._run_unless_ran(value, wanted)
            elif isinstance(value, ClassValue) and value.file == path:
                self._run_class(value, wanted)

    def _run_unless_ran(
        self, function: FunctionValue, wanted: Callable[[code.Function], bool]
    ) -> None:
        if (function.file, function.facts.start) not in self.ran and wanted(function.facts):
            self.call_function(function, Arguments(), unknown=True)

    def _run_class(self, class_: ClassValue, wanted: Callable[[code.Function], bool]) -> None:
        methods = [it for it in class_.scope.names.values() if isinstance(it, FunctionValue)]
        left = [
            it for it in methods if (it.file, it.facts.start) not in self.ran and wanted(it.facts)
        ]
        if not left:
            return
        facts = class_.facts
        site = Site(class_.file, facts.start, facts.end, facts.line)
        instance = self._instantiate(class_, Arguments(), site, unknown=True)
        for method in left:
            self._run_unless_ran(method.bound(instance), wanted)

    # Steps

    def _run(self, steps: list[Step], frame: _Frame) -> None:
        for step in steps:
            self._steps += 1
            if self._steps > MAX_STEPS:
                return
            self._step(step, frame)

    def _step(self, step: Step, frame: _Frame) -> None:
        match step:
            case code.Assign():
                self._assign(step, frame)
            case code.Do():
                self.eval(step.value, frame)
            case code.Import():
                self._import(step, frame)
            case code.Define():
                self._define(frame.module.facts.functions[step.function], frame)
            case code.DefineClass():
                self._define_class(frame.module.facts.classes[step.number], frame)
            case code.Return():
                value = self.eval(step.value, frame) if step.value is not None else Const(None)
                if frame.returned is None or _says_less(frame.returned):
                    frame.returned = value
            case code.Branch():
                self._run(step.body, frame)
                self._run(step.otherwise, frame)
            case code.Loop():
                self._loop(step, frame)
            case code.Attempt():
                self._attempt(step, frame)
            case code.Export():
                self._export(step, frame)
            case code.ExportFrom():
                self._export_from(step, frame)
            case code.Raise():
                pass

    def _assign(self, step: code.Assign, frame: _Frame) -> None:
        if step.value is None:
            self._declare(step.target, frame)
            return
        value = self.eval(step.value, frame)
        self._bind(step.target, value, frame, declares=step.declares)

    def _declare(self, target: Expr, frame: _Frame) -> None:
        """`let server;`: what is assigned to the name later stays in this scope."""
        if (
            isinstance(target, code.Name)
            and frame.module.facts.language != "python"
            and not isinstance(frame.scope.this, ClassValue)
        ):
            frame.scope.names.setdefault(target.name, Unknown())

    def _bind(self, target: Expr, value: Value, frame: _Frame, *, declares: bool = True) -> None:
        match target:
            case code.Name(name):
                scope = frame.scope if declares else _owner_of(name, frame.scope)
                present = scope.names.get(name)
                if present is not None and (frame.weak or self._shadows(present, value)):
                    return
                if isinstance(value, Object) and not value.name:
                    value.name = name
                scope.names[name] = value
            case code.Member(owner, name):
                self._set(self.eval(owner, frame), name, value)
            case code.Table(entries):
                for key, inner in entries:
                    if isinstance(key, code.Text):
                        self._bind(inner, self.attribute(value, key.value), frame)
            case code.Items(values):
                items = value.items if isinstance(value, Seq) else []
                for number, inner in enumerate(values):
                    self._bind(inner, items[number] if number < len(items) else Unknown(), frame)
            case code.Element(owner, key_expr):
                held, key_value = self.eval(owner, frame), self.eval(key_expr, frame)
                if isinstance(held, Map) and isinstance(key_value, Str) and key_value.known:
                    held.items[key_value.text] = value
            case _:
                pass

    def _shadows(self, present: Value, value: Value) -> bool:
        """`app = Middleware(app)`: what routes are registered on stays what the name means."""
        return self.observer.is_registrar(present) and not self.observer.is_registrar(value)

    def _set(self, owner: Value, name: str, value: Value) -> None:
        match owner:
            case Object():
                owner.attributes[name] = value
                if isinstance(value, Object) and not value.name:
                    value.name = name
            case Map():
                owner.items[name] = value
            case FunctionValue():
                owner.attributes[name] = value
            case ClassValue():
                owner.scope.names[name] = value
            case _:
                pass

    def _loop(self, step: code.Loop, frame: _Frame) -> None:
        for item in self.iterated(self.eval(step.iterable, frame)):
            self._bind(step.target, item, frame)
            self._run(step.body, frame)

    def iterated(self, value: Value) -> list[Value]:
        """What a loop over `value` goes through; one unknown item when that is not known."""
        if isinstance(value, Seq):
            return value.items[:MAX_ROUNDS]
        if isinstance(value, Map):
            return [Str((key,)) for key in value.items][:MAX_ROUNDS]
        return [Unknown()]

    def _attempt(self, step: code.Attempt, frame: _Frame) -> None:
        self._run(step.body, frame)
        outer, frame.weak = frame.weak, True
        for _, body in step.handlers:
            self._run(body, frame)
        frame.weak = outer

    # Imports and exports

    def _import(self, step: code.Import, frame: _Frame) -> None:
        module = frame.module
        if module.facts.language == "python":
            self._import_python(step, frame)
            return
        target = self.modules.javascript(module.file, step.module)
        if target is None:
            if step.local:
                frame.scope.names[step.local] = _external_script(step.module, step.name)
            return
        imported = self.module(target)
        if imported is not None and step.local:
            frame.scope.names[step.local] = (
                imported if not step.name else self._exported(imported, step.name)
            )

    def _import_python(self, step: code.Import, frame: _Frame) -> None:
        module, names = frame.module, frame.scope.names
        if not step.name:
            if step.local == step.module and "." in step.module:  # import a.b binds a
                first = step.module.split(".")[0]
                self._imported(module.file, step.module)
                names[first] = self._imported(module.file, first)
            else:
                names[step.local] = self._imported(module.file, step.module)
            return
        source = self._imported(module.file, step.module)
        if step.name == "*":
            if isinstance(source, ModuleValue):
                names.update({k: v for k, v in source.scope.names.items() if not k.startswith("_")})
                module.stars += source.stars
            elif isinstance(source, External):
                module.stars.append(source.origin)
            return
        value = self.attribute(source, step.name)
        if isinstance(value, Unknown) and isinstance(source, ModuleValue) and not source.done:
            value = Deferred(source.file, step.name)
        if not (frame.weak and step.local in names):
            names[step.local] = value

    def _imported(self, importer: str, module: str) -> Value:
        path = self.modules.python(importer, module)
        if path is None:
            return Unknown() if module.startswith(".") else External(module)
        return (self.module(path) or Unknown()) if path in self.modules.files else Package(path)

    def _export(self, step: code.Export, frame: _Frame) -> None:
        value = self.eval(step.value, frame)
        if step.name == "=":
            frame.module.holder.items["exports"] = value
        else:
            frame.module.exported[step.name] = value

    def _export_from(self, step: code.ExportFrom, frame: _Frame) -> None:
        exported = frame.module.exported
        target = self.modules.javascript(frame.module.file, step.module)
        source = self.module(target) if target is not None else None
        if source is None:
            if step.local and step.name != "*":
                exported[step.local] = _external_script(step.module, step.name)
        elif step.name != "*":
            exported[step.local] = self._exported(source, step.name)
        elif step.local:
            exported[step.local] = source
        else:
            exported.update({k: v for k, v in source.exported.items() if k != "default"})

    def _exported(self, module: ModuleValue, name: str) -> Value:
        """What `import { name }` gives, from an ES module or a CommonJS one."""
        if name in module.exported:
            return module.exported[name]
        if not module.done:
            return Deferred(module.file, name)
        if name == "default":
            return module.exports if not module.exported else Unknown()
        return self.attribute(module.exports, name)

    def settled(self, value: Value) -> Value:
        """`value`, or what a deferred name has come to by now."""
        if not isinstance(value, Deferred):
            return value
        module = self._modules.get(value.module)
        if module is None:
            return Unknown()
        if module.facts.language == "python":
            found: Value | None = module.scope.names.get(value.name)
        else:
            found = module.exported.get(value.name)
            if found is None and value.name == "default":
                found = module.exports
            elif found is None and isinstance(module.exports, Map):
                found = module.exports.items.get(value.name)
        return found if found is not None and not isinstance(found, Deferred) else Unknown()

    # Definitions

    def _define(self, facts: code.Function, frame: _Frame) -> None:
        in_class = isinstance(frame.scope.this, ClassValue)
        scope = frame.scope.parent if in_class and frame.scope.parent else frame.scope
        owner = frame.scope.this if isinstance(frame.scope.this, ClassValue) else None
        function = FunctionValue(facts, frame.module.file, scope, None, owner)
        frame.scope.names[facts.name] = function
        function.decorators += [self.eval(decorator, frame) for decorator in facts.decorators]
        for decorator in reversed(function.decorators):
            if isinstance(decorator, Pending):
                self.observer.applied(decorator, function)

    def _define_class(self, facts: code.Class, frame: _Frame) -> None:
        bases = [self.eval(base.value, frame) for base in facts.bases if not base.name]
        scope = Scope(frame.module.file, frame.scope)
        class_ = ClassValue(facts, frame.module.file, scope, bases)
        scope.this = class_
        frame.scope.names[facts.name] = class_
        self._run(facts.steps, _Frame(frame.module, scope))
        class_.decorators += [self.eval(decorator, frame) for decorator in facts.decorators]
        for decorator in reversed(class_.decorators):
            if isinstance(decorator, Pending):
                self.observer.applied(decorator, class_)

    # Calls

    def call_function(
        self, function: FunctionValue, arguments: Arguments, *, unknown: bool = False
    ) -> Value:
        """What the function returns; `unknown` says that nobody knows its arguments."""
        key = (
            function.file,
            function.facts.start,
            id(function.scope),
            id(function.this),
            tuple(_key(it) for it in arguments.positional),
            tuple((name, _key(it)) for name, it in sorted(arguments.keywords.items())),
        )
        if key in self._results:
            return self._results[key]
        if self._depth >= MAX_DEPTH:
            return Unknown()
        self._results[key] = Unknown()
        module = self._modules[function.file]
        self.ran.add((function.file, function.facts.start))
        scope = Scope(function.file, function.scope, {}, function.this or function.scope.this)
        frame = _Frame(module, scope, function)
        self._bind_parameters(function, arguments, frame, unknown=unknown)
        self._depth += 1
        self._run(function.facts.steps, frame)
        self._depth -= 1
        self._results[key] = frame.returned if frame.returned is not None else Const(None)
        return self._results[key]

    def _bind_parameters(
        self, function: FunctionValue, arguments: Arguments, frame: _Frame, *, unknown: bool
    ) -> None:
        waiting = list(arguments.positional)
        keywords = dict(arguments.keywords)
        names = frame.scope.names
        outer = _Frame(frame.module, function.scope)
        parameters = list(function.facts.parameters)
        python = frame.module.facts.language == "python"
        if python and function.this is not None and function.facts.role != "static" and parameters:
            names[parameters.pop(0).name] = function.this
        for parameter in parameters:
            if parameter.kind == "*":
                names[parameter.name] = Seq(waiting) if not unknown else Unknown()
                waiting = []
                continue
            if parameter.kind == "**":
                names[parameter.name] = Map(keywords, whole=not unknown)
                keywords = {}
                continue
            value: Value
            if waiting:
                value = waiting.pop(0)
            elif parameter.name in keywords:
                value = keywords.pop(parameter.name)
            elif parameter.default is not None:
                value = self.eval(parameter.default, outer)
            else:
                value = self._unpassed(parameter, function, outer)
            if parameter.pattern is not None:
                self._bind(parameter.pattern, value, frame)
            else:
                names[parameter.name] = value

    def _unpassed(self, parameter: code.Parameter, function: FunctionValue, outer: _Frame) -> Value:
        """A parameter that nobody passes; its type may say that it is an app or a router."""
        if parameter.annotation is not None:
            annotation = self.eval(parameter.annotation, outer)
            if found := self.observer.annotated(annotation, parameter.name, function.site):
                return found
        return Unknown(parameter.name)

    def _instantiate(
        self, class_: ClassValue, arguments: Arguments, site: Site, *, unknown: bool = False
    ) -> Object:
        origin = next((it.origin for it in class_.lineage() if isinstance(it, External)), "")
        instance = Object(origin, Arguments(), site, class_)
        constructor = self._member_of_class(class_, "__init__")
        if isinstance(constructor, FunctionValue):
            self.call_function(constructor.bound(instance), arguments, unknown=unknown)
        else:
            instance.arguments = arguments
            if not origin or origin.startswith(("pydantic", "dataclasses")):
                instance.attributes.update(arguments.keywords)
        return instance

    def _member_of_class(
        self, class_: ClassValue, name: str, *, after: ClassValue | None = None
    ) -> Value | None:
        passed = after is None
        for base in class_.lineage():
            if passed and isinstance(base, ClassValue) and name in base.scope.names:
                return base.scope.names[name]
            passed = passed or base is after
        return None

    def call(self, expr: Call, frame: _Frame) -> Value:
        site = Site(frame.module.file, expr.start, expr.end, expr.line)
        if _is_super(expr.function):
            return self._call_super(expr, frame, site)
        if isinstance(expr.function, code.Name) and expr.function.name in {"require", "import"}:
            return self._require(expr, frame)
        if isinstance(expr.function, code.Member):
            owner = self.eval(expr.function.object, frame)
            return self._call_member(owner, expr.function.name, self._arguments(expr, frame), site)
        function = self.eval(expr.function, frame)
        return self.call_value(function, self._arguments(expr, frame), site)

    def call_value(self, function: Value, arguments: Arguments, site: Site) -> Value:
        function = self.settled(function)
        match function:
            case FunctionValue():
                return self.call_function(function, arguments)
            case ClassValue():
                return self._instantiate(function, arguments, site)
            case External(origin):
                known = builtin_calls.call(self, origin, arguments)
                return known if known is not None else Object(origin, arguments, site)
            case Method():
                return self._call_member(function.object, function.name, arguments, site)
            case Pending():
                if arguments.positional:
                    self.observer.applied(function, arguments.positional[0])
                    return arguments.positional[0]
                return Unknown()
            case ModuleValue():
                default = function.exported.get("default", function.exports)
                if isinstance(default, FunctionValue | ClassValue):
                    return self.call_value(default, arguments, site)
                return Unknown()
            case Object():
                caller = (
                    self._member_of_class(function.class_, "__call__") if function.class_ else None
                )
                if isinstance(caller, FunctionValue):
                    return self.call_function(caller.bound(function), arguments)
                return Object(f"{function.origin}()", arguments, site, receiver=function)
            case _:
                return Unknown()

    def _call_member(self, owner: Value, name: str, arguments: Arguments, site: Site) -> Value:
        owner = self.settled(owner)
        if isinstance(owner, Unknown):
            assumed = owner.assumed or self.observer.assumed(owner, name, arguments, site)
            if assumed is None:
                return Unknown()
            owner.assumed = assumed
            owner = assumed
        if isinstance(owner, PathOf):
            return self.observer.path_method_called(owner, name, arguments, site) or Unknown()
        if isinstance(owner, FunctionValue) and name in {"bind", "call", "apply"}:
            return owner
        if isinstance(owner, Str | Seq | Map):
            found = self.attribute(owner, name) if isinstance(owner, Map) else Unknown()
            if not isinstance(found, Unknown):
                return self.call_value(found, arguments, site)
            return builtin_calls.method(self, owner, name, arguments)
        member = self.attribute(owner, name)
        if isinstance(member, Method):
            answer = self.observer.method_called(member.object, member.name, arguments, site)
            if answer is not None:
                return answer
            origin = f"{member.object.origin}().{name}"
            return Object(origin, arguments, site, receiver=member.object)
        return self.call_value(member, arguments, site)

    def _call_super(self, expr: Call, frame: _Frame, site: Site) -> Value:
        this, function = frame.scope.this, frame.function
        owner = function.owner if function is not None else None
        arguments = self._arguments(expr, frame)
        if not isinstance(this, Object) or this.class_ is None:
            return Unknown()
        name = expr.function.name if isinstance(expr.function, code.Member) else "__init__"
        inherited = self._member_of_class(this.class_, name, after=owner)
        if isinstance(inherited, FunctionValue):
            return self.call_function(inherited.bound(this), arguments)
        if name == "__init__":
            this.arguments = arguments
            return Const(None)
        return self.observer.method_called(this, name, arguments, site) or Unknown()

    def _require(self, expr: Call, frame: _Frame) -> Value:
        wanted = self._arguments(expr, frame).get((0,))
        if not isinstance(wanted, Str) or not wanted.known:
            return Unknown()
        target = self.modules.javascript(frame.module.file, wanted.text)
        if target is None:
            return External(_package(wanted.text)) if not wanted.text.startswith(".") else Unknown()
        module = self.module(target)
        if module is None:
            return Unknown()
        return module if module.exported else module.exports

    def _arguments(self, expr: Call, frame: _Frame) -> Arguments:
        arguments = Arguments()
        for argument in expr.arguments:
            value = self.eval(argument.value, frame)
            if argument.name == "*":
                arguments.positional += value.items if isinstance(value, Seq) else [Unknown()]
            elif argument.name == "**":
                arguments.keywords.update(value.items if isinstance(value, Map) else {})
            elif argument.name:
                arguments.keywords[argument.name] = value
            else:
                arguments.positional.append(value)
        return arguments

    # Expressions

    def eval_in(self, expr: Expr, file: str, scope: Scope) -> Value:
        """The value of an expression of `file` as seen from `scope`."""
        return self.eval(expr, _Frame(self._modules[file], scope))

    def eval(self, expr: Expr, frame: _Frame) -> Value:
        match expr:
            case code.Text(value):
                return Str((value,))
            case code.Name(name):
                return self._name(name, frame)
            case code.Member(owner, name):
                return self.attribute(self.eval(owner, frame), name)
            case code.Call():
                return self.call(expr, frame)
            case code.Template(parts):
                return self._joined([self.eval(part, frame) for part in parts])
            case code.Number(value):
                return Const(value)
            case code.Constant(name):
                return Const({"true": True, "false": False}.get(name))
            case code.Items(values):
                return self._sequence(values, frame)
            case code.Table():
                return self._table(expr, frame)
            case code.Lambda(number):
                facts = frame.module.facts.functions[number]
                return FunctionValue(facts, frame.module.file, frame.scope, frame.scope.this)
            case code.Operation():
                return self._operation(expr, frame)
            case code.Choice():
                return self._choice(expr, frame)
            case code.Element(owner, key):
                return self._element(self.eval(owner, frame), key, frame)
            case _:
                return Unknown()

    def _name(self, name: str, frame: _Frame) -> Value:
        if name == "this":
            return frame.scope.this or Unknown()
        found = frame.scope.find(name)
        if found is not None:
            return self.settled(found)
        if frame.module.stars:
            return External(f"{frame.module.stars[-1]}.{name}")
        return External(f"builtins.{name}") if builtin_calls.is_builtin(name) else Unknown()

    def _joined(self, parts: list[Value]) -> Value:
        if parts and all(isinstance(part, Seq) for part in parts):
            return Seq([item for part in parts if isinstance(part, Seq) for item in part.items])
        if parts and all(isinstance(part, Const) for part in parts):
            return builtin_calls.arithmetic("+", parts)
        return join([self.as_text(part) for part in parts])

    def as_text(self, value: Value) -> Value:
        """A string for what stands for one: a settings field with a default, an enum's member."""
        if isinstance(value, Object):
            default = builtin_calls.default_of(value)
            return default if default is not None else value
        return value

    def _sequence(self, values: list[Expr], frame: _Frame) -> Seq:
        items: list[Value] = []
        for value in values:
            if isinstance(value, code.Operation) and value.operator == "*":
                inner = self.eval(value.operands[0], frame)
                items += inner.items if isinstance(inner, Seq) else [Unknown()]
            else:
                items.append(self.eval(value, frame))
        return Seq(items)

    def _table(self, expr: code.Table, frame: _Frame) -> Map:
        table = Map()
        for key, value in expr.entries:
            held = self.eval(value, frame)
            if key is None:
                if isinstance(held, Map):
                    table.items.update(held.items)
                else:
                    table.whole = False
                continue
            name = self.eval(key, frame)
            if isinstance(name, Str) and name.known:
                table.items[name.text] = held
            else:
                table.whole = False
        return table

    def _operation(self, expr: code.Operation, frame: _Frame) -> Value:
        if expr.operator == "for":
            return self._comprehension(expr, frame)
        values = [self.eval(operand, frame) for operand in expr.operands]
        if expr.operator in {"or", "||", "??"}:
            return next((it for it in values if not _says_less(it)), values[-1])
        if expr.operator in {"and", "&&"}:
            return values[-1]
        return builtin_calls.arithmetic(expr.operator, values)

    def _comprehension(self, expr: code.Operation, frame: _Frame) -> Value:
        body, target, source = expr.operands
        over = self.eval(source, frame)
        known = isinstance(over, Seq | Map)
        items = []
        for item in self.iterated(over):
            self._bind(target, item, frame)
            items.append(self.eval(body, frame))
        return Seq(items) if known else Unknown()

    def _choice(self, expr: code.Choice, frame: _Frame) -> Value:
        then, otherwise = self.eval(expr.then, frame), self.eval(expr.otherwise, frame)
        if isinstance(then, Str) and isinstance(otherwise, Str) and then != otherwise:
            return Str((None,))
        return otherwise if _says_less(then) else then

    def _element(self, owner: Value, key: Expr, frame: _Frame) -> Value:
        owner = self.settled(owner)
        if isinstance(owner, External) and owner.origin.endswith(".Annotated"):
            parts = key.values if isinstance(key, code.Items) else [key]
            values = [self.eval(part, frame) for part in parts]
            return Object(owner.origin, Arguments(values), Site(frame.module.file, 0, 0, 0))
        if isinstance(owner, External | ClassValue):  # a generic type with its argument
            return owner
        at = self.eval(key, frame)
        if isinstance(owner, Seq) and isinstance(at, Const) and isinstance(at.value, int):
            return (
                owner.items[at.value]
                if -len(owner.items) <= at.value < len(owner.items)
                else Unknown()
            )
        if isinstance(owner, Map) and isinstance(at, Str) and at.known:
            return owner.items.get(at.text, Unknown())
        if isinstance(owner, Object) and isinstance(at, Str) and at.known:
            return self.attribute(owner, at.text)  # client[method](path)
        return Unknown()

    def attribute(self, owner: Value, name: str) -> Value:
        owner = self.settled(owner)
        match owner:
            case Object():
                return self._attribute_of_object(owner, name)
            case ModuleValue():
                return self._attribute_of_module(owner, name)
            case External(origin):
                return External(f"{origin}.{name}")
            case Map():
                return self.settled(owner.items.get(name, Unknown()))
            case ClassValue():
                return self._member_of_class(owner, name) or _outside(owner, name)
            case Package(path):
                return self._submodule(path, name)
            case FunctionValue():
                return owner.attributes.get(name, Unknown())
            case Str() if name == "value":  # of an enum's member
                return owner
            case Method():
                return Method(
                    Object(f"{owner.object.origin}().{owner.name}", Arguments(), owner.object.site),
                    name,
                )
            case _:
                return Unknown()

    def _attribute_of_object(self, owner: Object, name: str) -> Value:
        if name in owner.attributes:
            return self.settled(owner.attributes[name])
        found = self._member_of_class(owner.class_, name) if owner.class_ is not None else None
        if isinstance(found, FunctionValue):
            bound = found.bound(owner)
            return self.call_function(bound, Arguments()) if found.facts.role == "getter" else bound
        if found is not None:
            return self.as_text(found)
        if owner.class_ is not None and not owner.origin:
            return Unknown()
        if name == "router" and self.observer.is_registrar(owner):
            return owner
        return Method(owner, name)

    def _attribute_of_module(self, owner: ModuleValue, name: str) -> Value:
        if owner.facts.language != "python":
            return self.settled(self._exported(owner, name))
        if name in owner.scope.names:
            return self.settled(owner.scope.names[name])
        if owner.file.endswith("__init__.py"):
            found = self._submodule(posixpath.dirname(owner.file), name)
            if not isinstance(found, Unknown):
                return found
        return External(f"{owner.stars[-1]}.{name}") if owner.stars else Unknown()

    def _submodule(self, folder: str, name: str) -> Value:
        path = posixpath.join(folder, name)
        for candidate in (f"{path}/__init__.py", f"{path}.py"):
            if candidate in self.modules.files:
                return self.module(candidate) or Unknown()
        return Package(path) if path in self.modules.folders else Unknown()


def _owner_of(name: str, scope: Scope) -> Scope:
    """The scope that binds `name`, the present one when none does."""
    found: Scope | None = scope
    while found is not None:
        if name in found.names:
            return found
        found = found.parent
    return scope


def _outside(class_: ClassValue, name: str) -> Value:
    """A member that the class inherits from outside the workspace, such as `as_view`."""
    origin = next((it.origin for it in class_.lineage() if isinstance(it, External)), "")
    if not origin:
        return Unknown()
    facts = class_.facts
    site = Site(class_.file, facts.start, facts.end, facts.line)
    return Method(Object(origin, Arguments(), site, class_), name)


def _is_super(function: Expr) -> bool:
    if isinstance(function, code.Member):
        function = function.object
        if isinstance(function, code.Call):
            function = function.function
    return isinstance(function, code.Name) and function.name == "super"


def _says_less(value: Value) -> bool:
    """True for a value that tells nothing, so that another one is better."""
    return (
        isinstance(value, Unknown)
        or (isinstance(value, Const) and value.value is None)
        or (isinstance(value, Str) and not value.known)
        or (isinstance(value, Object) and value.origin.startswith("builtins.process"))
        or (isinstance(value, External) and value.origin.startswith("builtins.process.env"))
    )


def _external_script(module: str, name: str) -> Value:
    package = _package(module)
    return External(package if name in {"", "default"} else f"{package}.{name}")


def _package(module: str) -> str:
    return module.removeprefix("node:")


def _key(value: Value) -> object:
    if isinstance(value, Str | Const | External):
        return value
    if isinstance(value, Unknown):
        return ("unknown", value.name)
    return id(value)
