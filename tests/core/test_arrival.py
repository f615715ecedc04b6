"""Who had a call before, for how long, and what they noted, from the rows of the shared database."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from agent_desktop.core.arrival import view, was_handed_over
from agent_desktop.data.rows import CallLine, InteractionPage, LegRow, NoteRow
from agent_desktop.data.words import Direction, Outcome

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def leg(agent: str, talked_s: float | None, *, ends: bool = True, **more: object) -> LegRow:
    answered = NOW - timedelta(seconds=talked_s) if talked_s is not None else None
    values: dict[str, object] = {
        "id": uuid4(), "started_at": NOW - timedelta(seconds=300), "answered_at": answered,
        "ended_at": NOW if ends else None, "agent": agent, "direction": Direction.INBOUND,
        "outcome": Outcome.ANSWERED, "remote": "", "sip_code": None, "sip_reason": "", "hold_s": 0.0,
    }  # fmt: skip
    return LegRow(**(values | more))  # type: ignore[arg-type]


def page(*legs: LegRow, notes: tuple[NoteRow, ...] = ()) -> InteractionPage:
    line = CallLine(uuid4(), NOW, Direction.INBOUND, Outcome.IN_PROGRESS, "+48601442190")
    return InteractionPage(line, legs, notes, handoff=(("Language", "Polish"),))


def test_everybody_who_had_it_in_order_with_their_time_and_who_sent_it_to_them() -> None:
    found = view(
        "Anna Nowak (201)",
        page(
            leg("Ewa Baran", 65.0),
            leg("Anna Nowak", None, outcome=Outcome.MISSED),
            leg("Anna Nowak", 180.0, referred_by="Ewa Baran (105)"),
            leg("Anna Nowak", 40.0, purpose="consult"),
            leg("Anna Nowak", 12.0, ends=False),
            leg("Dana Okafor", 3.0, ends=False),
            leg("", 9.0),
        ),
        "Dana Okafor",
        NOW,
    )
    assert [(one.agent, one.talked_s, one.referred_by) for one in found.before] == [
        ("Ewa Baran", 65.0, ""),
        ("Anna Nowak", 192.0, "Ewa Baran (105)"),
    ]
    assert found.talked_s == 192.0
    assert found.handoff == (("Language", "Polish"),)


def test_ones_own_notes_are_not_shown_again_and_nobody_else_is_named_as_sender() -> None:
    notes = tuple(NoteRow(uuid4(), NOW, agent, "x", 1) for agent in ("Dana Okafor", "Anna Nowak"))
    found = view("Front desk", page(leg("Anna Nowak", 9.0), notes=notes), "Dana Okafor", NOW)
    assert [note.agent for note in found.notes] == ["Anna Nowak"]
    assert found.talked_s is None


def test_a_consult_becomes_a_transfer_once_the_colleague_has_given_the_call_away() -> None:
    given = leg("Anna Nowak", 9.0, outcome=Outcome.TRANSFERRED)
    assert was_handed_over(page(given), "Dana Okafor")
    assert not was_handed_over(page(leg("Anna Nowak", 9.0)), "Dana Okafor")
    assert not was_handed_over(page(given), "Anna Nowak"), "one's own does not count"
