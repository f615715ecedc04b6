"""CDR files as PBXs write them: what a call was, with whom, how it ended, and what is said of files that are none."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from agent_desktop import clock
from agent_desktop.collector.cdr import CdrRow, read
from agent_desktop.collector.cdr_calls import CdrCall, call_of, grouped
from agent_desktop.collector.log_file import Problem
from agent_desktop.collector.names import People
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.data.exchange.entry import FileTrouble
from agent_desktop.data.ids import new_id

UTC, WARSAW = ZoneInfo("UTC"), ZoneInfo("Europe/Warsaw")
DANA = AgentRow(new_id(), "Dana Okafor", "dana", "1001")
# As Asterisk 22 wrote it: answered in the queue, not answered by a phone that rang twice, given up.
CAPTURED = '''\
"","5551234","support","to-queue","""Outside Alice"" <5551234>","PJSIP/trunk-00000000","PJSIP/1001-00000001","Queue","support,cb(agent-headers^s^1),,,120","2026-11-21 19:40:25","2026-11-21 19:40:25","2026-11-21 19:40:36",10,10,"ANSWERED","DOCUMENTATION","testadmin-1795290025.0","queue=support;account=4711","","testadmin-1795290025.0",0
"","5551234","support","to-queue","""Outside Alice"" <5551234>","PJSIP/trunk-00000000","","Hangup","","2026-11-21 19:40:36","2026-11-21 19:40:36","2026-11-21 19:40:36",0,0,"ANSWERED","DOCUMENTATION","testadmin-1795290025.0","queue=support;account=4711","","testadmin-1795290025.0",2
"","5551234","support","to-queue","""Outside Alice"" <5551234>","PJSIP/trunk-00000002","PJSIP/1001-00000003","Queue","support,cb(agent-headers^s^1),,,120","2026-11-21 19:40:42","2026-11-21 19:40:42","2026-11-21 19:40:54",11,11,"NO ANSWER","DOCUMENTATION","testadmin-1795290042.2","","","testadmin-1795290042.2",3
"","5551234","support","to-queue","""Outside Alice"" <5551234>","PJSIP/trunk-00000002","PJSIP/1001-00000004","Queue","support,cb(agent-headers^s^1),,,120","2026-11-21 19:40:55","2026-11-21 19:40:55","2026-11-21 19:40:55",0,0,"NO ANSWER","DOCUMENTATION","testadmin-1795290042.2","","","testadmin-1795290042.2",6
"","5551234","support","to-queue","""Outside Alice"" <5551234>","PJSIP/trunk-00000005","","Queue","support,cb(agent-headers^s^1),,,120","2026-11-21 19:40:56","2026-11-21 19:40:56","2026-11-21 19:41:01",4,4,"ANSWERED","DOCUMENTATION","testadmin-1795290056.5","","","testadmin-1795290056.5",7
'''  # noqa: E501 - one line is one record


def calls(path: Path, zone: ZoneInfo = UTC, columns: tuple[str, ...] = ()) -> list[CdrCall]:
    rows = [row for row in read(path, zone, columns) if isinstance(row, CdrRow)]
    return [call_of(found, People([DANA])) for found in grouped(rows)]


def said(call: CdrCall) -> tuple[object, ...]:
    return call.direction.value, call.outcome.value, call.number, call.queue, call.agent, len(call.legs)


def test_master_csv(tmp_path: Path) -> None:
    (tmp_path / "Master.csv").write_text(CAPTURED)
    found = calls(tmp_path / "Master.csv")
    assert [said(call) for call in found] == [
        ("inbound", "answered", "5551234", "support", "PJSIP/1001-00000001", 1),
        ("inbound", "missed", "5551234", "support", "", 2),
        ("inbound", "missed", "5551234", "support", "", 0),
    ]
    first = found[0]
    assert (first.name, first.linked_id, first.queued_as) == ("Outside Alice", *2 * ("testadmin-1795290025.0",))
    assert clock.from_us(first.start_us).isoformat() == "2026-11-21T19:40:25+00:00"
    assert (first.end_us - first.start_us) // 1_000_000 == 11


def row(**cells: str) -> str:
    """A record of cdr_csv with all columns."""
    named = {
        "src": "+48601442190", "dst": "5001", "clid": "", "channel": "PJSIP/trunk-00000001", "dstchannel": "",
        "lastapp": "Dial", "lastdata": "", "start": "2026-11-21 19:40:25", "duration": "20", "billsec": "0",
        "disposition": "NO ANSWER", "uniqueid": "1795290025.7", "linkedid": "1795290025.7", "sequence": "1", **cells,
    }  # fmt: skip
    order = "accountcode src dst dcontext clid channel dstchannel lastapp lastdata start answer end duration billsec"
    order += " disposition amaflags uniqueid userfield peeraccount linkedid sequence"
    return ",".join('"' + named.get(name, "").replace('"', '""') + '"' for name in order.split()) + "\n"


AGENT, TRUNK = "PJSIP/1001-0000000a", "PJSIP/trunk-0000000b"
OUT = {"src": "1001", "dst": "0221471011", "channel": AGENT, "dstchannel": TRUNK}


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({**OUT, "disposition": "ANSWERED"}, ("outbound", "answered", "0221471011", "", AGENT, 1)),
        ({**OUT, "disposition": "BUSY"}, ("outbound", "busy", "0221471011", "", AGENT, 1)),
        ({**OUT, "disposition": "CONGESTION"}, ("outbound", "failed", "0221471011", "", AGENT, 1)),
        ({**OUT, "channel": "SIP/1099-00000001", "src": "1099"}, (
            "outbound", "no_answer", "0221471011", "", "SIP/1099-00000001", 1)),
        ({**OUT, "dst": "1002"}, ("internal", "no_answer", "1002", "", AGENT, 1)),
        ({"dstchannel": AGENT, "disposition": "BUSY"}, ("inbound", "missed", "+48601442190", "", "", 1)),
        ({"dstchannel": "Local/1001@from-queue-00000007;1", "disposition": "ANSWERED"}, (
            "inbound", "answered", "+48601442190", "", "Local/1001@from-queue-00000007;1", 1)),
        ({"lastapp": "Playback", "disposition": "ANSWERED"}, ("inbound", "missed", "+48601442190", "", "", 0)),
    ],
)  # fmt: skip
def test_what_a_call_was(tmp_path: Path, cells: dict[str, str], wanted: tuple[object, ...]) -> None:
    (tmp_path / "c.csv").write_text(row(**cells))
    assert [said(call) for call in calls(tmp_path / "c.csv")] == [wanted]


def test_a_local_channel_is_nobody_where_the_phone_itself_is_named(tmp_path: Path) -> None:
    local = {"dstchannel": "Local/1001@from-queue-00000007;1", "disposition": "ANSWERED"}
    phone = {"channel": "Local/1001@from-queue-00000007;2", "dstchannel": AGENT, "uniqueid": "1795290026.9"}
    text = row(**local) + row(**phone, disposition="ANSWERED", sequence="2")
    (tmp_path / "c.csv").write_text(text)
    (call,) = calls(tmp_path / "c.csv")
    assert said(call) == ("inbound", "answered", "+48601442190", "", AGENT, 1)


def test_tables_and_columns_of_ones_own(tmp_path: Path) -> None:
    (tmp_path / "cdr.csv").write_text(
        "calldate;clid;src;dst;channel;dstchannel;lastapp;lastdata;duration;billsec;disposition;uniqueid;did;linkedid\n"
        f'2026-11-21 20:40:25;"Ann <601442190>";601442190;400;SIP/t-00000001;{AGENT};Queue;400,t,,;30;21;ANSWERED;'
        "1795290025.7;48;1795290025.7\n"
    )
    (table,) = calls(tmp_path / "cdr.csv", WARSAW)
    assert said(table) == ("inbound", "answered", "601442190", "400", AGENT, 1)
    assert (table.answer_us or 0) - table.start_us == 9_000_000
    (tmp_path / "own.csv").write_text(f"1795290025.7|2026-11-21 19:40:25|30|ANSWERED|601442190|400|T/x|{AGENT}\n")
    own = ("uniqueid", "calldate", "duration", "disposition", "src", "dst", "channel", "dstchannel")
    assert said(calls(tmp_path / "own.csv", UTC, own)[0]) == ("inbound", "answered", "601442190", "", AGENT, 1)
    with pytest.raises(FileTrouble, match="“shoe” is no column"):
        calls(tmp_path / "own.csv", UTC, ("shoe", *own))
    short = ",".join(row().split(",")[:17]) + "\n"  # without userfield and what comes after it
    (tmp_path / "short.csv").write_text(short)
    assert calls(tmp_path / "short.csv")[0].linked_id == "1795290025.7"


def test_a_wrong_time_zone_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(CAPTURED)
    with pytest.raises(FileTrouble, match="are 1 h behind its calls’ own ids"):
        calls(tmp_path / "c.csv", WARSAW)
    # The hour that autumn brings twice: the id says which of them it was.
    for began in (1_792_888_200, 1_792_891_800):
        (tmp_path / "c.csv").write_text(row(start="2026-10-25 02:30:00", uniqueid=f"{began}.1", linkedid=""))
        assert calls(tmp_path / "c.csv", WARSAW)[0].start_us == began * 1_000_000


GARBAGE: tuple[tuple[str, bytes, list[tuple[int, str]]], ...] = (
    ("cut", row().encode() + b'"","555', [(2, "The line does not end")]),
    ("cells", row().encode() + b'"","555","x"\n', [(2, "It has fewer cells")]),
    ("time", row().encode() + row(start="soon").encode(), [(2, "“soon” is no time")]),
    ("disposition", row().encode() + row(disposition="LOST").encode(), [(2, "“LOST” is no disposition")]),
    ("duration", row().encode() + row(duration="x").encode(), [(2, "It does not say how long")]),
    ("control", row().encode() + row(src="6\x01").encode(), [(2, "It holds characters")]),
    ("prose", b"Hello\nyou\n", [(0, "is no CDR file")]),
    ("queue_log", b"1795290024|NONE|NONE|NONE|QUEUESTART|\n", [(0, "is no CDR file")]),
    ("columns", b"Name,Phone\nAnna,6\n", [(0, "is no CDR file")]),
)


@pytest.mark.parametrize(("content", "wanted"), [case[1:] for case in GARBAGE], ids=[case[0] for case in GARBAGE])
def test_garbage_is_told(tmp_path: Path, content: bytes, wanted: list[tuple[int, str]]) -> None:
    (tmp_path / "x").write_bytes(content)
    try:
        found = [(each.line, each.reason) for each in read(tmp_path / "x", UTC) if isinstance(each, Problem)]
    except FileTrouble as trouble:
        found = [(0, trouble.text)]
    assert [line for line, _ in found] == [line for line, _ in wanted]
    assert all(words in reason for (_, reason), (_, words) in zip(found, wanted, strict=True)), found
