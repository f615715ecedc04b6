"""What each line means, in every dialect, and what is said of lines that mean nothing."""

import gzip
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_desktop.collector.log_file import Problem
from agent_desktop.collector.queue_log import QueueLog
from agent_desktop.collector.queue_log_lines import US, LogLine, read
from agent_desktop.data.exchange.entry import FileTrouble

T = 1_795_290_000
WARSAW = ZoneInfo("Europe/Warsaw")
Said = list[tuple[int, str, str, dict[str, object]]]


def told(path: Path, zone: ZoneInfo | None = None) -> tuple[Said, QueueLog, list[Problem]]:
    """Second after T, kind, agent and data of every event of a file."""
    log, problems = QueueLog(), []
    found: Said = []
    for line in read(path, zone):
        if isinstance(line, Problem):
            problems.append(line)
            continue
        found += [((e.at_us // US) - T, e.kind.value, e.agent, dict(e.data)) for e in log.events(line)]
    return found, log, problems


def of(tmp_path: Path, *lines: str) -> Said:
    (tmp_path / "queue_log").write_text("".join(f"{line}\n" for line in lines))
    return told(tmp_path / "queue_log")[0]


CALL = f"{T}|c.1|support|NONE|ENTERQUEUE||5551234|1"
DIALECTS: tuple[tuple[str, tuple[str, ...], Said], ...] = (
    (
        "answered",
        (CALL, f"{T + 9}|c.1|support|Agent 1001|CONNECT|9|c.2|4",
         f"{T + 30}|c.1|support|Agent 1001|COMPLETEAGENT|9|21|1"),
        [(5, "offered", "Agent 1001", {}), (9, "connected", "Agent 1001", {}),
         (30, "completed", "Agent 1001", {"by": "agent"})],
    ),
    (
        "before the ring time was written",
        (CALL, f"{T + 9}|c.1|support|SIP/1001|CONNECT|9", f"{T + 30}|c.1|support|SIP/1001|COMPLETECALLER|9|21"),
        [(9, "offered", "SIP/1001", {}), (9, "connected", "SIP/1001", {}),
         (30, "completed", "SIP/1001", {"by": "caller"})],
    ),
    (
        "not answered",
        (CALL, f"{T + 12}|c.1|support|Agent/7|RINGNOANSWER|10000", f"{T + 13}|c.1|support|Agent/7|RINGCANCELED|1000",
         f"{T + 13}|c.1|support|NONE|ABANDON|1|1|13"),
        [(2, "offered", "Agent/7", {}), (12, "not_answered", "Agent/7", {"ring_ms": 10000}),
         (12, "offered", "Agent/7", {}), (13, "abandoned", "", {})],
    ),
    (
        "a transfer of Asterisk 11 ends the talk",
        (CALL, f"{T + 1}|c.1|support|a|CONNECT|1|c.2|1", f"{T + 9}|c.1|support|a|TRANSFER|601442190|from-inside|1|8|1"),
        [(0, "offered", "a", {}), (1, "connected", "a", {}),
         (9, "transferred", "a", {"kind": "blind", "to": "601442190"})],
    ),
    (
        "blind",
        (CALL, f"{T + 1}|c.1|support|a|CONNECT|1|c.2|1", f"{T + 9}|c.1|support|a|BLINDTRANSFER|1002|agents|1|8|1"),
        [(0, "offered", "a", {}), (1, "connected", "a", {}),
         (9, "transferred", "a", {"kind": "blind", "to": "1002"})],
    ),
    (
        "attended, its talk cut off before the file",
        (f"{T + 60}|c.1|support|a|ATTENDEDTRANSFER|BRIDGE|b7|4|20|1",),
        [(36, "entered", "", {"restored": 1}), (40, "connected", "a", {"restored": 1}),
         (60, "transferred", "a", {"kind": "attended", "to": "b7"})],
    ),
    ("timeout", (CALL, f"{T + 40}|c.1|support|NONE|EXITWITHTIMEOUT|1|1|40"),
     [(40, "exited", "", {"reason": "timeout"})]),
    ("empty", (CALL, f"{T + 4}|c.1|support|NONE|EXITEMPTY|1|1|4"), [(4, "exited", "", {"reason": "empty"})]),
    ("key", (CALL, f"{T + 4}|c.1|support|NONE|EXITWITHKEY|9|2|2|4"),
     [(4, "exited", "", {"reason": "key", "key": "9"})]),
    ("withdrawn", (CALL, f"{T + 4}|c.1|support|NONE|WITHDRAW|1|1|4|moved"),
     [(4, "exited", "", {"reason": "withdrawn"})]),
    ("the entry is lost", (f"{T + 4}|c.1|support|NONE|ABANDON|1|1|7",),
     [(-3, "entered", "", {"restored": 1}), (4, "abandoned", "", {})]),
    ("refused", (f"{T}|c.1|support|NONE|JOINEMPTY|",), [(0, "refused", "", {"reason": "empty"})]),
    (
        "agents",
        (f"{T}|MANAGER|support|PJSIP/1002|ADDMEMBER|PAUSED", f"{T}|NONE|NONE|Anna|PAUSEALL|Lunch",
         f"{T + 1}|NONE|support|Anna|UNPAUSE|", f"{T + 2}|REALTIME|support|PJSIP/1002|REMOVEMEMBER|",
         f"{T + 3}|NONE|NONE|Agent/7|WRAPUPSTART|20"),
        [(0, "member_added", "PJSIP/1002", {}), (0, "paused", "Anna", {"reason": "Lunch"}), (1, "unpaused", "Anna", {}),
         (2, "member_removed", "PJSIP/1002", {}), (3, "wrap_up_started", "Agent/7", {}),
         (23, "wrap_up_ended", "Agent/7", {})],
    ),
    (
        "a dialler's own calls wait in no queue",
        (f"{T}|M1|sales|NONE|CALLOUTBOUND||601", f"{T + 5}|M1|sales|Agent/6|CONNECT|0",
         f"{T + 9}|M1|sales|Agent/6|COMPLETEAGENT|0|4|1"),
        [],
    ),
)  # fmt: skip


@pytest.mark.parametrize(("lines", "wanted"), [case[1:] for case in DIALECTS], ids=[case[0] for case in DIALECTS])
def test_a_line_means(tmp_path: Path, lines: tuple[str, ...], wanted: Said) -> None:
    assert of(tmp_path, *lines)[lines[0] == CALL :] == wanted
    if lines[0] == CALL:
        assert of(tmp_path, *lines)[0] == (0, "entered", "", {})


TABLES = {
    "the table of Asterisk": (
        "id,time,callid,queuename,agent,event,data1,data2,data3,data4,data5,created\n"
        "1,2026-11-21 20:40:00.250000,c.1,support,NONE,ENTERQUEUE,,5551234,1,,,x\n"
        '2,"2026-11-21 20:40:09","c.1",support,Agent 1001,CONNECT,9,c.2,4,,,x\n'
    ),
    "with one column of data": (
        f"time;callid;queuename;agent;event;data\n{T}.25;c.1;support;NONE;ENTERQUEUE;|5551234|1\n"
        f"{T + 9};c.1;support;Agent 1001;CONNECT;9|c.2|4\n"
    ),
    "QueueMetrics": (
        "partition\ttime_id\tcall_id\tqueue\tagent\tverb\tdata1\tdata2\tdata3\n"
        f"P01\t{T}\tc.1\tsupport\tNONE\tENTERQUEUE\t\t5551234\t1\n"
        f"P01\t{T + 9}\tc.1\tsupport\tAgent 1001\tCONNECT\t9\tc.2\t4\n"
    ),
    "without headings": f"{T},c.1,support,NONE,ENTERQUEUE,,5551234,1\n{T + 9},c.1,support,Agent 1001,CONNECT,9,c.2,4\n",
}


@pytest.mark.parametrize("kind", TABLES)
def test_tables_say_the_same(tmp_path: Path, kind: str) -> None:
    (tmp_path / "q.csv").write_text(TABLES[kind])
    found, _log, problems = told(tmp_path / "q.csv", WARSAW)
    wanted = [(0, "entered", "", {}), (5, "offered", "Agent 1001", {}), (9, "connected", "Agent 1001", {})]
    assert (found, problems) == (wanted, [])


def numbers(path: Path) -> list[int]:
    log = QueueLog()
    return [event.seq for line in read(path) if isinstance(line, LogLine) for event in log.events(line)]


def test_the_same_line_has_the_same_number_in_every_copy(tmp_path: Path) -> None:
    lines = [CALL, *DIALECTS[0][1][1:], *DIALECTS[2][1][1:], *2 * [f"{T}|NONE|NONE|Anna|PAUSEALL|Lunch"]]
    whole = "".join(f"{line}\n" for line in lines)
    (tmp_path / "queue_log").write_text(whole)
    (tmp_path / "queue_log.1.gz").write_bytes(gzip.compress(whole.replace("\n", "\r\n").encode()))
    (tmp_path / "rest").write_text("".join(f"{line}\n" for line in lines[2:]))
    found = numbers(tmp_path / "queue_log")
    assert len(set(found)) == len(found), "also of two lines that are alike"
    assert all(0 <= number < 1 << 63 for number in found)
    assert numbers(tmp_path / "queue_log.1.gz") == found
    assert set(found[3:]) <= set(numbers(tmp_path / "rest"))


def test_in_one_second_a_pause_begins_after_the_one_before_has_ended(tmp_path: Path) -> None:
    (tmp_path / "q").write_text(
        "".join(f"{T}|NONE|support|a|{each}\n" for each in ("PAUSE|Lunch", "UNPAUSE|Auto", "PAUSE|Break"))
    )
    log = QueueLog()
    events = [event for line in read(tmp_path / "q") if isinstance(line, LogLine) for event in log.events(line)]
    assert sorted(events, key=lambda event: event.seq)[0].kind.value == "unpaused"


GARBAGE: tuple[tuple[str, bytes, list[tuple[int, str]]], ...] = (
    ("cut at the end", b"%s\n1795290001|c.1|supp" % CALL.encode(), [(2, "The line does not end")]),
    ("cut at the beginning", b"95290001|c.1|s|a|CONNECT|1\n%s\n" % CALL.encode(), [(1, "“95290001” is no time")]),
    ("fields", b"%s\n1795290001|c.1|support\n\n" % CALL.encode(), [(2, "It has fewer fields")]),
    ("control", b"%s\n1795290001|c\x01|s|a|CONNECT|1\n" % CALL.encode(), [(2, "It holds characters")]),
    ("endless", b"%s\n1795290001|%s\n%s\n" % (CALL.encode(), b"x" * 200_000, CALL.encode()),
     [(2, "The line does not")]),
    ("future", b"%s\n99999999999|c|s|a|CONNECT|1\n" % CALL.encode(), [(2, "“99999999999” is no time")]),
    ("cells", b"time,callid,queuename,agent,event\n1795290000,c\nsoon,c,q,a,CONNECT\n1795290000,c,q,a,\n",
     [(2, "It has fewer cells"), (3, "“soon” is no time"), (4, "It names no event")]),
    ("prose", b"Hello\nyou\n", [(0, "is no queue_log")]),
    ("list", b"Name,Phone,Mail,Street,Town\nAnna,601442190,,,\n", [(0, "is no queue_log")]),
    ("packed", gzip.compress(CALL.encode() * 9)[:40], [(0, "cut or damaged")]),
)  # fmt: skip


@pytest.mark.parametrize(("content", "wanted"), [case[1:] for case in GARBAGE], ids=[case[0] for case in GARBAGE])
def test_garbage_is_told(tmp_path: Path, content: bytes, wanted: list[tuple[int, str]]) -> None:
    (tmp_path / "x").write_bytes(content)
    try:
        found = [(problem.line, problem.reason) for problem in told(tmp_path / "x")[2]]
    except FileTrouble as trouble:
        found = [(0, trouble.text)]
    assert [line for line, _ in found] == [line for line, _ in wanted]
    assert all(words in said for (_, said), (_, words) in zip(found, wanted, strict=True)), found


def test_what_is_not_known_is_counted(tmp_path: Path) -> None:
    (tmp_path / "q").write_text(
        f"{T}|NONE|NONE|NONE|QUEUESTART|\n{CALL}\n{T}|c.1|support|NONE|FROBBED|1\n{T}|c|s|NONE|frobbed|\n"
        f"{T}|c.1|support|NONE|DID|4822\n"
    )
    found, log, problems = told(tmp_path / "q")
    assert ([kind for _, kind, _, _ in found], problems) == (["entered"], [])
    assert (log.unknown, log.passed_over) == ({"FROBBED": (2, 3)}, 2)


def test_old_names_and_the_hour_that_comes_twice(tmp_path: Path) -> None:
    (tmp_path / "q").write_bytes(f"{T}|NONE|NONE|Zoë|PAUSEALL|Mañana\n".encode("cp1252"))
    assert told(tmp_path / "q")[0] == [(0, "paused", "Zoë", {"reason": "Mañana"})]
    (tmp_path / "t").write_text("time,callid,queuename,agent,event\n2026-10-25 02:30:00,c,q,NONE,ENTERQUEUE\n")
    (line,) = read(tmp_path / "t", WARSAW)
    assert isinstance(line, LogLine)
    assert line.at_us == 1_792_888_200 * US, "the first of the two, in summer time"
