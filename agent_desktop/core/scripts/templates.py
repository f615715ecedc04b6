"""Templates of scripts: merge fields, conditions and formulas in a sandbox that can do little and not for long.

Jinja's immutable sandbox alone is not enough: it folds constants while it compiles (``10**30000000`` takes a minute),
its filters multiply texts, and attributes of any object can be asked for. So only listed kinds of nodes, filters and
tests are let through, every operator is checked, and attributes are keys of plain dictionaries.
"""

import re
import signal
import types
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NoReturn
from urllib.parse import quote

from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.exceptions import SecurityError
from jinja2.parser import Parser
from jinja2.runtime import Context, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from agent_desktop.core.scripts.model import MAX_TEXT, Value
from agent_desktop.core.scripts.runner import Trouble

MAX_SHOWN = 2 * MAX_TEXT  # characters of a text that was worked out
MAX_VALUE = 4_000  # characters that a formula comes to, as many as an answer may have
MAX_NUMBER = 10**15
MAX_DEPTH = 60  # of a tree: each sum, condition and bracket is a level
CPU_S = 0.1  # for one text

_NODES = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.If, nodes.Name, nodes.Const, nodes.Getattr),
    *(nodes.Getitem, nodes.Filter, nodes.Test, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Neg, nodes.Pos, nodes.Concat),
    *(nodes.CondExpr, nodes.List, nodes.Tuple, nodes.Keyword),
)
_NUMBERS = (int, float, Decimal)
# Signs that nobody sees, halves of signs, and those that turn the direction of what follows.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_WORTHLESS = ("self", "loop", "caller", "varargs", "kwargs", "super")


class TooLong(BaseException):
    """The time for one text is up; a BaseException, so that no except clause on the way takes it for its own."""


