"""The caller's way to us, put together from what the exchange said."""

from datetime import timedelta

from agent_desktop import clock
from agent_desktop.core import handoff
from agent_desktop.core.views import HandoffStep
from agent_desktop.data.handoff_rows import HandoffFieldRow
from agent_desktop.data.ids import new_id
from agent_desktop.telephony import headers


def way(*said: tuple[str, str]) -> tuple[HandoffStep, ...]:
    return handoff.handoff_steps(headers.handoff(said))


def test_numbered_stations_tell_the_way_with_times_and_asides() -> None:
    found = way(
        ("X-Queue", "Billing"),
        ("X-Queue-Wait", "65"),
        ("X-IVR-Path", "main>2"),
        ("X-IVR-1", "2026-11-21T21:40:30Z Language: Polish (pressed 2)"),
        ("X-IVR-2", "Voice PIN: passed"),
        ("X-IVR-3", "no colon here"),
    )
    steps = [(step.label, step.value, step.detail, step.icon) for step in found]
    assert steps == [
        ("Language", "Polish", "pressed 2", "globe"),
        ("Voice PIN", "passed", "", "shield-check"),
        ("no colon here", "", "", "route"),
        ("Queue", "Billing", "waited 1:05", "users"),
    ]
    assert len(found[0].at) == len("21:40:30")


def test_without_stations_the_way_is_put_together() -> None:
    found = way(("X-Queue", "Moves"), ("X-IVR-Language", "pl"), ("X-Account", "4471"))
    assert [(step.label, step.value) for step in found] == [("Language", "pl"), ("Account", "4471"), ("Queue", "Moves")]


def test_who_diverted_it_why_and_how_often() -> None:
    [step] = way(*[("Diversion", f"<sip:30{n}@pbx>;reason=no-answer") for n in range(3)], ("X-IVR-1", ""))[1:]
    assert (step.label, step.value, step.detail) == ("Diverted from", "300", "no answer, 3 times")


def test_the_carriers_verdict_is_a_station() -> None:
    [step] = handoff.caller_id_step(headers.CallerIdentity("1", verified="passed", attestation="A"))
    assert (step.value, step.detail) == ("verified by the carrier", "attestation A")
    [step] = handoff.caller_id_step(headers.CallerIdentity("1", verified="failed"))
    assert "forged" in step.value
    assert handoff.caller_id_step(headers.CallerIdentity("1")) == ()


def test_what_the_caller_said_stands_with_what_it_was_taken_for() -> None:
    found = way(
        *(("X-Intent", "high_bill"), ("X-IVR-Said", "Mój rachunek"), ("X-Intent-Confidence", "93 %")),
        *(("X-IVR-PIN", "FAILED"), ("X-IVR-Language", "pl")),
    )
    assert [(step.label, step.value, step.detail, step.icon) for step in found] == [
        ("", "“Mój rachunek”", "Intent: high bill, 0.93", "bot"),
        ("Voice PIN", "not passed", "", "shield"),
        ("Language", "pl", "", "globe"),
    ]
    [alone] = way(("X-Intent", "moves"))
    assert (alone.label, alone.value) == ("Intent", "moves")


def test_facts_are_the_newest_of_what_was_said() -> None:
    sent = [("X-Account", "4471"), ("X-DNIS", "0800"), ("X-IVR-1", "Menu: 2"), ("X-IVR-PIN", "passed")]
    told = [*handoff.said(headers.handoff(sent)), ("language", "pl"), ("language", "en"), ("confidence", "1e5")]
    found = handoff.facts(told)
    assert (found.account, found.called, found.pin_passed, found.language) == ("4471", "0800", True, "en")
    assert found.confidence is None
    assert dict(found.free) == {"account": "4471", "called_number": "0800", "pin": "passed", "language": "en",
                                "confidence": "1e5"}  # fmt: skip
    assert [handoff.facts([("confidence", text)]).confidence for text in ("0.93", "93%", "93", "x", "101")] == [
        *(0.93, 0.93, 0.93, None, None)
    ]
    assert handoff.facts([]).pin_passed is None


def row(after_s: float, name: str, value: str, *, secret: bool = False) -> HandoffFieldRow:
    key = new_id()
    return HandoffFieldRow(
        key, key, "1.1", "one", START + timedelta(seconds=after_s), name, name.title(), value, secret
    )


START = clock.from_us(1_763_800_000_000_000)


def test_what_the_pbx_said_stands_in_its_time_among_what_the_headers_say() -> None:
    by_headers = way(("X-DNIS", "0800"), ("X-IVR-Language", "pl"), ("X-IVR-Mood", "calm"), ("X-Queue", "Billing"))
    rows = [row(1, "language", "pl"), row(9, "intent", "moves"), row(5, "card", "•••• 1111", secret=True),
            row(20, "intent", "billing")]  # fmt: skip
    rows.sort(key=lambda each: each.at)
    found = handoff.together(by_headers, handoff.rows_as_steps(rows))
    assert [(step.label, step.value, step.detail) for step in found] == [
        ("Dialled", "0800", ""),
        ("Mood", "calm", ""),
        ("Language", "pl", ""),
        ("Card", "•••• 1111", ""),
        ("Intent", "moves", ""),
        ("Intent", "billing", "before: moves"),
        ("Queue", "Billing", ""),
    ]
    times = [step.at for step in found[2:6]]
    assert times == sorted(times)
    assert [step.secret for step in found if step.secret] == [rows[1].id]
    assert handoff.together(by_headers, ()) == by_headers
