"""The moment in which a desktop shows a ringing call, or its engine lets the caller know of the end: never both."""

from pathlib import Path

from agent_desktop.telephony.ring_gate import RingGate


def test_one_is_inside_and_nobody_waits_for_ever(tmp_path: Path) -> None:
    desktop, engine = RingGate(tmp_path), RingGate(tmp_path)
    assert desktop.enter()
    assert not engine.enter()
    engine.pass_by()
    desktop.leave()
    assert engine.enter()
    engine.leave()
    assert desktop.enter()
    assert desktop.enter(), "whoever forgot to leave"
    desktop.leave()
    assert not RingGate(tmp_path / "gone").enter()
