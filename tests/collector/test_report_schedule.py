"""Reports that make themselves: once, whoever collects and whatever happens, and sent again only when it was not."""

import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import msgspec
import pytest
from msgspec.structs import replace
from sqlalchemy import insert, select, update

from agent_desktop import clock
from agent_desktop.collector.collector_settings import CollectorConfig, MailConfig
from agent_desktop.collector.report_schedule import ReportSchedules
from agent_desktop.core.periods import Grain
from agent_desktop.core.report_wish import Kind, Span, Wish
from agent_desktop.data import collecting, report_schedules
from agent_desktop.data.db import Database
from agent_desktop.data.errors import Refused
from agent_desktop.data.ids import new_id
from agent_desktop.data.models import Interaction, Queue, QueueVisit, ReportRun, ReportSchedule, StaleQuarter
from agent_desktop.data.report_rows import RunRow, RunState, ScheduleRow
from tests.support.certificates import Authority
from tests.support.collecting import make_centre
from tests.support.mail_server import SECRET, MailServer

NOW = clock.now
WISH = msgspec.to_builtins(Wish(Kind.QUEUES, Span.YESTERDAY, Grain.DAY))


class Centre:
    """A database with schedules, and collectors that carry them out."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder = folder
        self.database = Database.open(shutil.copy(template, folder / "c.db"))
        self.config = CollectorConfig(str(folder / "c.db"), (), reports_dir=str(folder / "reports"), lease_s=60.0)
        self._made: list[ReportSchedules] = []

    def collector(self, holder: int = 1) -> ReportSchedules:
        self._made.append(ReportSchedules(self.config, UUID(int=holder)))
        return self._made[-1]

    def schedule(self, **said: object) -> ScheduleRow:
        """Due every day, the last time some minutes ago."""
        local = (NOW() - timedelta(minutes=3)).astimezone()
        row = ScheduleRow(new_id(), NOW() - timedelta(days=30), name="Daily", wish=WISH, format="csv",
                          weekdays=(1, 2, 3, 4, 5, 6, 7), minute=60 * local.hour + local.minute)  # fmt: skip
        row = replace(row, **said)
        with self.database.write() as session:
            report_schedules.save(session, row)
        return replace(row, version=1)

    def runs(self) -> list[RunRow]:
        with self.database.read() as session:
            found = report_schedules.schedules(session)
            keys = session.execute(select(ReportRun.schedule_id, ReportRun.due_at)).all()
            rows = [report_schedules.run(session, *key) for key in keys]
        assert all(row.last_run in rows for row in found if row.last_run)
        return [row for row in rows if row is not None]

    def run(self) -> RunRow:
        (found,) = self.runs()
        return found

    def change(self, **values: object) -> None:
        with self.database.write() as session:
            session.execute(update(ReportRun).values(**values))

    def files(self) -> list[str]:
        base = self.folder / "reports"
        return sorted(str(file.relative_to(base)) for file in base.rglob("*") if file.is_file())

    def close(self) -> None:
        for made in self._made:
            made.close()
        self.database.close()


@pytest.fixture(scope="module")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("centre") / "c.db"
    make_centre(file, [("Dana", "101")], ["support"]).close()
    return file


@pytest.fixture
def centre(tmp_path: Path, _template: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Centre]:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "mail").write_text(SECRET)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path / "secrets"))
    with closing(Centre(tmp_path, _template)) as made:
        yield made


def test_what_is_due_is_made_once_by_whoever_holds_the_lease(centre: Centre) -> None:
    """Thirty days were missed: the last is made up. A second collector, and one that was restarted, find it done."""
    yesterday = (NOW().astimezone() - timedelta(days=1)).date().isoformat()
    row = centre.schedule(folder="daily/board")
    centre.schedule(name="Later", since=NOW())
    centre.schedule(name="Off", active=False)
    first = centre.collector()
    assert first.look() == 1
    assert centre.files() == [f"daily/board/Daily {yesterday}.csv"]
    assert (centre.run().state, centre.run().schedule_id) == (RunState.DONE, row.id)
    assert centre.run().answer == f"daily/board/Daily {yesterday}.csv"
    assert "E = A + B + X + U" in (centre.folder / "reports" / centre.files()[0]).read_text("utf-8-sig")
    with centre.database.write() as session:
        collecting.release_lease(session, UUID(int=1))
    assert [first.look(), centre.collector(2).look(), centre.collector(3).look()] == [0, 0, 0]
    assert len(centre.runs()) == 1


def _who_gave_up(centre: Centre) -> None:
    """One caller, yesterday."""
    at = NOW() - timedelta(days=1)
    with centre.database.write() as session:
        queue_id = session.execute(select(Queue.id)).scalar_one()
        linked = {"linked_id": "pbx-1"}
        visit = {"id": new_id(), "queue_id": queue_id, "entered_at": at, "left_at": at + timedelta(seconds=40)}
        session.execute(insert(QueueVisit).values(visit | linked | {"result": "abandoned", "wait_us": 40_000_000}))
        session.execute(insert(StaleQuarter).values(quarter=at))
        call = {"id": new_id(), "channel": "call", "direction": "inbound", "started_at": at, "outcome": "missed"}
        session.execute(insert(Interaction).values(call | linked | {"number": "+48221234567", "queue": "support"}))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_list_to_call_back_makes_itself(centre: Centre, form: str) -> None:
    """With whole numbers only where whoever scheduled it said so; how it was made is told."""
    _who_gave_up(centre)
    wish = msgspec.to_builtins(Wish(Kind.ABANDONED, Span.YESTERDAY))
    centre.schedule(wish=wish, name="Back", format=form, whole_numbers=True)
    centre.schedule(wish=wish, name="Masked", format=form)
    centre.schedule(wish=msgspec.to_builtins(Wish(Kind.CALLS, Span.YESTERDAY)), name="Calls", format=form)
    assert centre.collector().look() == 3
    texts = {name.split()[0]: _text(centre.folder / "reports" / name) for name in centre.files()}
    assert "1234567" in texts["Back"]
    assert "1234567" not in texts["Masked"]
    assert "•••567" in texts["Masked"]
    assert "One line for each number" in texts["Back"]
    assert "Missed" in texts["Calls"]
    assert all("queue settings no. 1" in text for text in texts.values()), "what it was counted by"
    assert sorted(run.answer.split(" · ")[-1] for run in centre.runs())[1:] == ["masked numbers", "whole numbers"]


def _text(file: Path) -> str:
    if file.suffix == ".csv":
        return file.read_text("utf-8-sig")
    with zipfile.ZipFile(file) as book:
        return "".join(book.read(name).decode() for name in book.namelist() if name.endswith(".xml"))


def test_without_the_lease_nothing_is_made(centre: Centre) -> None:
    centre.schedule()
    with centre.database.write() as session:
        collecting.hold_lease(session, UUID(int=9), "other", 60.0)
    assert centre.collector().look() == 0
    assert centre.runs() == []


def test_who_died_making_one_is_taken_over_after_a_while(centre: Centre) -> None:
    """Not before: it may still be at it. One that died handing over the mail may have sent it: it is not sent again."""
    centre.schedule()
    centre.collector().look()
    made = centre.folder / "reports" / centre.files()[0]
    for state, begun, taken, ends in (
        (RunState.MAKING, timedelta(minutes=1), 0, RunState.MAKING),
        (RunState.MAKING, timedelta(minutes=6), 1, RunState.DONE),
        (RunState.SENDING, timedelta(minutes=6), 0, RunState.UNCLEAR),
    ):
        made.unlink(missing_ok=True)
        centre.change(state=state.value, begun_at=NOW() - begun)
        assert centre.collector(1).look() == taken
        assert (centre.run().state, made.exists()) == (ends, bool(taken))


def test_what_cannot_be_written_is_tried_again_and_then_given_up(centre: Centre) -> None:
    centre.schedule(folder="x")
    (centre.folder / "reports").write_text("a file where the folder should be")
    collector = centre.collector()
    collector.look()
    assert (centre.run().state, centre.run().attempts) == (RunState.AGAIN, 1)
    assert "Not written" in centre.run().answer
    assert collector.look() == 0, "not before its time"
    for attempt in range(2, 7):
        centre.change(again_at=NOW() - timedelta(seconds=1))
        assert collector.look() == 1
        assert centre.run().attempts == attempt
    assert centre.run().state is RunState.FAILED
    assert collector.look() == 0


@pytest.mark.parametrize("folder", ["../out", "/etc", "a/../../b", "a//b", "~"])
def test_no_folder_lies_outside(centre: Centre, folder: str) -> None:
    with pytest.raises(Refused, match="below the collector"):
        centre.schedule(folder=folder)


def test_a_link_does_not_lead_outside_either(centre: Centre, tmp_path: Path) -> None:
    (centre.folder / "reports").mkdir()
    (tmp_path / "out").mkdir()
    (centre.folder / "reports" / "x").symlink_to(tmp_path / "out")
    centre.schedule(folder="x")
    centre.collector().look()
    assert centre.run().state is RunState.AGAIN
    assert list((tmp_path / "out").iterdir()) == []


# ------------------------------------------------------------------ mail


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ca"))


@pytest.fixture
def post(centre: Centre, authority: Authority) -> Iterator[MailServer]:
    """A server that asks for STARTTLS and a password, and the collector that knows it."""
    with closing(MailServer(authority.server("mail.example", address="127.0.0.1"))) as server:
        mail = MailConfig("127.0.0.1", "reports@centre.example", server.port, ca=str(authority.file), user="reports")
        centre.config = msgspec.structs.replace(centre.config, mail=mail)
        yield server


def mail_config(centre: Centre, **values: object) -> None:
    assert centre.config.mail is not None
    centre.config = replace(centre.config, mail=replace(centre.config.mail, **values))


def test_a_report_goes_by_mail_over_tls(centre: Centre, post: MailServer) -> None:
    """Whom the server refuses, and whom the collector's file does not allow, is told; the others get it, once."""
    post.refuses["gone@centre.example"] = "550 5.1.1 nobody here"
    mail_config(centre, domains=("centre.example",))
    to = ("ann@centre.example", "gone@centre.example", "someone@elsewhere.example")
    centre.schedule(addresses=to, to_folder=False, name="Daily\nX-Evil: 1")
    collector = centre.collector()
    collector.look()
    assert centre.run().state is RunState.DONE
    answer = centre.run().answer
    assert "sent to 1" in answer
    assert "someone@elsewhere.example" in answer
    assert "nobody here" in answer
    (mail,) = post.mails
    assert mail["X-Evil"] is None
    assert mail["Subject"].startswith("Queues compared, ")
    (attached,) = mail.iter_attachments()
    assert attached.get_filename().endswith(".csv")
    assert "support" in attached.get_content()
    assert "queue settings no." in mail.get_body().get_content()
    assert not (centre.folder / "reports").exists()
    assert collector.look() == 0
    assert len(post.mails) == 1


