"""What goes along with a call that is handed on; the calls themselves are tested between desktops, end to end."""

from uuid import UUID

from agent_desktop.core.call import CONSULT, Call
from agent_desktop.core.states import CallState
from agent_desktop.core.transfers import MAX_REFERRED, context
from agent_desktop.data.words import Direction


def call(**more: object) -> Call:
    values: dict[str, object] = {"number": "601442190", "e164": "+48601442190", "linked_id": "17.5"} | more
    return Call("a", UUID(int=5), Direction.INBOUND, CallState.TALKING, 1, **values)  # type: ignore[arg-type]


def test_which_interaction_it_is_how_it_began_and_what_the_exchange_said() -> None:
    handed_on = (("X-Queue", "billing"), ("X-IVR-1", "Language: Polish"))
    assert context(call(handed_on=handed_on), purpose=CONSULT) == (
        ("X-Interaction-Id", str(UUID(int=5))),
        ("X-Call-Linkedid", "17.5"),
        ("X-Interaction-Direction", "inbound"),
        ("X-Interaction-Number", "+48601442190"),
        ("X-Interaction-Leg", "consult"),
        *handed_on,
    )


def test_what_was_handed_over_once_keeps_its_first_direction() -> None:
    found = dict(context(call(first_direction="outbound", linked_id="", e164=None, number="")))
    assert found == {"X-Interaction-Id": str(UUID(int=5)), "X-Interaction-Direction": "outbound"}


def test_a_refer_takes_only_part_of_a_long_handoff() -> None:
    handed_on = tuple((f"X-IVR-{n}", "ż" * 50) for n in range(20))
    taken = [pair for pair in context(call(handed_on=handed_on), room=MAX_REFERRED) if pair in handed_on]
    assert taken == list(handed_on[: len(taken)])
    assert len(taken) == 5
    assert [pair for pair in context(call(handed_on=handed_on), room=0) if pair in handed_on] == []
