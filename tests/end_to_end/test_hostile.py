"""What strangers write into SIP headers reaches the real screen and the database as text and nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from agent_desktop.core.states import CallState
from agent_desktop.core.views import WrapUpResult
from agent_desktop.core.workstation import build_core
from agent_desktop.data.words import Presence
from agent_desktop.ui import theme
from agent_desktop.ui.main_window import MainWindow
from tests.support import sip
from tests.support.workstation import Bench, settings

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)

HTML = "<img src=x onerror=boo><b>Bob</b> &amp; <a href='http://evil.example'>Söns</a>"
SQL = "Robert'); DROP TABLE customer;-- %s {0} \\\\"
EMOJI = "👩🏽‍💻 Zoë 🇵🇱"
RTL = "דנה כהן"
SPOOF = "Bank \u202eknab\u202c\u2066 Safe"  # direction characters turn a text round
LONG_NAME, LONG_NUMBER = "W" * 300, "9" * 300


@dataclass
class Stranger:
    """What is sent, and the name, number and stations that must be read on the screen."""

    sender: str
    name: str
    number: str = ""
    headers: bytes = b""
    stations: tuple[str, ...] = ()


def named(name: str, user: str = "4915199999999") -> str:
    quoted = name.replace('"', '\\"')
    return f'"{quoted}" <sip:+{user}@127.0.0.1>'


STRANGERS = {
    "control characters": Stranger(
        named("Eve"), "Eve",
        headers=b"X-IVR-1: Me\x1b[31mnu: one\x07 two\x7f\tthree \xff\xfe\r\nX-Queue: Bil\x08ling\r\n",
        stations=("one two three",),
    ),
    "HTML": Stranger(
        named(HTML), HTML,
        headers=f"X-IVR-1: <h1>Menu</h1>: {HTML}\r\nX-Account: <u>4711</u>\r\nX-Queue: <s>Billing</s>\r\n".encode(),
        stations=(HTML,),
    ),
    "SQL": Stranger(
        named(SQL), SQL.replace("\\\\", "\\"),
        headers=b"X-Account: ' OR 1=1;--\r\nX-IVR-1: Menu: '; DELETE FROM phone;--\r\n",
        stations=("'; DELETE FROM phone;--",),
    ),
    "300 characters": Stranger(named(LONG_NAME, LONG_NUMBER), LONG_NAME[:119] + "…", headers=b"X-IVR-1: " + b"m" * 900),
    "anonymous": Stranger('"Anonymous" <sip:anonymous@anonymous.invalid>', "Withheld number"),
    "no user": Stranger("<sip:127.0.0.1>", "Withheld number"),
    "emoji": Stranger(named(EMOJI), EMOJI, headers=f"X-IVR-1: Menu: {EMOJI}\r\n".encode(), stations=(EMOJI,)),
    "right to left": Stranger(named(RTL), RTL, headers=f"X-IVR-1: تفرع: {RTL}\r\n".encode(), stations=(RTL,)),
    "spoofed direction": Stranger(named(SPOOF), "Bank knab Safe"),
}  # fmt: skip


class Screen(Bench):
    """A workstation with its real window."""

    def begin(self) -> "Screen":
        self.core = build_core(self.profile, settings(self.port), None)
        self.window = MainWindow(self.core)
        self.window.resize(1280, 800)
        self.window.show()
        self.core.start()
        self.until(lambda: self.session.phone_view.usable, "the phone is usable")
        self.until(lambda: self.core and self.core.store.ready, "the database answers")
        return self

    def end(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.stop()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def shown(self, part: QWidget) -> list[str]:
        """Every text that can be read there."""
        for _ in range(3):
            QApplication.processEvents()
        labels = [label.text() for label in part.findChildren(QLabel) if label.isVisible()]
        return labels + [button.text() for button in part.findChildren(QAbstractButton) if button.isVisible()]


@pytest.fixture
def screen(tmp_path: Path, qapp: QApplication) -> Iterator[Screen]:
    theme.apply(qapp, "light", 100)
    made = Screen(tmp_path / "desk", port=sip.free_port(24_000, 24_900)).begin()
    yield made
    made.end()


def answer_bye(raw: sip.RawCaller, call_id: str) -> None:
    """An unanswered BYE would hold its place in the phone for half a minute."""
    bye = next(text for text in raw.answers() if text.startswith("BYE") and call_id in text)
    copied = re.findall(r"(?m)^(?:Via|From|To|Call-ID|CSeq): .*$", bye.replace("\r", ""))
    raw.send("\r\n".join(["SIP/2.0 200 OK", *copied, "Content-Length: 0", "", ""]).encode())


def audit(window: QWidget, what: str) -> None:
    """Nothing that a stranger wrote is taken for markup, wherever it ended up."""
    for label in window.findChildren(QLabel):
        if any(mark in label.text() for mark in ("<", "DROP")):
            assert label.textFormat() is Qt.TextFormat.PlainText, f"{what}: {label.text()}"
    for widget in [window, *window.findChildren(QWidget)]:
        for text in (widget.toolTip(), widget.statusTip(), widget.whatsThis()):
            for tag in ("<img", "<b>", "<a ", "<h1", "<u>", "<s>"):
                assert tag not in text, f"{what}: the tooltip {text!r}"
        assert not any(ord(char) < 32 and char not in "\n\t" for char in widget.accessibleName()), what


def test_strangers_are_read_literally_and_kept_as_text(screen: Screen) -> None:
    raw = sip.RawCaller(screen.port)
    bar, workspace = screen.window.shell.call_bar, screen.window.workspace
    customers = screen.rows("SELECT count(*), (SELECT count(*) FROM phone) FROM customer")
    for number, (what, stranger) in enumerate(STRANGERS.items()):
        call_id = f"hostile-{number}"
        sender = stranger.sender.encode() + f";tag={call_id}".encode()
        raw.send(raw.invite(call_id, stranger.headers, sender=sender))
        screen.until(lambda: screen.session.book.ringing() is not None, f"{what} rings")
        screen.until(lambda: screen.session.pop_view() and screen.session.pop_view().state != "looking", "the pop")
        texts = screen.shown(bar)
        assert stranger.name in texts, f"{what}: {texts}"
        screen.window.workspace.focus_panel(5)
        handoff = [text.replace("\u200b", "") for text in screen.shown(workspace.handoff)]
        for station in stranger.stations:
            assert [text for text in handoff if station in text], f"{what}: {station!r} is not in {handoff}"
        audit(screen.window, what)
        screen.session.calls.answer()
        screen.until(lambda: screen.session.book.views()[0].state is CallState.TALKING, f"{what} is answered")
        assert raw.final(call_id) == 200
        texts = screen.shown(bar)
        assert stranger.name in texts, f"{what}: {texts}"
        audit(screen.window, what)
        interaction = screen.session.focus()
        screen.session.note_typed(stranger.name)
        screen.session.calls.end()
        answer_bye(raw, call_id)
        screen.until(lambda: screen.session.presence_view().presence is Presence.WRAP_UP, "wrap-up")
        screen.shown(workspace)
        audit(screen.window, what)
        disposition = screen.session.wrap_up_view().dispositions[0].id
        screen.session.complete_wrap_up(WrapUpResult(interaction, disposition, stranger.name, stranger.name))
        screen.until(lambda: not screen.session.book.calls, "over")
        row = screen.arrives("SELECT coalesce(i.display_name, ''), n.text, w.reason FROM interaction i JOIN note n ON "
                             "n.interaction_id = i.id JOIN wrap_up w ON w.interaction_id = i.id WHERE i.id = ?",
                             interaction.bytes)  # fmt: skip
        said = "" if stranger.name == "Withheld number" else stranger.name
        assert row == (said, stranger.name, stranger.name)
    assert screen.rows("SELECT count(*), (SELECT count(*) FROM phone) FROM customer") == customers
    screen.window.shell.show_page("calls")  # the list of calls shows them all
    screen.shown(screen.window)
    audit(screen.window, "the list of calls")
    raw.close()
