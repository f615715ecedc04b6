"""Rows for the lists and their panels: long names, other scripts, markup, withheld numbers. All from one seed."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from msgspec.structs import replace

from agent_desktop import clock
from agent_desktop.data.centre_rows import DispositionRow
from agent_desktop.data.rows import (
    CallLine,
    CustomerCard,
    CustomerLine,
    EmailRow,
    HistoryRow,
    InteractionPage,
    LegRow,
    NoteRow,
    PhoneRow,
    ProductRow,
    RecordingRow,
    TicketEventRow,
    TicketLine,
    TicketPage,
)
from agent_desktop.data.words import Consent, Direction, Outcome, Priority, RecordingState, TicketStatus

NOW = datetime(2026, 11, 21, 13, 32, tzinfo=UTC)
NAMES = (
    "Marta Kowalczyk",
    "Lech Wójcik",
    "Northgate Foods & Beverages International Holding GmbH",
    "محمد عبد الرحمن السيد",
    "Wolfeschlegelsteinhausenbergerdorff Hubert Blaine",
    "<b>Bobby</b> Tables <img src=x>",
    "Ana Souza",
)
QUEUES = (("billing", "Billing"), ("outages", "Outages and network"), ("moves", "Moves"))
AGENTS = tuple((UUID(int=50 + n), name) for n, name in enumerate(("Dana Okafor", "Jonas Lind", "Priya Nair")))
DISPOSITIONS = tuple(
    DispositionRow(UUID(int=70 + n), text) for n, text in enumerate(("Bill explained", "Instalments agreed", "Other"))
)


def uid(number: int) -> UUID:
    return UUID(int=number)


def calls(count: int = 40) -> tuple[CallLine, ...]:
    draw = random.Random(4)
    lines, at = [], NOW - timedelta(minutes=4)
    for number in range(count):
        direction = draw.choice((Direction.INBOUND, Direction.INBOUND, Direction.OUTBOUND))
        outcome = draw.choice((Outcome.ANSWERED, Outcome.ANSWERED, Outcome.MISSED, Outcome.ELSEWHERE))
        answered = outcome is Outcome.ANSWERED
        known = draw.random() < 0.8
        lines.append(
            CallLine(
                uid(1 + number),
                at,
                direction,
                outcome,
                f"+4860144{draw.randint(1000, 9999)}" if draw.random() < 0.95 else "",
                uid(1000 + number) if known else None,
                draw.choice(NAMES) if known else "",
                draw.choice(QUEUES)[0] if direction is Direction.INBOUND else "",
                draw.choice(AGENTS)[1],
                draw.choice(DISPOSITIONS).label if answered else "",
                draw.randint(20, 4000) if answered else None,
                draw.randint(2, 200) if direction is Direction.INBOUND else None,
                "Asked why the October bill doubled.",
            )
        )
        at -= timedelta(minutes=draw.randint(3, 220))
    return tuple(lines)


def interaction(line: CallLine) -> InteractionPage:
    began = line.started_at

    def leg(number: int, agent: str, outcome: Outcome, answered: int | None, code: int) -> LegRow:
        start = began + timedelta(seconds=20 * number)
        at = None if answered is None else start + timedelta(seconds=answered)
        end = start + timedelta(seconds=400)
        return LegRow(
            uid(900 + number), start, at, end, agent, line.direction, outcome, line.number, code, "Busy", 79.0
        )

    spoken = replace(
        leg(2, "Priya Nair", Outcome.ANSWERED, 5, 200),
        purpose="consult",
        referred_by="Wolfeschlegelsteinhausenbergerdorff <b>Hubert</b> (201)",
        codec="PCMA",
        encrypted=True,
        mos=4.21,
        loss=0.004,
        jitter_ms=3.6,
        round_trip_ms=38.2,
    )
    return InteractionPage(
        line,
        (leg(0, "Jonas Lind", Outcome.ELSEWHERE, None, 487), leg(1, "Dana Okafor", Outcome.ANSWERED, 8, 200), spoken),
        (
            NoteRow(uid(911), began + timedelta(minutes=2), "Dana Okafor", "Promised a meter re-read, call back.", 1),
            NoteRow(uid(912), began + timedelta(minutes=3), "Priya Nair", "<i>not italic</i> & " + "x" * 200, 1),
        ),
        "Estimated reading",
        (("Dialled", "0800 100 300"), ("Menu", "Billing, then 2"), ("Account", "4471 0932")),
        recordings=tuple(recordings(line)),
    )


def recordings(line: CallLine) -> Iterator[RecordingRow]:
    """One in the store with pauses, one on its way, one that is lost."""
    began = line.started_at + timedelta(seconds=30)

    def gap(start_s: int, end_s: int | None, reason: str, ended_by: str) -> dict[str, int | str | None]:
        at_us = clock.to_us(began)
        end_us = None if end_s is None else at_us + end_s * 1_000_000
        return {"start_us": at_us + start_s * 1_000_000, "end_us": end_us, "reason": reason, "ended_by": ended_by}

    stored = RecordingRow(
        uid(920),
        line.id,
        AGENTS[0][0],
        began,
        began + timedelta(seconds=384),
        RecordingState.STORED,
        Consent.SAID_YES,
        (gap(200, 203, "lost", "end"), gap(62, 94, "sensitive data", "timer")),
        "2026/11/21/01a20096-0d0c-75bb-9d27-6f2b3c64ffb1.wav.age",
        "ab" * 32,
        3_000_000,
    )
    yield stored
    yield replace(
        stored,
        id=uid(921),
        state=RecordingState.SPOOLED,
        consent=Consent.ANNOUNCED,
        gaps=(),
        place="",
        trouble="disk_full",
    )
    yield replace(stored, id=uid(922), state=RecordingState.LOST, ended_at=None, gaps=(), place="")


def customer_lines(count: int = 30) -> tuple[CustomerLine, ...]:
    return tuple(
        CustomerLine(
            uid(1000 + number),
            NAMES[number % len(NAMES)],
            "Northgate Foods" if number % 3 == 0 else "",
            f"4471 {number:04d}",
            f"+4860144{2000 + number}",
            "marta@example.org",
            NOW - timedelta(hours=17 * number) if number % 5 else None,
            number % 4,
        )
        for number in range(count)
    )


def card(number: int = 0, **changes: object) -> CustomerCard:
    whole = CustomerCard(
        uid(1000 + number),
        3,
        NAMES[number % len(NAMES)],
        "4471 0932",
        uid(5),
        "Northgate Foods & Beverages International",
        "pl",
        "Europe/Warsaw",
        "ul. Lipowa 14/3\n81-300 Gdynia",
        "Hard of hearing on the left side. Speak slowly, confirm numbers.",
        NOW - timedelta(days=2200),
        ("Household", "Paperless"),
        (PhoneRow(uid(21), "601-442 190", "+48601442190", "mobile", True), PhoneRow(uid(22), "4711", None, "work")),
        (EmailRow(uid(31), "marta.kowalczyk@example.org", True),),
        (ProductRow(uid(41), "Flex 12", NOW - timedelta(days=900), "active"),),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def history(count: int = 20) -> tuple[HistoryRow, ...]:
    return tuple(
        HistoryRow(
            uid(5000 + number),
            ("call", "email", "ticket", "note", "chat")[number % 5],
            Direction.INBOUND,
            NOW - timedelta(hours=9 * number),
            "Billing",
            "Asked why the October bill doubled. Promised a meter re-read.",
            "Dana Okafor",
            Outcome.ANSWERED,
            "Bill explained",
            384.0,
            "open",
            "Billing",
        )
        for number in range(count)
    )


def tickets(count: int = 20) -> tuple[TicketLine, ...]:
    subjects = ("Meter re-read after high bill", "<b>Refund</b> of double payment", "Welcome letter " + "resent " * 12)
    return tuple(
        TicketLine(
            uid(7000 + number),
            f"T-{20480 + number}",
            subjects[number % 3],
            list(TicketStatus)[number % 5],
            list(Priority)[number % 4],
            NOW - timedelta(hours=30 * number + 2),
            NOW - timedelta(hours=number),
            uid(1000 + number),
            NAMES[number % len(NAMES)],
            AGENTS[number % 3][1] if number % 4 else "",
            "Billing",
            NOW + timedelta(hours=5 - 4 * number),
            version=2,
        )
        for number in range(count)
    )


def ticket(line: TicketLine, events: int = 5) -> TicketPage:
    kinds = (
        ("opened", "Bill doubled after an estimated reading."),
        ("comment", "Site visit booked for 24 Nov. <b>plain</b>"),
        ("status", "waiting"),
        ("priority", "high"),
        ("assigned", "Jonas Lind"),
    )
    return TicketPage(
        line,
        tuple(
            TicketEventRow(uid(8000 + n), NOW - timedelta(hours=50 - n % 50), "Dana Okafor", *kinds[n % 5])
            for n in range(events)
        ),
        history(2),
    )
