"""Made-up rows for widget tests: a caller, her history, tickets, work, queues; every value chosen, nothing random."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from agent_desktop.core.states import CallState
from agent_desktop.core.views import (
    CallView,
    HandoffStep,
    HomeView,
    OwnDay,
    PopView,
    QueueView,
    WrapUpView,
)
from agent_desktop.data.centre_rows import DispositionRow, QueueRow
from agent_desktop.data.rows import (
    CallLine,
    CustomerCard,
    CustomerLine,
    CustomerMatch,
    EmailRow,
    HistoryRow,
    PhoneRow,
    Pop,
    ProductRow,
    TicketLine,
    WorkItem,
)
from agent_desktop.data.words import (
    Direction,
    MatchKind,
    Outcome,
    Priority,
    TicketStatus,
    WorkKind,
    WorkStatus,
)

NOW = datetime(2026, 11, 21, 13, 32, tzinfo=UTC)  # 14:32 in Warsaw, where the tests live
ME, COLLEAGUE = UUID(int=1), UUID(int=2)
NASTY = "<b>Ann</b><script>alert(1)</script> & Co"


def uid(number: int) -> UUID:
    return UUID(int=number)


def card(**changes: object) -> CustomerCard:
    values: dict[str, object] = {
        "id": uid(100),
        "version": 1,
        "name": "Marta Kowalczyk",
        "account_number": "4471 0932",
        "organisation": "Kowalczyk & Syn",
        "language": "pl",
        "time_zone": "Europe/Warsaw",
        "address": "ul. Lipowa 14/3, 81-340 Gdynia",
        "alert": "Hard of hearing on the left side. Speak slowly, confirm numbers.",
        "since": datetime(2020, 3, 1, tzinfo=UTC),
        "tags": ("Household", "Paperless"),
        "phones": (
            PhoneRow(uid(110), "601 442 190", "+48601442190", "mobile", True),
            PhoneRow(uid(111), "58 620 11 40", "+48586201140", "home"),
        ),
        "emails": (EmailRow(uid(120), "marta.kowalczyk@example.org", True),),
        "products": (
            ProductRow(uid(130), "Flex 12", datetime(2023, 3, 1, tzinfo=UTC)),
            ProductRow(uid(131), "Boiler care", None, "paused"),
        ),
    }
    return CustomerCard(**(values | changes))  # type: ignore[arg-type]


def ticket(number: int = 20481, subject: str = "Meter re-read after high bill", **changes: object) -> TicketLine:
    values: dict[str, object] = {
        "id": uid(number),
        "number": f"T-{number}",
        "subject": subject,
        "status": TicketStatus.OPEN,
        "priority": Priority.NORMAL,
        "opened_at": NOW - timedelta(hours=2),
        "updated_at": NOW - timedelta(hours=1),
        "customer_id": uid(100),
    }
    return TicketLine(**(values | changes))  # type: ignore[arg-type]


def tickets() -> tuple[TicketLine, ...]:
    waiting = {"status": TicketStatus.WAITING, "opened_at": NOW - timedelta(days=6)}
    return (ticket(), ticket(20377, "Refund of double payment", **waiting))


_LINES = (
    ("call", "inbound", 4.3, "Billing", "Asked why the October bill doubled. Promised a meter re-read.", "Jonas Lind",
     Outcome.ANSWERED, 461, ""),
    ("ticket", "inbound", 5.2, "T-20481 Meter re-read after high bill", "Site visit 24 Nov 08–12", "Jonas Lind", None,
     None, "open"),
    ("email", "inbound", 20.5, "E-mail from customer", "“My bill for October is twice the usual amount…”", "", None,
     None, ""),
    ("call", "inbound", 20.8, "Billing", "", "", Outcome.MISSED, 232, ""),
    ("note", "internal", 171, "Note", "Prefers calls after 17:00. Hard of hearing on the left side.", "Priya Nair",
     None, None, ""),
    ("call", "outbound", 436, "Callback", "Explained winter tariff, customer stays on Flex 12", "Priya Nair",
     Outcome.ANSWERED, 245, ""),
    ("call", "outbound", 440, "Callback", "", "Priya Nair", Outcome.NO_ANSWER, None, ""),
    ("chat", "inbound", 744, "Web chat", "Handed over to Moves, no wait", "", None, None, ""),
    ("ticket", "inbound", 773, "T-19877 Welcome letter", "Resent to the new address", "", None, None, "solved"),
    ("email", "outbound", 813, "E-mail to customer", "Contract confirmation and meter hand-over form", "Tomas Reyes",
     None, None, ""),
    ("call", "inbound", 9000, "Billing", "Direct debit set up", "Dana Okafor", Outcome.TRANSFERRED, 191, ""),
)  # fmt: skip


def history(count: int = len(_LINES)) -> tuple[HistoryRow, ...]:
    """``count`` rows, newest first, the made-up ones over and over into the past."""
    rows = []
    for number in range(count):
        channel, direction, hours, title, detail, agent, outcome, length, status = _LINES[number % len(_LINES)]
        back = timedelta(hours=hours) + timedelta(days=400) * (number // len(_LINES))
        rows.append(
            HistoryRow(
                id=uid(1000 + number),
                channel=channel,
                direction=Direction(direction),
                started_at=NOW - back,
                title=title,
                detail=detail,
                agent=agent,
                outcome=outcome,
                duration_s=length,
                status=status,
            )
        )
    return tuple(rows)


def call(state: CallState = CallState.RINGING, **changes: object) -> CallView:
    values: dict[str, object] = {
        "call_id": "call-1",
        "interaction_id": uid(500),
        "direction": Direction.INBOUND,
        "state": state,
        "number": "+48 601 442 190",
        "name": "Marta Kowalczyk",
        "started_at": NOW,
        "emphasised": True,
        "queue": "Billing",
        "wait_s": 48.0,
        "customer_id": uid(100),
        "can_answer": state is CallState.RINGING,
    }
    return CallView(**(values | changes))  # type: ignore[arg-type]


def handoff() -> tuple[HandoffStep, ...]:
    return (
        HandoffStep("Dialled", "0800 100 300", "", "14:31:04", "phone-incoming"),
        HandoffStep("Language", "Polish", "pressed 2", "14:31:12", "globe"),
        HandoffStep("Said", "“Mój rachunek jest za wysoki”", "Intent: high bill, 0.93", "14:31:20", "bot"),
        HandoffStep("Voice PIN", "passed", "", "14:31:41", "shield-check"),
        HandoffStep("Queue", "Billing", "waited 0:48", "14:31:49", "users"),
    )


REASON = "+48 601 442 190 is Marta Kowalczyk’s mobile number"


def match(kind: MatchKind = MatchKind.EXACT, **changes: object) -> CustomerMatch:
    values: dict[str, object] = {
        "id": uid(100),
        "name": "Marta Kowalczyk",
        "organisation": "Kowalczyk & Syn",
        "account_number": "4471 0932",
        "phone": "+48601442190",
        "last_contact": NOW - timedelta(hours=4),
        "open_tickets": 2,
    }
    return CustomerMatch(CustomerLine(**(values | changes)), kind, REASON)  # type: ignore[arg-type]


def found(state: CallState = CallState.RINGING, **changes: object) -> PopView:
    """A pop for a known caller; ``changes`` go to the card."""
    rows = history()
    pop = Pop("+48601442190", (match(),), card(**changes), rows, 38, tickets(), rows[0])
    return PopView("found", pop, call(state), uid(500), handoff(), REASON)


def several() -> PopView:
    matches = (
        match(),
        match(id=uid(101), name="Piotr Kowalczyk", last_contact=None),
        match(MatchKind.SUFFIX, id=uid(102), name="Ibrahim Haddad", organisation="", account_number="8830 1121"),
    )
    return PopView("choose", Pop("+48601442190", matches), call(name="+48 601 442 190"), uid(500), handoff())


def unknown(state: str = "unknown", **changes: object) -> PopView:
    """Nobody known: unknown, withheld, offline or looking; ``changes`` go to the call."""
    trouble = "The database cannot be reached. The call is recorded and sent on later." if state == "offline" else ""
    hidden: dict[str, object] = {"number": "", "name": "Withheld number"} if state == "withheld" else {}
    caller = call(**({"customer_id": None, "name": "A. Brown"} | hidden | changes))
    return PopView(state, Pop(caller.number), caller, uid(500), (), "", trouble)


def dispositions() -> tuple[DispositionRow, ...]:
    labels = ("Bill explained", "Instalments agreed", "Meter re-read", "Refund requested", "Complaint", "Call back")
    reasons = ("High bill: estimated reading", "High bill: tariff change", "Wrong address")
    return tuple(
        DispositionRow(uid(700 + at), text, None, at, reasons if text == "Meter re-read" else (), text == "Call back")
        for at, text in enumerate(labels)
    )


def wrap_up(**changes: object) -> WrapUpView:
    values: dict[str, object] = {
        "interaction_id": uid(500),
        "title": "Marta Kowalczyk · Billing",
        "dispositions": dispositions(),
        "required": True,
        "in_wrap_up": False,
        "tickets": tickets(),
        "number": "+48601442190",
    }
    return WrapUpView(**(values | changes))  # type: ignore[arg-type]


def work() -> tuple[WorkItem, ...]:
    def item(number: int, kind: WorkKind, due: int, **changes: object) -> WorkItem:
        moment = NOW + timedelta(minutes=due)
        values: dict[str, object] = {
            "id": uid(800 + number), "version": 1, "kind": kind, "status": WorkStatus.OPEN,
            "number": "+48 58 620 11 40", "due_at": moment, "created_at": NOW - timedelta(minutes=30 * number),
        }  # fmt: skip
        return WorkItem(**(values | changes))  # type: ignore[arg-type]

    known = {"customer_id": uid(300), "customer": "Ibrahim Haddad"}
    taken = {"status": WorkStatus.CLAIMED, "claimed_by": COLLEAGUE, "claimed_by_name": "Priya Nair"}
    return (
        item(1, WorkKind.CALLBACK, -25, customer="Elif Aydin", note="Wrong name on contract", promised_by="Jonas Lind"),
        item(2, WorkKind.CALLBACK, 12, note="Instalment plan", promised_by="Priya Nair", **known),
        item(3, WorkKind.MISSED, 0, queue="Billing"),
        item(4, WorkKind.CALLBACK, 50, customer="Ana Souza", note="About the transfer of my contract", **taken),
        item(5, WorkKind.MISSED, 0, customer="Greta Lund", queue="Outages", attempts=2),
        item(6, WorkKind.CALLBACK, 60 * 20, customer="Jean-Luc Martin", assigned_to=ME),
    )


def queue(number: int, label: str) -> QueueRow:
    return QueueRow(uid(900 + number), label.lower(), label)


def home() -> HomeView:
    people = ("Lech Wójcik", "Sofia Marques", "", "Jean-Luc Martin", "Hana Nováková", "Olumide Bello", "Yusuf Demir")
    results = ("Bill explained", "Instalments agreed", "", "", "Move registered", "Outage known", "Bill explained")
    recent = tuple(
        CallLine(
            id=uid(600 + at),
            started_at=NOW - timedelta(minutes=8 + 17 * at),
            direction=Direction.OUTBOUND if at == 3 else Direction.INBOUND,
            outcome=Outcome.MISSED if at == 2 else Outcome.NO_ANSWER if at == 3 else Outcome.ANSWERED,
            number="+48 58 620 11 40",
            customer=name,
            queue="Billing" if at % 2 == 0 else "Moves",
            disposition=results[at],
            talk_s=None if at in (2, 3) else 232.0 + 20 * at,
        )
        for at, name in enumerate(people)
    )
    figures = OwnDay(
        23, 272.0, 234.0, 38.0, (2, 4, 3, 5, 4, 6, 5, 3), (320, 300, 310, 280, 285, 260, 272, 268),
        (50, 44, 47, 40, 38, 41, 36, 38), "Calls answered and ended today", "(talk + hold + wrap-up) / handled",
        "wrap-up time / calls with wrap-up",
    )  # fmt: skip
    queues = (
        QueueView(queue(1, "Billing"), 3, NOW - timedelta(seconds=72), 0.84, "ok", "answered in 20 s / …"),
        QueueView(queue(2, "Outages"), 7, NOW - timedelta(seconds=278), 0.62, "bad", "answered in 20 s / …"),
        QueueView(queue(3, "Moves"), 0, None, None, "none", ""),
    )
    states = (("ready", 6), ("talking", 11), ("wrap_up", 3), ("hold", 1), ("paused", 4))
    return HomeView(figures, queues, "Team Gdynia", states, recent)
