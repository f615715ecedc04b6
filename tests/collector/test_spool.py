"""What the database could not take: kept on the disk, given back whole and in order."""

from agent_desktop.collector.spool import Spool
from tests.collector.told import Day, captured, rows_of


def test_what_is_put_comes_back_in_order_after_a_restart(tmp_path):
    file = tmp_path / "spool.jsonl"
    rows = rows_of(Day(1, 5).stream)
    spool = Spool(file)
    spool.put(rows[:4])
    spool.put([])
    spool.put(rows[4:])
    again = Spool(file)
    assert again.count == spool.count == len(rows)
    assert [row for batch in again.batches() for row in batch] == rows
    again.clear()
    assert not file.exists()
    assert (Spool(file).count, list(again.batches())) == (0, [])


def test_a_batch_that_a_crash_cut_off_spoils_neither_those_before_nor_those_after(tmp_path, expected_log):
    expected_log("was cut off while it was written")
    file = tmp_path / "spool.jsonl"
    rows = rows_of(captured("held"))
    Spool(file).put(rows[:3])
    with file.open("ab") as cut:
        cut.write(file.read_bytes()[:50])
    later = Spool(file)
    later.put(rows[3:])
    assert [row for batch in Spool(file).batches() for row in batch] == rows
