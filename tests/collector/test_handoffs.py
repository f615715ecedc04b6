"""What the PBX says of calls in its menus becomes fields, each once, secrets apart and never in words of ours."""

from datetime import timedelta
from uuid import UUID

import pyrage
import pytest

from agent_desktop import clock
from agent_desktop.collector.handoffs import CALLS, MOST_OF_A_CALL, Handoffs, map_of, masked
from agent_desktop.core.interaction_ids import id_of_call
from agent_desktop.data.handoff_rows import HandoffRuleRow

SITE = UUID("6a7fa4e6-3c0b-4a2e-9d6c-8a2d7b1f0c55")
AT = 1_763_800_000_000_000
CARD = "4111111111111111"


def variable(name: str, value: str, linked: str = "1.1") -> tuple[str, dict[str, str]]:
    return "VarSet", {"Linkedid": linked, "Uniqueid": linked, "Variable": name, "Value": value}


def event(name: str, linked: str = "1.1", **said: str) -> tuple[str, dict[str, str]]:
    return "UserEvent", {"Linkedid": linked, "UserEvent": name, "CallerIDNum": "601442190", "Context": "ivr", **said}


def heard(*events: tuple[str, dict[str, str]], to: Handoffs | None = None) -> Handoffs:
    handoffs = to or Handoffs(SITE, "one")
    for number, (name, fields) in enumerate(events):
        handoffs.hear(name, fields, AT + number)
    return handoffs


def test_variables_and_events_of_the_map_are_said_of_their_call() -> None:
    handoffs = heard(
        variable("__AD_ACCOUNT", "4471"),
        variable("AD_FIELD_TARIFF", "Flex 12"),
        variable("DIALSTATUS", "ANSWER"),
        event("AgentDesktopHandoff", Intent="high_bill", Confidence="0.93"),
        event("AgentDesktopHandoff", Field="language", Value="pl", Label="Spoken language"),
        event("AgentDesktopQueue", Status="TIMEOUT"),
        event("SomebodyElses", Key="x"),
    )
    words = handoffs.take()
    assert [(word.field.name, word.field.label, word.field.value) for word in words] == [
        ("account", "Account", "4471"),
        ("tariff", "TARIFF", "Flex 12"),
        ("intent", "Intent", "high_bill"),
        ("confidence", "Confidence", "0.93"),
        ("language", "Spoken language", "pl"),
    ]
    assert {word.field.interaction_id for word in words} == {id_of_call(SITE, "", "1.1", "", 0)}
    assert words[0].field.at == clock.from_us(AT)
    assert handoffs.unknown == {"DIALSTATUS": 1, "SomebodyElses": 1}
    assert handoffs.take() == []


def test_what_is_said_again_is_not_told_again_and_what_changes_is() -> None:
    said = [variable("AD_INTENT", "moves"), variable("__AD_INTENT", "moves"), variable("AD_INTENT", "billing")]
    words = heard(*said, variable("AD_INTENT", "moves")).take()
    assert [word.field.value for word in words] == ["moves", "billing", "moves"]
    assert len({word.field.id for word in words}) == 3
    assert [word.field.id for word in heard(*said).take()] != [word.field.id for word in heard(*said[2:]).take()]
    assert heard(said[0]).take() == heard(said[0]).take(), "two collectors mean the same row"


def test_a_call_that_a_desktop_named_is_its_interaction() -> None:
    key = UUID("0197a1d0-0000-7000-8000-000000000001")
    named = heard(variable("AD_INTERACTION", str(key)), variable("AD_ACCOUNT", "1"), variable("AD_ACCOUNT", "2", "9.9"))
    assert [word.field.interaction_id == key for word in named.take()] == [True, False]
    [word] = heard(event("AgentDesktopHandoff", Result="paid", Interaction=str(key))).take()
    assert word.field.interaction_id == key
    [word] = heard(variable("AD_INTERACTION", "nonsense"), variable("AD_ACCOUNT", "1")).take()
    assert word.field.interaction_id == id_of_call(SITE, "", "1.1", "", 0)


