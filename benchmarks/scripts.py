"""What the handoff and the guides cost beside a call: headers read, steps, suggestions."""

import statistics
from functools import partial
from time import thread_time
from typing import Any

from benchmarks import figure

PART = "scripts"


def figures() -> list[dict[str, Any]]:
    return [headers(), *steps(), *suggestions()]


def headers() -> dict[str, Any]:
    """An INVITE with twenty fields of a handoff, read to what the screen shows. The floor: its lines taken apart."""
    from agent_desktop.core.handoff import handoff_steps
    from agent_desktop.telephony import sip_message
    from agent_desktop.telephony.headers import handoff, identity

    lines = [
        "INVITE sip:1001@pbx SIP/2.0",
        'From: "Marta Żółć" <sip:+48601442190@pbx;user=phone>;tag=1',
        "P-Asserted-Identity: <tel:+48601442190>",
        "Diversion: <sip:+48221000100@pbx>;reason=no-answer;counter=1",
        "History-Info: <sip:+48221000100@pbx>;index=1, <sip:5000@pbx?Reason=SIP%3Bcause%3D302>;index=1.1",
        "User-to-User: 00FA080019001038F725B3;encoding=hex",
        "X-Account: 4471 0932",
        "X-Queue: billing",
        "X-Queue-Wait: 48",
        "X-Call-Linkedid: 1700000000.1",
        "X-Intent: high_bill",
        "X-Intent-Confidence: 0.93",
        "X-IVR-Language: pl",
        "X-IVR-PIN: passed",
        'X-Handoff: {"tier": "gold", "tries": 2}',
        *(f"X-IVR-{n}: 2026-11-21T21:40:3{n}Z Menu {n}: Rachunek jest za wysoki (pressed {n})" for n in range(5)),
    ]
    raw = "\r\n".join([*lines, "", ""]).encode()

    def whole() -> None:
        read = sip_message.read(raw)
        identity(read.headers, trusted=True)
        handoff_steps(handoff(read.headers))

    value, floor = p99_ms(whole), p99_ms(lambda: sip_message.read(raw))
    return figure("headers of 20 fields, processor time p99", value, "ms", limit=1.0, n=2_000, floor=floor, part=PART)


def steps() -> list[dict[str, Any]]:
    """A script of 500 steps: opened for a call, and gone through, each answer in the journal."""
    from benchmarks._script_desk import ScriptDesk

    desk = ScriptDesk(500)
    try:
        opened = []
        for _ in range(30):
            desk.publish()
            desk.load_newest()
            pop = desk.call()
            opened.append(desk.time_to(lambda pop=pop: desk.desk.show(pop), desk.opened))  # type: ignore[misc]
        went = []
        for at in range(400):
            place = desk.desk.view().step.place
            answer = "a" if at % 3 else "b"
            went.append(
                desk.time_to(
                    lambda place=place, answer=answer: desk.desk.answer_and_go(place, answer),  # type: ignore[misc]
                    lambda view, place=place: view.step.place != place or view.step.finished,  # type: ignore[misc]
                )
            )
            if desk.desk.view().step.number >= 290:
                desk.desk.start_over()
                desk.until(lambda: desk.desk.view().step.number == 1)
        stalled = desk.longest_stall()
    finally:
        desk.close()
    return [
        figure("script of 500 steps opens, p99", worst(opened), "ms", limit=100.0, n=len(opened), part=PART),
        figure("step to step of 500, p99", worst(went), "ms", limit=30.0, n=len(went), part=PART),
        figure("interface held while a hostile script is worked out", stalled, "ms", limit=50.0, n=20, part=PART),
    ]


def worst(times: list[float]) -> float:
    """What one in a hundred exceeds."""
    return statistics.quantiles(times, n=100)[98]


def suggestions() -> list[dict[str, Any]]:
    """What is suggested for a call and found while it is typed, among 10,000 articles. Floor: five by their keys."""
    from agent_desktop.data import knowledge
    from benchmarks import _articles

    found = []
    asked, typed = _articles.calls(200), _articles.typed(400)
    with _articles.filled() as databases:
        for kind, database in databases:
            with database.read() as session:
                ids = [line.id for line in knowledge.listed(session, "en", limit=5).lines]
            suggest = [partial(knowledge.suggest, asked=one, language="en", today=_articles.TODAY) for one in asked]
            search = [partial(knowledge.search, text=text, language="en") for text in typed]
            floor = _articles.p99_ms(database, [partial(knowledge.lines_of, ids=ids)] * 200)
            value = _articles.p99_ms(database, suggest)
            found.append(figure(f"suggestions among 10,000 articles on {kind}, p99", value, "ms", limit=100.0,
                                n=len(suggest), floor=floor, part=PART))  # fmt: skip
            value = _articles.p99_ms(database, search)
            found.append(figure(f"search of 10,000 articles on {kind}, p99", value, "ms", limit=100.0,
                                n=len(search), floor=floor, part=PART))  # fmt: skip
    return found


def p99_ms(job: Any, n: int = 2_000) -> float:
    """The processor time that one in a hundred runs exceeds, in ms: what else runs here counts for nothing."""
    for _ in range(50):
        job()
    times = []
    for _ in range(n):
        begun = thread_time()
        job()
        times.append((thread_time() - begun) * 1e3)
    return statistics.quantiles(times, n=100)[98]
