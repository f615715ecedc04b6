"""What templates may do and may not: a table of attacks, and what authors need."""

from datetime import date
from decimal import Decimal

import pytest

from agent_desktop.core.scripts.runner import Trouble
from agent_desktop.core.scripts.templates import MAX_SHOWN, Sandbox, TooLong, within

NAMES = {
    "customer": {"name": "Marta", "tags": ["gold", "late"], "organisation": None},
    "amount": Decimal("1412.60"),
    "today": date(2026, 11, 22),
    "birth": date(1980, 5, 4),
    "nothing": None,
    "long": "x" * 4_000,
    "odd": "c\u2066\x07\x85\ufeffd",
}

ATTACKS = [
    "{{ 10**30000000 }}",
    "{{ 9999999999 * 999999999 }}",
    "{{ 'x' * 1000000000 }}",
    "{{ [1] * 1000000000 }}",
    "{{ '%999999999d' % 1 }}",
    "{{ '%s'|format('x') }}",
    "{{ 'x'|center(1000000000) }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ ''['__class__'] }}",
    "{{ customer['__class__'] }}",
    "{{ customer.items }}",
    "{{ customer.items() }}",
    "{{ customer|attr('__class__') }}",
    "{{ amount.real }}",
    "{{ today.today }}",
    "{{ self }}",
    "{{ self.__init__.__globals__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ config }}",
    "{{ request }}",
    "{{ namespace(a=1) }}",
    "{{ range(1000000000) }}",
    "{{ joiner }}",
    "{{ dict(a=1) }}",
    "{{ {'a': 1} }}",
    "{{ customer.tags[customer.name] }}",
    "{{ customer.tags[0:9] }}",
    "{{ 'abc'|map('upper') }}",
    "{{ customer.tags|join('x') }}",
    "{{ 1|round(1000000000) }}",
    "{{ 'a'|upper(*customer.tags) }}",
    "{% for i in customer.tags %}x{% endfor %}",
    "{% set a = 1 %}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% extends 'a' %}",
    "{% block a %}{% endblock %}",
    "{% filter upper %}a{% endfilter %}",
    "{% call a() %}{% endcall %}",
    "{% with a = 1 %}{% endwith %}",
    "{% autoescape true %}{% endautoescape %}",
    "{% do x %}",
    "{% if " + "(" * 2_000 + "1" + ")" * 2_000 + " %}{% endif %}",
    "{{ " + "1 + " * 10_000 + "1 }}",
    "{{ " + "9" * 10_000 + " }}",
    "{% if true %}" * 500 + "{% endif %}" * 500,
    "{{ nobody }}",
    "{{ customer.nobody.more }}",
    "{{ customer }}",
    "{{ 1 / 0 }}",
    "{{ customer.name",
    "{{ " + "x" * 70_000 + " }}",
    "{{ long }}" * 40,
    "{{ '%0999999999d'|center(1000000000) }}",
    "{{ '{0.__class__}'.format(1) }}",
    "{{ customer.get('name') }}",
    "{{ (customer).name.__class__ }}",
    "{{ customer['na' ~ 'me'] }}",
    "{{ ''|attr('\\x5f\\x5fclass\\x5f\\x5f') }}",
    "{{ customer.name[0] }}",
    "{{ customer.tags[99999999999999999999] }}",
    "{{ customer|first }}",
    "{{ true.real }}",
    "{{ 1e400 - 1e400 }}",
    "{{ 0x" + "f" * 30_000 + " }}",
    "{{ today|date('%c') }}",
    "{{ today + 9999999 }}",
    "{{ '1e15000000'|money }}",
    "{{ " + "a." * 9_000 + "b }}",
    "{{ " + "[" * 300 + "]" * 300 + " }}",
    "{# " * 20_000,
    "{%" + " " * 60_000,
    "{{ __builtins__ }}",
    "{{ environment }}",
    "{{ 'x' is callable }}",
    "{% debug %}",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: text[:40])
def test_refused(attack: str) -> None:
    with pytest.raises(Trouble), within(2.0):
        Sandbox().text(attack, NAMES)