def test_secrets_go_apart_masked_and_sealed() -> None:
    identity = pyrage.x25519.Identity.generate()
    sealing = Handoffs(SITE, "one", recipient=str(identity.to_public()))
    for handoffs in (Handoffs(SITE, "one"), sealing):
        [word] = heard(event("AgentDesktopSecret", Number=CARD), to=handoffs).take()
        assert (word.field.value, word.field.secret) == ("•••• 1111", True)
        assert CARD not in str(word.field)
        opened = pyrage.decrypt(word.secret.encode(), [identity]).decode() if word.sealed else word.secret
        assert (opened, word.sealed) == (CARD, handoffs is sealing)
        assert CARD not in repr(vars(handoffs))
    assert CARD not in word.secret


@pytest.mark.parametrize("name", ["Card", "PIN", "ssn", "Social-Number"])
def test_what_is_called_a_secret_is_one_whatever_the_dialplan_thinks(name: str) -> None:
    [word] = heard(event("AgentDesktopHandoff", **{name: "80010112345"})).take()
    assert (word.field.secret, word.field.value) == (True, "•••• 2345")


def test_a_security_code_is_kept_by_nobody() -> None:
    handoffs = heard(event("AgentDesktopSecret", CVV="123"))
    assert handoffs.take() == []
    assert handoffs.unknown == {"cvv (never kept)": 1}


def test_the_centres_own_rules_come_first() -> None:
    own = [
        HandoffRuleRow("MYVAR", "account"),
        HandoffRuleRow("AD_SERVICE", "-"),
        HandoffRuleRow("Acme.Data", "pairs", form="of another version"),
        HandoffRuleRow("Acme.Data.k", "kind", "Kind of thing", secret=True),
    ]
    handoffs = Handoffs(SITE, "one", map_of(own))
    heard(variable("myvar", "7"), variable("AD_SERVICE", "x"), event("Acme", Data="k=12345678&l=2"), to=handoffs)
    assert [(word.field.name, word.field.label, word.field.value) for word in handoffs.take()] == [
        ("account", "Account", "7"),
        ("kind", "Kind of thing", "•••• 5678"),
        ("l", "L", "2"),
    ]


def test_nobody_can_fill_the_memory() -> None:
    handoffs = heard(*(event("AgentDesktopHandoff", Field=f"f{n}", Value="\u202e\x00" + "x" * 900) for n in range(300)))
    words = handoffs.take()
    assert len(words) == MOST_OF_A_CALL
    assert len(words[0].field.value) == 400
    assert words[0].field.value.isprintable()
    heard(*(variable("AD_ACCOUNT", "1", f"{n}.1") for n in range(CALLS + 50)), to=handoffs)
    assert len(handoffs._calls) == CALLS
    heard(*(variable(f"V{n}", "1") for n in range(500)), to=handoffs)
    assert len(handoffs.unknown) <= 201
    heard(("VarSet", {"Variable": "AD_ACCOUNT", "Value": "1"}), variable("AD_ACCOUNT", "1", "9" * 200), to=handoffs)


def test_what_could_not_be_stored_comes_back_in_order_and_what_another_has_stored_goes() -> None:
    handoffs = heard(variable("AD_ACCOUNT", "1"), variable("AD_PIN", "passed"))
    words = handoffs.take()
    handoffs.give_back(words)
    assert handoffs.take() == words
    handoffs.give_back(words)
    handoffs.forget(words[0].field.at + timedelta(microseconds=1))
    assert handoffs.take() == words[1:]


def test_masks() -> None:
    assert [masked(text) for text in ("1234567", "12345678")] == ["••••", "•••• 5678"]


def test_what_tells_a_secret_within_a_text_shows_none_of_it_and_a_security_code_is_not_kept_at_all() -> None:
    handoffs = heard(event("AgentDesktopHandoff", Data='{"who":{"pin":"44714471"},"pay":{"cvv":"123"}}'))
    [word] = handoffs.take()
    assert (word.field.name, word.field.value, word.field.secret) == ("who", "••••", True)
    assert handoffs.unknown == {"pay (never kept)": 1}


def test_a_secret_cannot_be_found_out_from_what_everybody_reads() -> None:
    """A PIN has ten thousand values: an id made of it tells it to whoever tries them."""
    said = [heard(event("AgentDesktopSecret", Pin=pin)).take()[0] for pin in ("4711", "4711", "0815")]
    assert [word.secret for word in said] == ["4711", "4711", "0815"]
    assert len({word.field for word in said}) == 1, "two collectors mean the same row, whatever was typed"
