"""Every call that leaves passes one gate: rules rewrite, checks object, emergency numbers pass by both."""

import ast
from functools import cache
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import agent_desktop
from agent_desktop import numbers
from agent_desktop.core import dialling
from agent_desktop.core.call_book import CallBook
from agent_desktop.core.dialling import Allowed, Ask, Gate, Line, Refused, Request
from agent_desktop.core.states import CallState
from agent_desktop.core.views import PhoneView
from agent_desktop.data.words import Direction
from agent_desktop.settings import Account, DialRule, Numbers, Phone, Settings
from agent_desktop.telephony import messages

PBX = Line(region="PL", account="201@pbx.example")
RULES = (
    DialRule(when="xxx"),  # colleagues stay as they are
    DialRule(when="+4880.", strip="+48", add="0"),
    DialRule(when="DE", strip="+", add="0"),
    DialRule(account="202@other.example", strip="+", add="7"),
    DialRule(when="+4412xx", add="88"),
    DialRule(strip="+", add="00"),
)


def check(text: str, line: Line = PBX, *agreed: str) -> dialling.Verdict:
    return Gate(lambda: line).check(Request(text, frozenset(agreed)))


def allowed(text: str, line: Line = PBX, *agreed: str) -> Allowed:
    verdict = check(text, line, *agreed)
    assert isinstance(verdict, Allowed), verdict
    return verdict


@pytest.mark.parametrize(
    ("text", "target"),
    [
        ("601 442 190", "+48601442190"),
        ("tel:+48-601-442-190", "+48601442190"),
        ("203", "203"),
        ("*97", "*97"),
        ("#31#601442190", "#31#601442190"),
        ("sip:dana@pbx.example?Replaces=abc%3Bto-tag%3D1", "sip:dana@pbx.example"),
        ("dana@pbx.example", "sip:dana@pbx.example"),
        ("callto:+48601442190", "+48601442190"),
    ],
)
def test_without_rules_numbers_leave_in_their_international_form(text: str, target: str) -> None:
    assert allowed(text).target == target


@pytest.mark.parametrize(
    ("text", "digits", "rule"),
    [
        ("203", "203", 0),
        ("800 123 456", "0800123456", 1),
        ("+49 30 901820", "04930901820", 2),
        ("601442190", "0048601442190", 5),
        ("sip:+48601442190@pbx.example", "sip:+48601442190@pbx.example", None),
        ("*97", "*97", None),
        ("2030", "2030", None),
    ],
)
def test_the_first_rule_that_fits_is_used(text: str, digits: str, rule: int | None) -> None:
    line = with_rules(PBX)
    found = allowed(text, line)
    assert (found.digits, found.rule) == (digits, RULES[rule] if rule is not None else None)


def with_rules(line: Line) -> Line:
    return replace(line, rules=RULES)


def test_a_rule_of_another_account_does_not_count() -> None:
    line = Line(region="PL", rules=RULES, account="202@other.example")
    assert allowed("601442190", line).digits == "748601442190"


def test_direct_mode_needs_somebody_to_send_numbers_to() -> None:
    direct = Line(region="PL", peer="127.0.0.1:5070")
    assert allowed("601442190", direct).target == "sip:+48601442190@127.0.0.1:5070"
    assert allowed("#31#", direct).target == "sip:%2331%23@127.0.0.1:5070"
    refused = check("601442190", Line(region="PL"))
    assert isinstance(refused, Refused)
    assert refused.reason == "Direct mode calls SIP addresses only"
    assert refused.advice
    assert allowed("sip:dana@10.0.0.7", Line(region="PL")).target == "sip:dana@10.0.0.7"


@pytest.mark.parametrize("text", ["", "alice", "callto:dana.skype", "tel:", "sip:@host", "sip:dana", "http://x/1"])
def test_what_is_no_number_is_refused_in_words(text: str) -> None:
    refused = check(text)
    assert isinstance(refused, Refused)
    assert "is not a number" in refused.reason


