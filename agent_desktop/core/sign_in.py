"""Signing in to a centre's database: tried in the background before anything is built on it."""

import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from PySide6.QtCore import QObject, Signal

from agent_desktop import data, secrets, tasks
from agent_desktop.data.centre_rows import Admission
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from agent_desktop.data.journal_file import waiting_in
from agent_desktop.paths import Profile
from agent_desktop.server_address import ServerAddress

log = logging.getLogger("db")
MIN_PASSWORD = 8  # letters; as “db grant” asks for
DEADLINE_S = 30.0  # several hosts are tried one after the other


class SignIn(QObject):
    """One try at a time; a newer one drops the older. Signals: admitted(Admission), refused(DatabaseTrouble),
    changed_password()."""

    admitted = Signal(object)
    refused = Signal(object)
    changed_password = Signal()

    def __init__(self, lanes: tasks.Tasks, parent: QObject | None = None):
        super().__init__(parent)
        self._tasks = lanes
        self._open: tasks.Handle | None = None

    def begin(self, address: ServerAddress, password: str) -> None:
        """Try this login; ``admitted`` or ``refused`` follows unless it is cancelled."""
        where, password = address.url, password or address.password
        self._start(lambda: data.sign_in.admission(where, password), self._admitted)

    def change_password(self, address: ServerAddress, old: str, new: str) -> None:
        """Another password for this login; ``changed_password`` or ``refused`` follows."""

        def job() -> None:
            data.sign_in.change_password(address.url, old, new)

        def done(_nothing: None) -> None:
            self._open = None
            self.changed_password.emit()

        self._start(job, done)

    def cancel(self) -> None:
        """Whatever the server still answers is not heard."""
        if self._open is not None:
            self._open.cancel()
            self._open = None

    def _start(self, job: Callable[[], object], then: Callable[..., None]) -> None:
        self.cancel()
        self._open = self._tasks.work(job, then, self._failed, deadline_s=DEADLINE_S)

    def _admitted(self, admission: Admission) -> None:
        self._open = None
        self.admitted.emit(admission)

    def _failed(self, error: Exception) -> None:
        self._open = None
        if isinstance(error, tasks.Late):
            error = DatabaseTrouble(Trouble.UNREACHABLE, "no answer in time")
        elif not isinstance(error, DatabaseTrouble):
            log.error("signing in failed", exc_info=error)
            error = DatabaseTrouble(Trouble.UNEXPECTED, type(error).__name__)
        log.info("not signed in: %s", error.kind.value)
        self.refused.emit(error)


def password_known(address: ServerAddress) -> bool:
    """Whether the workstation can try by itself: the password is known here, or to the database's client library."""
    if not address.login:
        return False
    if address.password or secrets.read(address.secret_name):
        return True
    file = os.environ.get("PGPASSFILE") or Path("~/.pgpass").expanduser()
    return bool(os.environ.get("PGPASSWORD")) or os.path.exists(file)


def been_here(profile: Profile, address: ServerAddress) -> bool:
    """Whether this login has worked at this desk before: it can then begin while the server is away."""
    return bool(address.login) and profile.journal_of(address.owner).exists()


def others_waiting(profile: Profile, address: ServerAddress | None) -> tuple[tuple[str, int], ...]:
    """Logins besides this one whose entries wait on this computer until they sign in, and how many."""
    own = profile.journal_of(address.owner if address is not None else "")
    found = []
    for journal in sorted(profile.root.glob("journal-*.db")):
        count = waiting_in(journal) if journal != own else 0
        if count:
            found.append((unquote(journal.stem.removeprefix("journal-")).rpartition("@")[0], count))
    return tuple(found)