def test_a_megabyte_is_refused_unread() -> None:
    sandbox = Sandbox()
    for ask in (sandbox.check, sandbox.check_expression):
        with pytest.raises(Trouble, match="longer than"):
            ask("{{ a }}" * 150_000)


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("Dear {{ customer.name }}, 100 % {sure}", "Dear Marta, 100 % {sure}"),
        ("{{ customer.organisation }}{{ nothing }}", ""),
        ("{{ customer.nobody|default('you') }}, {{ nothing|default('you') }}", "you, you"),
        ("{{ amount|money('PLN') }}", "1\u202f412.60\u00a0PLN"),
        (
            "{{ amount / 3 }} {{ (amount / 3)|round(2) }} {{ amount|round }}",
            "470.8666666666666666666666667 470.87 1413",
        ),
        ("{{ amount * 1.5 }} {{ 7 // 2 }} {{ -7 % 3 }} {{ 0.1 + 0.2 }}", "2118.900 3 2 0.3"),
        ("{{ (today + 14)|date('dots') }} {{ today - birth }}", "06.12.2026 17003"),
        ("{{ customer.tags[0]|upper }} {{ customer.tags|length }} {{ customer.tags|last|capitalize }}", "GOLD 2 Late"),
        ("{% if amount > 1412.5 and 'gold' in customer.tags %}yes{% else %}no{% endif %}", "yes"),
        ("{{ 'late' if birth < today else 'early' }}", "late"),
        ("{{ '4471'|spelled }} {{ '12'|int + 1 }} {{ 'a' ~ 1 }}", "4 4 7 1 13 a1"),
        ("<b>{{ '<i>' }}</b>\n", "<b><i></b>\n"),
        ("{{ '%0999999999d' }} {{ '{0.__class__}' }}", "%0999999999d {0.__class__}"),
        ("{{ 'a\\0\\ud800\\u202e\\u200b\\tb' }}{{ odd }}", "a\tbcd"),
        ("{{ '1e999'|number }} {{ '9' * 1 if false else 1 }}", "0 1"),
    ],
)
def test_worked_out(template: str, text: str) -> None:
    assert Sandbox().text(template, NAMES) == text


def test_conditions_and_formulas() -> None:
    sandbox = Sandbox()
    assert sandbox.holds("customer.name == 'Marta' and amount >= 1000", NAMES)
    assert not sandbox.holds("nothing", NAMES)
    assert sandbox.value("amount - 12.60", NAMES) == 1400
    assert sandbox.value("today + 1", NAMES) == "2026-11-23"
    assert sandbox.value("customer.name ~ '!'", NAMES) == "Marta!"
    assert sandbox.value("'\\ud800\\0x'", NAMES) == "x"
    wrongs = ("nobody", "customer.nobody == 1", "1 }} {{ 2", "customer", "1 2", "", "2 ** 3")
    for wrong in (*wrongs, "9" * 16, "0x" + "f" * 99, "long ~ 'x'", "customer.tags"):
        with pytest.raises(Trouble):
            sandbox.value(wrong, NAMES)


def test_what_is_put_into_an_address_adds_nothing_of_its_own() -> None:
    names = {"name": "Ann & Co/../?a=1#b", "number": "+48 601", "amount": Decimal("12.50")}
    made = Sandbox().address("https://crm.example.org/c/{{ name }}?tel={{ number }}&a={{ amount }}", names)
    assert made == "https://crm.example.org/c/Ann%20%26%20Co%2F..%2F%3Fa%3D1%23b?tel=%2B48%20601&a=12.50"


def test_names_that_are_asked_for() -> None:
    text = "{{ customer.name }} {{ x|default(y) }} {% if a.b['c'] and z is defined %}{{ q.r }}{% endif %}"
    assert Sandbox().names(text, expression=False) == {("y",), ("q", "r"), ("a", "b", "c"), ("customer", "name")}


def test_what_takes_long_is_stopped() -> None:
    with pytest.raises(TooLong), within(0.05):
        Sandbox().matches("(a+)+b", "a" * 64)


def test_as_much_as_a_text_may_become() -> None:
    whole = "{{ long }}" * (MAX_SHOWN // 4_000)
    assert len(Sandbox().text(whole, NAMES)) == MAX_SHOWN // 4_000 * 4_000