def test_a_phone_that_cannot_call_says_why() -> None:
    refused = check("601442190", Line(region="PL", account="a@b", trouble="Not registered: wrong password"))
    assert refused == Refused("Cannot call: Not registered: wrong password")


def test_premium_numbers_are_asked_about_once() -> None:
    asked = check("+48 704 123 456")
    assert isinstance(asked, Ask)
    assert "704123456" in asked.text.replace(" ", "")
    assert allowed("+48 704 123 456", PBX, asked.check).digits == "+48704123456"


def test_whoever_is_on_the_line_is_not_called_beside_that() -> None:
    calls = CallBook(UUID(int=7), UUID(int=1), "PL", lambda _source: True)
    gate = Gate(lambda: PBX, [dialling.only_once(lambda: calls)])
    wanted = Request("601 442 190")
    assert isinstance(gate.check(wanted), Allowed)
    calls.dialled("a", UUID(int=2), numbers.parse("+48601442190", "PL"), "Marta")
    assert gate.check(wanted) == Refused("Marta is on the line already")
    assert isinstance(gate.check(Request("601 442 191")), Allowed)
    calls.calls["a"].direction, calls.calls["a"].state = Direction.INBOUND, CallState.RINGING
    assert gate.check(wanted) == Refused("Marta is calling you: answer instead")
    calls.calls["a"].state = CallState.ENDED
    assert isinstance(gate.check(wanted), Allowed)
    calls.dialled("b", UUID(int=3), numbers.parse("112", "PL"), "")
    assert isinstance(gate.check(Request("112")), Allowed)


# ---------------------------------------------------------------- emergency

HOSTILE = (DialRule(when=".", strip="1", add="0"), DialRule(when="xxx", add="9"), DialRule(add="00"))


@pytest.mark.parametrize(
    ("text", "region"),
    [
        *(("112", region) for region in ("PL", "DE", "US", "JP", "")),
        *(("911", region) for region in ("PL", "US")),
        *(("999", region) for region in ("PL", "GB", "DE")),
        *[("997", "PL"), ("110", "DE"), ("110", "JP"), ("119", "JP"), ("000", "AU"), ("15", "FR")],
        *[("1-1-2", "PL"), ("tel:112", "PL"), ("tel:112;phone-context=example.com", "PL"), (" 1 1 2 ", "PL")],
    ],
)
def test_emergency_numbers_pass_by_every_rule_and_check(text: str, region: str) -> None:
    line = Line(region=region, rules=HOSTILE, account="201@pbx.example", trouble="Not registered: wrong password")
    gate = Gate(lambda: line, checks=[lambda _request, _call: Refused("closed today", check="hours")])
    found = gate.check(Request(text))
    assert isinstance(found, Allowed)
    assert found.emergency
    assert found.target == found.digits == "".join(c for c in text.partition(";")[0] if c.isdigit())


def test_only_a_phone_that_is_not_there_stands_before_an_emergency_call() -> None:
    assert isinstance(check("112", Line("PL", account="a@b", trouble="Phone is starting", engine=False)), Refused)


@pytest.mark.parametrize("text", ["1120", "+112", "601442112", "*112", "113"])
def test_what_only_looks_like_an_emergency_number_obeys_the_checks(text: str) -> None:
    gate = Gate(lambda: PBX, checks=[lambda _request, _call: Refused("no", check="hours")])
    assert isinstance(gate.check(Request(text)), Refused)


def test_the_line_follows_the_settings_and_the_phone() -> None:
    settings = Settings(
        phone=Phone(mode="account", user="201", domain="pbx"), numbers=Numbers(region="DE", rules=RULES)
    )
    assert dialling.line(settings, "", PhoneView("ready", "SIP ready", usable=True)) == Line("DE", RULES, "201@pbx")
    lost = dialling.line(settings, "", PhoneView("lost", "Phone stopped"))
    assert (lost.trouble, lost.engine) == ("Phone stopped", False)


