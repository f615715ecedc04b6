"""What one desktop saves the other shows, with selection and typing left alone; and neither overwrites the other."""

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from agent_desktop.core.lists import Lists
from agent_desktop.data import operations as op
from agent_desktop.data.rows import Changed
from tests.support.workstation import Bench, spin_until

pytestmark = pytest.mark.usefixtures("qapp")


class Pair:
    """Two workstations on one file: the second's profile uses the first's database."""

    def __init__(self, folder: Path):
        self.first = Bench(folder / "one").start()
        self.second = Bench(folder / "two", seeded=False, database=str(self.first.profile.database_file)).start()
        self.heard: list[Changed] = []
        core = self.second.core
        assert core is not None
        core.store.changed.connect(self.heard.append)

    def put(self, bench: Bench, operation: op.AnyOperation) -> None:
        assert bench.core is not None
        bench.core.store.put(operation)

    def sent(self, bench: Bench) -> None:
        spin_until(lambda: bench.core and not bench.core.journal.waiting_count(), "it is sent")

    def close(self) -> None:
        self.second.stop()
        self.first.stop()


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.close()


def test_a_save_is_heard_on_the_other_desktop_and_clashes_are_kept(pair: Pair) -> None:
    marta = UUID(bytes=pair.first.rows("SELECT id FROM customer WHERE name = 'Marta Kowalczyk'")[0][0])
    version = pair.first.rows("SELECT version FROM customer WHERE name = 'Marta Kowalczyk'")[0][0]
    alert = pair.first.rows("SELECT alert FROM customer WHERE name = 'Marta Kowalczyk'")[0][0]
    for bench in (pair.first, pair.second):
        spin_until(lambda bench=bench: bench.core and bench.core.store.ready, "the database is open")  # type: ignore[misc]
    spin_until(lambda: pair.second.core and pair.second.core.store.others.listening, "it listens")
    said = {"version": version, "customer_id": marta}
    pair.put(pair.first, op.SaveCustomer(fields={"alert": "from one"}, before={"alert": alert}, **said))
    spin_until(lambda: any(marta in changed.customers for changed in pair.heard), "the other desktop hears of it")
    # The other began from the same state: another field comes together, the same one is refused and kept.
    pair.put(pair.second, op.SaveCustomer(fields={"address": "from two"}, before={"address": ""}, **said))
    pair.put(pair.second, op.SaveCustomer(fields={"alert": "from two"}, before={"alert": alert}, **said))
    pair.sent(pair.second)
    assert pair.first.rows("SELECT alert, address FROM customer WHERE id = ?", marta.bytes) == [
        ("from one", "from two")
    ]
    assert pair.second.core is not None
    refused = pair.second.core.journal.refused()
    assert [row.operation.fields for row in refused if isinstance(row.operation, op.SaveCustomer)] == [
        {"alert": "from two"}
    ]


def test_a_newer_question_ends_the_older_one(pair: Pair) -> None:
    """A search that takes long does not keep the next letter's waiting."""
    assert pair.second.core is not None
    lists = Lists(pair.second.core.store)
    answers: list[object] = []
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    begun: list[bool] = []

    def long_question(session: object) -> object:
        begun.append(True)
        return session.connection().exec_driver_sql(endless).scalar()  # type: ignore[attr-defined]

    lists._ask("find", long_question, answers.append, None)
    spin_until(lambda: begun, "it runs")
    lists.find("marta", answers.append)
    spin_until(lambda: answers, "the next one is answered")
    assert len(answers) == 1
    assert answers[0].customers[0].name == "Marta Kowalczyk"  # type: ignore[attr-defined]
