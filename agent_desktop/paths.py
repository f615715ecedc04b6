"""Where things live: one profile folder per workstation, and the resources shipped with the program."""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import platformdirs

APP_NAME = "agent-desktop"


class Profile(NamedTuple):
    """Everything one workstation keeps: settings, journal, log, embedded database, engine socket.

    Two profiles can run side by side; outside ``root`` only the list of profiles used last is written (running.py).
    """

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.toml"

    @property
    def journal_file(self) -> Path:
        return self.root / "journal.db"

    def journal_of(self, owner: str) -> Path:
        """Somebody's own journal (``ServerAddress.owner``): what one person has not sent, another must not send."""
        return self.root / f"journal-{quote(owner, safe='@')}.db" if owner else self.journal_file

    def cache_of(self, owner: str) -> Path:
        """What that login saw last, beside its journal."""
        return self.root / f"cache-{quote(owner, safe='@')}.db"

    @property
    def database_file(self) -> Path:
        return self.root / "agent-desktop.db"

    @property
    def log_file(self) -> Path:
        return self.root / "log" / "agent-desktop.log"

    @property
    def engine_dir(self) -> Path:
        """Socket, token and log of the phone engine; mode 0700."""
        return self.root / "engine"

    @property
    def spool_dir(self) -> Path:
        """Encrypted recordings on their way to the store; mode 0700."""
        return self.root / "recordings"

    @property
    def window_file(self) -> Path:
        """Window geometry and splitters (QSettings), apart from what the user chose in settings.toml."""
        return self.root / "window.ini"

    def make(self) -> None:
        """Create the folders; only this user may enter them."""
        for folder in (self.root, self.engine_dir, self.log_file.parent):
            folder.mkdir(parents=True, exist_ok=True)
            os.chmod(folder, 0o700)


def default_profile() -> Profile:
    """The profile used without ``--profile``: the platform's data folder for this user."""
    return Profile(Path(platformdirs.user_data_path(APP_NAME, appauthor=False)))


def resource(*parts: str) -> Path:
    """A file shipped with the program; it works from a wheel and from a checkout."""
    package = Path(__file__).parent
    for base in (package / "resources", package.parent / "resources"):
        candidate = base.joinpath(*parts)
        if candidate.exists():
            return candidate
    raise FileNotFoundError("missing resource: " + "/".join(parts))
