"""What team leads ask and change of scripts: straight to the database, with its answer: only that can say yes or no."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from PySide6.QtCore import QObject, Signal

from agent_desktop import data
from agent_desktop.core.permission import Permission
from agent_desktop.core.scripts.model import MAX_DEPTH, Script
from agent_desktop.core.store import Store
from agent_desktop.data.rows import Changed
from agent_desktop.data.script_rows import (
    Eyes,
    ReviewLine,
    RuleRow,
    ScriptLine,
    Shelf,
    Statistics,
    VersionLine,
    VersionRow,
)

T = TypeVar("T")
Then = Callable[[T], None]
Failed = Callable[[Exception], None]
_CHANGED = Changed(catalogue=True)


class History(msgspec.Struct, frozen=True):
    """``eyes``: whether who is signed in may publish the newest version."""

    versions: tuple[VersionLine, ...] = ()
    reviews: tuple[ReviewLine, ...] = ()
    eyes: Eyes = Eyes.OTHERS


class Writing(QObject):
    """Signal: loaded(tuple[ScriptLine]). ``permission``: whether who is signed in writes scripts."""

    loaded = Signal(object)

    def __init__(self, store: Store, agent_id: Callable[[], UUID | None]):
        super().__init__()
        self._store, self._agent_id = store, agent_id
        self.lines: tuple[ScriptLine, ...] = ()
        self.shelf: dict[str, Script] = {}  # what is published, by key
        self.rules: tuple[RuleRow, ...] = ()  # those that are on
        self.permission = Permission(store, _allowed)

    def load(self, failed: Failed) -> None:
        """Read which scripts there are; ``loaded`` follows."""
        self._store.browse(_everything, self._take, failed)

    def _take(self, found: tuple[tuple[ScriptLine, ...], Shelf]) -> None:
        self.lines, shelf = found
        self.rules = shelf.rules
        self.shelf = {row.key: script for row in shelf.versions if (script := script_of(row)) is not None}
        self.loaded.emit(self.lines)

    def parts(self, script: Script) -> dict[str, Script]:
        """The published scripts that one runs, and those that these run."""
        found: dict[str, Script] = {}
        waiting = [script]
        for _ in range(MAX_DEPTH):
            names = {step.script for each in waiting for step in each.steps if step.script}
            waiting = [self.shelf[name] for name in sorted(names) if name in self.shelf and name not in found]
            found |= {each.id: each for each in waiting}
        found.pop(script.id, None)
        return found

    def read(self, script_id: UUID, number: int, then: Then[VersionRow | None], failed: Failed) -> None:
        self._store.browse(lambda session: data.scripts.version(session, script_id, number), then, failed)

    def history(self, script_id: UUID, then: Then[History], failed: Failed) -> None:
        """All versions with what was done with them, and whether who is signed in may publish the newest."""

        def question(session: Any) -> History:
            versions = data.scripts.history(session, script_id)
            number = versions[0].number if versions else 0
            return History(
                versions, data.scripts.reviews(session, script_id), data.script_edit.eyes(session, script_id, number)
            )

        self._store.browse(question, then, failed)

    def figures(self, script_id: UUID, then: Then[Statistics], failed: Failed) -> None:
        self._store.browse(lambda session: data.scripts.statistics(session, script_id), then, failed)

    def titles(self, keys: Sequence[str], then: Then[dict[str, str]], failed: Failed) -> None:
        """The titles of published articles by key; '' for one that is not there."""

        def question(session: Any) -> dict[str, str]:
            return dict.fromkeys(keys, "") | data.scripts.article_titles(session, keys)

        self._store.browse(question, then, failed)

    def known_words(self, then: Then[dict[str, tuple[str, ...]]], failed: Failed) -> None:
        """What rules may ask for, by the field's name."""
        self._store.browse(_known_words, then, failed)

    # ---------------------------------------------------------------- written

    def save(self, draft: VersionRow, title: str, then: Then[VersionRow], failed: Failed) -> None:
        """Store a draft. ``failed`` gets Stale, Refused, DatabaseTrouble or tasks.Late."""
        agent = self._agent_id()
        self._write(lambda session: data.script_edit.save(session, draft, title, agent), then, failed)

    def hand_in(self, row: VersionRow, note: str, then: Then[None], failed: Failed) -> None:
        """Have a draft looked through; ``note`` is for whoever does."""
        agent = self._agent_id()
        self._write(lambda session: data.script_edit.hand_in(session, row, agent, note), then, failed)

    def review(self, row: VersionRow, note: str, then: Then[None], failed: Failed, *, publish: bool) -> None:
        agent = self._agent_id()
        self._write(
            lambda session: data.script_edit.review(session, row, agent, note, publish=publish), then, failed
        )  # fmt: skip

    def use(self, script_id: UUID, number: int, then: Then[None], failed: Failed) -> None:
        """Have calls get a version that was published before."""
        agent = self._agent_id()
        self._write(lambda session: data.script_edit.use(session, script_id, number, agent), then, failed)

    def save_rule(self, rule: RuleRow, then: Then[None], failed: Failed) -> None:
        """Store a rule of which calls get a script, or switch it off."""
        self._write(lambda session: data.script_edit.save_rule(session, rule), then, failed)

    def _write(self, change: Callable[[Any], T], then: Then[T], failed: Failed) -> None:
        def done(result: T) -> None:
            then(result)
            self._store.changed.emit(_CHANGED)

        self._store.write_now(change, done, failed)


def script_of(row: VersionRow) -> Script | None:
    """A stored version as a script; None for what is none (written by a newer program)."""
    try:
        return msgspec.convert(row.body, Script)
    except msgspec.ValidationError:
        return None


def body_of(script: Script) -> dict[str, Any]:
    """A script as it is stored. Raises msgspec.ValidationError for one that its file could not say."""
    body: dict[str, Any] = msgspec.to_builtins(script, str_keys=True)
    msgspec.convert(body, Script)
    return body


# The queries are imported with the database's own library, on its own thread: not before they are asked.


def _allowed(session: Any) -> bool:
    return data.script_edit.may_edit(session)


def _everything(session: Any) -> tuple[tuple[ScriptLine, ...], Shelf]:
    return data.scripts.scripts(session), data.scripts.shelf(session)


def _known_words(session: Any) -> dict[str, tuple[str, ...]]:
    return data.scripts.known_words(session)