@contextmanager
def within(cpu_s: float) -> Iterator[None]:
    """Raise TooLong in here once this much of the processor was used; where the platform has no such clock, never."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def stop(_signal: int, _frame: types.FrameType | None) -> NoReturn:
        raise TooLong

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, cpu_s, cpu_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset(["+", "-", "*", "/", "//", "%", "**"])
    intercepted_unops = frozenset(["+", "-"])

    def getattr(self, obj: Any, attribute: str) -> Any:
        return self._key(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        if isinstance(obj, list | tuple) and type(argument) is int and 0 <= argument < len(obj):
            return obj[argument]
        return self._key(obj, argument)

    def _key(self, obj: Any, key: Any) -> Any:
        if isinstance(obj, Undefined):
            obj._fail_with_undefined_error()  # it says which name is not known
        if type(obj) is dict and type(key) is str and key in obj:
            return obj[key]
        if type(obj) is dict or obj is None:
            return self.undefined(f"'{key}' is not known here")
        raise SecurityError("only fields can be looked into")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        for side in (left, right):
            if isinstance(side, Undefined):
                side._fail_with_undefined_error()
        if isinstance(left, date) and isinstance(right, int) and operator in "+-" and -100_000 < right < 100_000:
            return left + timedelta(days=right if operator == "+" else -right)
        if isinstance(left, date) and isinstance(right, date) and operator == "-":
            return (left - right).days
        if isinstance(left, str) and isinstance(right, str) and operator == "+":
            return _bounded(left + right)
        if not isinstance(left, _NUMBERS) or not isinstance(right, _NUMBERS) or operator == "**":
            raise SecurityError(f"{operator} does not go with these")
        if isinstance(left, Decimal) or isinstance(right, Decimal):
            left, right = Decimal(str(left)), Decimal(str(right))
        return _small(self.binop_table[operator](left, right))

    def call_unop(self, context: Context, operator: str, arg: Any) -> Any:
        if isinstance(arg, Undefined):
            arg._fail_with_undefined_error()
        if not isinstance(arg, _NUMBERS):
            raise SecurityError(f"{operator} does not go with this")
        return self.unop_table[operator](arg)


class Sandbox:
    """Works out texts, conditions and formulas; compiled ones are kept. Raises runner.Trouble, or TooLong."""

    def __init__(self) -> None:
        environment = _Sandbox(
            undefined=StrictUndefined, autoescape=False, optimized=False, finalize=_shown, keep_trailing_newline=True
        )
        environment.globals.clear()
        environment.filters = dict(_FILTERS)
        kept = ("defined", "undefined", "none", "number", "string", "true", "false", "in")
        environment.tests = {name: environment.tests[name] for name in kept}
        self._environment = environment
        self._of_addresses = environment.overlay(finalize=_quoted)
        self._texts: dict[str, Any] = {}
        self._addresses: dict[str, Any] = {}
        self._expressions: dict[str, Callable[..., Any]] = {}

    def check(self, template: str) -> None:
        """Whether a text would be let through. Raises Trouble."""
        with _told():
            self._text(template)

    def check_expression(self, expression: str) -> None:
        """Whether a condition or formula would be let through. Raises Trouble."""
        with _told():
            self._expression(expression)

    def names(self, source: str, *, expression: bool) -> set[tuple[str, ...]]:
        """The names that a text or an expression asks for, ("customer", "name"). Raises Trouble."""
        with _told():
            tree = self._parsed_expression(source) if expression else self._parsed(source)
            return set(_asked(tree))

    def text(self, template: str, names: dict[str, Any]) -> str:
        with _told():
            return _joined(self._text(template).generate(names))

    def address(self, template: str, names: dict[str, Any]) -> str:
        """A text that is a page's address: what is put in stands percent-encoded, and can add nothing of its own."""
        with _told():
            made = self._addresses.get(template)
            if made is None:
                self._parsed(template)
                made = self._addresses[template] = self._of_addresses.from_string(template)
            return _joined(made.generate(names))

    def holds(self, expression: str, names: dict[str, Any]) -> bool:
        with _told():
            value = self._expression(expression)(names)
            if isinstance(value, Undefined):
                value._fail_with_undefined_error()
            return bool(value)

    def value(self, expression: str, names: dict[str, Any]) -> Value:
        with _told():
            value = self._expression(expression)(names)
            if isinstance(value, Undefined):
                value._fail_with_undefined_error()
            if isinstance(value, Decimal):
                return int(value) if value == value.to_integral_value() else float(value)
            if isinstance(value, date):
                return value.isoformat()
            if value is None or isinstance(value, bool):
                return value
            if isinstance(value, int | float):
                return _small(value)  # type: ignore[no-any-return]
            made = _shown(value)
            if len(made) > MAX_VALUE:
                raise Trouble(f"a formula's text becomes longer than {MAX_VALUE} characters")
            return made

    def matches(self, pattern: str, text: str) -> bool:
        """Whether a regular expression takes the whole text."""
        with _told():
            return re.fullmatch(pattern, text) is not None

    def _text(self, template: str) -> Any:
        made = self._texts.get(template)
        if made is None:
            self._parsed(template)
            made = self._texts[template] = self._environment.from_string(template)
        return made

    def _expression(self, expression: str) -> Callable[..., Any]:
        made = self._expressions.get(expression)
        if made is None:
            self._parsed_expression(expression)
            compiled = self._environment.compile_expression(expression, undefined_to_none=False)
            made = self._expressions[expression] = compiled
        return made

    def _parsed(self, template: str) -> nodes.Node:
        if len(template) > MAX_TEXT:
            raise Trouble(f"the text is longer than {MAX_TEXT} characters")
        return _let_through(self._environment.parse(template))

    def _parsed_expression(self, expression: str) -> nodes.Node:
        if len(expression) > MAX_TEXT:
            raise Trouble(f"the condition is longer than {MAX_TEXT} characters")
        parser = Parser(self._environment, expression, state="variable")
        tree = parser.parse_expression()
        if not parser.stream.eos:
            raise Trouble("something stands behind the condition")
        return _let_through(tree)


@contextmanager
def _told() -> Iterator[None]:
    """Everything that can go wrong inside as a Trouble, in the library's words."""
    try:
        yield
    except Trouble:
        raise
    except TemplateError as error:
        raise Trouble(error.message or type(error).__name__) from error
    except (RecursionError, MemoryError) as error:
        raise Trouble("the text is too deeply nested") from error
    except Exception as error:  # a template may make Python fail in any way, and must not break a call
        raise Trouble(f"{type(error).__name__}: {error}"[:300]) from error


def _let_through(tree: nodes.Node) -> nodes.Node:
    """The tree; raises Trouble for what is not on the list."""
    waiting: list[tuple[nodes.Node, int]] = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise Trouble("the text is too deeply nested")
        if type(node) not in _NODES:
            raise Trouble(f"{type(node).__name__} is not allowed in a script")
        if isinstance(node, nodes.Name) and (node.name.startswith("_") or node.name in _WORTHLESS):
            raise Trouble(f"'{node.name}' is not allowed in a script")
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            raise Trouble(f"'{node.attr}' is not allowed in a script")
        if isinstance(node, nodes.Getitem) and not isinstance(node.arg, nodes.Const):
            raise Trouble("[] takes a text or a number in a script")
        if isinstance(node, nodes.Filter | nodes.Test) and (node.dyn_args or node.dyn_kwargs):
            raise Trouble("* and ** are not allowed in a script")
        waiting.extend((child, depth + 1) for child in node.iter_child_nodes())
    return tree