@pytest.mark.parametrize(
    ("trouble", "says"),
    [("refused", "try later"), ("all refused", "nobody here"), ("untrusted", "certificate"), ("password", "535"),
     ("unreachable", "refused")],
)  # fmt: skip
def test_mail_that_was_not_sent_is_tried_again(centre: Centre, post: MailServer, trouble: str, says: str) -> None:
    """The file is there at once; the page says why there is no mail; the next try sends it, and files nothing anew."""
    centre.schedule(addresses=("ann@centre.example",))
    good = centre.config
    break_it: dict[str, Callable[[], object]] = {
        "refused": lambda: setattr(post, "answer_to_data", "451 try later"),
        "all refused": lambda: post.refuses.update({"ann@centre.example": "550 nobody here"}),
        "untrusted": lambda: mail_config(centre, ca=""),
        "password": lambda: (centre.folder / "secrets" / "mail").write_text("wrong"),
        "unreachable": lambda: mail_config(centre, port=1),
    }
    break_it[trouble]()
    centre.collector().look()
    run = centre.run()
    assert (run.state, run.filed) == (RunState.AGAIN, True)
    assert says in run.answer
    assert run.again_at is not None
    assert post.mails == []
    assert len(centre.files()) == 1
    centre.config, post.answer_to_data = good, "250 taken"
    post.refuses.clear()
    (centre.folder / "secrets" / "mail").write_text(SECRET)
    centre.change(again_at=NOW())
    assert centre.collector().look() == 1
    assert (centre.run().state, len(post.mails), len(centre.files())) == (RunState.DONE, 1, 1)


def test_a_server_that_ends_after_it_has_the_mail_leaves_it_unclear(centre: Centre, post: MailServer) -> None:
    post.answer_to_data = ""
    centre.schedule(addresses=("ann@centre.example",))
    collector = centre.collector()
    collector.look()
    assert centre.run().state is RunState.UNCLEAR
    assert "may have been sent" in centre.run().answer
    centre.change(again_at=NOW())
    assert collector.look() == 0


def test_what_a_schedule_must_say(centre: Centre) -> None:
    for wrong, why in (
        ({"name": " "}, "needs a name"),
        ({"weekdays": ()}, "day of the month"),
        ({"to_folder": False}, "where the report goes"),
        ({"addresses": ("ann",)}, "no e-mail"),
        ({"addresses": ("ann@x\r\nRCPT TO:<b@y>",)}, "no e-mail"),
        ({"format": "exe"}, "PDF, XLSX or CSV"),
    ):
        with pytest.raises(Refused, match=why):
            centre.schedule(**wrong)
    with centre.database.read() as session:
        assert session.execute(select(ReportSchedule.id)).all() == []