def test_calls_go_by_the_rules_and_the_country_of_the_account_they_leave_by() -> None:
    berlin = Account(user="7", domain="berlin.example", region="DE")
    rules = (DialRule(account="7@berlin.example", strip="+", add="9"), DialRule(strip="+", add="0"))
    settings = Settings(
        phone=Phone(mode="account", user="201", domain="pbx", more_accounts=(berlin,)),
        numbers=Numbers(region="PL", rules=rules),
    )
    ready = PhoneView("ready", "SIP ready", usable=True)
    for account, typed, digits in (
        ("", "601442190", "048601442190"),
        ("201@pbx", "601442190", "048601442190"),
        ("7@berlin.example", "030 901820", "94930901820"),
    ):
        assert allowed(typed, dialling.line(settings, "", ready, account)).digits == digits


@given(st.text(max_size=80), st.sampled_from(["", "tel:", "sip:", "callto:", "sips:"]))
def test_whatever_is_asked_gets_a_verdict_and_only_dialable_text_leaves(text: str, scheme: str) -> None:
    verdict = check(scheme + text, with_rules(PBX))
    if isinstance(verdict, Allowed):
        assert verdict.target.isprintable()
        assert verdict.target.isascii()
        assert "?" not in verdict.target.partition("@")[2]


# ---------------------------------------------------------------- nobody goes round it

PACKAGE = Path(agent_desktop.__file__).parent
# The practice switch calls with an engine of its own, and the engine does as it is told.
NOT_OURS = ("practice/", "telephony/engine")
CARRIERS = {"core/calls.py", "core/transfers.py", "core/ringing.py"}  # they carry out what the gate has let out
GATE_KEEPERS = {"core/outgoing.py"}  # these ask the gate; nobody else may order a carrier to call


@cache
def sources() -> dict[str, ast.Module]:
    files = {file.relative_to(PACKAGE).as_posix(): file for file in PACKAGE.rglob("*.py")}
    return {at: ast.parse(file.read_text("utf-8")) for at, file in files.items() if not at.startswith(NOT_OURS)}


@cache
def called(tree: ast.AST) -> set[tuple[str, str]]:
    """(the last name before the dot, what is called) of everything that is called, or handed on to be called."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found.add((last_name(node.value).lstrip("_"), node.attr))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            found.add(("", node.func.id))
    return found


def last_name(node: ast.expr) -> str:
    """``c`` of ``a.b.c``; empty for what is no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def functions_that(tree: ast.AST, uses: set[tuple[str, str]]) -> set[str]:
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and called(node) & uses}


def test_nobody_calls_but_through_the_gate() -> None:
    """Commands naming whom to call are made by the phone's methods, those used by carriers, and theirs by keepers."""
    trees = sources()
    commands = {kind.__name__ for kind in get_args(messages.Command) if "target" in kind.__struct_fields__}
    assert {"Dial", "Transfer"} <= commands
    made = {("messages", name) for name in commands} | {("", name) for name in commands}
    assert {at for at, tree in trees.items() if called(tree) & made} == {"telephony/phone.py"}
    by_phone = {("phone", name) for name in functions_that(trees["telephony/phone.py"], made)}
    assert ("phone", "dial") in by_phone
    carriers = {at for at, tree in trees.items() if called(tree) & by_phone}
    assert "core/calls.py" in carriers
    assert carriers <= CARRIERS
    orders = {(Path(at).stem, name) for at in carriers for name in functions_that(trees[at], by_phone)}
    assert ("calls", "dial") in orders
    keepers = {at for at, tree in trees.items() if called(tree) & orders}
    assert keepers == GATE_KEEPERS
    for keeper in keepers:
        for name in functions_that(trees[keeper], orders):
            assert name in functions_that(trees[keeper], {("self", "allowed")}), f"{keeper}: {name} asks nobody"


def test_only_the_gate_allows() -> None:
    made = {
        at
        for at, tree in sources().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and last_name(node.func) == "Allowed"
    }
    assert made == {"core/dialling.py"}