def _asked(node: nodes.Node) -> Iterator[tuple[str, ...]]:
    """Names with the fields looked up in them, without those that are asked whether they are there."""
    path: list[str] = []
    inner = node
    while isinstance(inner, nodes.Getattr | nodes.Getitem):
        path.insert(0, inner.attr if isinstance(inner, nodes.Getattr) else str(getattr(inner.arg, "value", "")))
        inner = inner.node
    if isinstance(inner, nodes.Name):
        yield (inner.name, *path)
        return
    if isinstance(node, nodes.Test) and node.name in ("defined", "undefined"):
        return
    if isinstance(node, nodes.Filter) and node.name == "default":
        children: Any = iter(node.args)
    else:
        children = inner.iter_child_nodes()
    for child in children:
        yield from _asked(child)


def _joined(generated: Iterator[str]) -> str:
    parts: list[str] = []
    left = MAX_SHOWN
    for part in generated:
        left -= len(part)
        if left < 0:
            raise Trouble(f"the text becomes longer than {MAX_SHOWN} characters")
        parts.append(part)
    return "".join(parts)


def _bounded(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise SecurityError(f"a text becomes longer than {MAX_TEXT} characters")
    return text


def _small(number: Any) -> Any:
    if not abs(number) < MAX_NUMBER:
        raise SecurityError("a number becomes too large")
    return number


def _shown(value: Any) -> str:
    """A value in a text: nothing for what is not known, a number without superfluous zeros."""
    if isinstance(value, Undefined):
        value._fail_with_undefined_error()
    if value is None:
        return ""
    if isinstance(value, str):
        return _UNSEEN.sub("", value)
    if isinstance(value, float):
        return f"{value:.10g}"
    if isinstance(value, bool | int | Decimal | date):
        return str(value)
    raise SecurityError("only texts, numbers and days can be shown")


def _quoted(value: Any) -> str:
    return quote(_shown(value), safe="")


# ----------------------------------------------------------------- filters


def _default(value: Any, instead: Any = "", empty_too: bool = False) -> Any:
    return instead if isinstance(value, Undefined) or value is None or (empty_too and not value) else value


def _round(value: Any, places: int = 0) -> Any:
    if not isinstance(value, _NUMBERS) or not 0 <= places <= 9:
        raise SecurityError("round takes a number and 0 to 9 places")
    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return rounded if places else int(rounded)


def _money(value: Any, currency: str = "") -> str:
    """Two decimals and the currency behind: "1 234.50 PLN", with thin gaps that do not break."""
    amount = f"{_round(Decimal(str(value)), 2):,}".replace(",", "\u202f")
    return f"{amount}\u00a0{_shown(currency)}".rstrip("\u00a0")


def _date(value: Any, way: str = "iso") -> str:
    """A day as "2026-11-22" (iso), "22.11.2026" (dots), "22/11/2026" (slashes)."""
    day = value if isinstance(value, date) else date.fromisoformat(str(value))
    shapes = {"iso": "%Y-%m-%d", "dots": "%d.%m.%Y", "slashes": "%d/%m/%Y"}
    if way not in shapes:
        raise SecurityError("a day is shown as iso, dots or slashes")
    return day.strftime(shapes[way])


def _number(value: Any, instead: int = 0) -> Any:
    if isinstance(value, _NUMBERS):
        return value
    text = _shown(_default(value)).strip()[:30]
    try:
        number = int(text) if text.lstrip("+-").isdecimal() else float(text)
    except ValueError:
        return instead
    return number if abs(number) < MAX_NUMBER else instead


def _spelled(value: Any) -> str:
    """Sign by sign, for reading a number or a name aloud: "4 4 7 1"."""
    return " ".join(_bounded(_shown(value))[:200].replace(" ", ""))


def _length(value: Any) -> int:
    return len(value) if isinstance(value, list | tuple | dict) else len(_shown(value))


_FILTERS: dict[str, Callable[..., Any]] = {
    "upper": lambda value: _shown(value).upper(),
    "lower": lambda value: _shown(value).lower(),
    "title": lambda value: _shown(value).title(),
    "capitalize": lambda value: _shown(value)[:1].upper() + _shown(value)[1:],
    "trim": lambda value: _shown(value).strip(),
    "default": _default,
    "round": _round,
    "int": lambda value: int(_number(value)),
    "number": _number,
    "length": _length,
    "first": lambda value: value[0] if value else "",
    "last": lambda value: value[-1] if value else "",
    "money": _money,
    "date": _date,
    "spelled": _spelled,
}
