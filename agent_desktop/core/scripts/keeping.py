"""A run while it is worked on at this desk: what it is of, where it stands, and how each move is written down."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from agent_desktop import clock
from agent_desktop.core.scripts.library import Book
from agent_desktop.core.scripts.runner import Run, encode
from agent_desktop.core.scripts.views import StepView
from agent_desktop.data import operations as op
from agent_desktop.data.ids import derived_id

PREFIX = "script:"


class Kept(msgspec.Struct, frozen=True):
    """What stays in the journal beside the operations, so that a crash loses no answer without the database either."""

    script_id: UUID
    number: int
    begun_us: int
    run: Run


def draft_key(interaction_id: UUID) -> str:
    return f"{PREFIX}{interaction_id}"


def read(body: bytes | None) -> Kept | None:
    """What a draft says; None for what cannot be read."""
    if not body:
        return None
    try:
        return msgspec.json.decode(body, type=Kept)
    except msgspec.MsgspecError:
        return None


def run_id(interaction_id: UUID, script_id: UUID) -> UUID:
    """The same on every desktop that has the call."""
    return derived_id(interaction_id, f"script {script_id}")


@dataclass
class Walk:
    """One interaction's script at this desk."""

    interaction_id: UUID
    book: Book
    why: str
    names: dict[str, Any] = field(default_factory=dict)  # what templates may name of the call
    run: Run | None = None
    step: StepView = field(default_factory=StepView)
    resumed_from: str = ""
    touched: bool = False  # something was done here
    by_hand: bool = False  # the agent has chosen this script
    begun_us: int = field(default_factory=clock.now_us)
    reached_us: int = field(default_factory=clock.now_us)

    @property
    def language(self) -> str:
        return self.run.language if self.run is not None else ""

    def moved(self, run: Run, step: StepView, agent_id: UUID | None) -> op.SaveScriptRun:
        """The run after a move; the operation that says so, with the step that was left."""
        before, was = self.run, self.step
        self.run, self.step = run, step
        now = clock.now_us()
        left, spent, answer, answered = "", 0, "", False
        gone = before is not None and (before.place != run.place or (run.finished and not before.finished))
        if before is not None and gone:
            left, spent = before.place, max(0, (now - self.reached_us) // 1000)
            question = was.question
            if question is not None and question.name in run.answers:
                answered = True
                answer = _chosen(run.answers[question.name]) if question.kind in ("choice", "yes_no") else ""
            self.reached_us = now
        self.touched = True
        return op.SaveScriptRun(
            agent_id=agent_id,
            at_us=now,
            run_id=run.run_id,
            interaction_id=self.interaction_id,
            script_id=self.book.script_id,
            number=run.version,
            begun_us=self.begun_us,
            place=run.place,
            step=len(run.path),
            body=encode(run).decode(),
            finished=run.finished,
            left=left,
            spent_ms=min(spent, 86_400_000),
            answered=answered,
            answer=answer,
        )

    def kept(self) -> bytes:
        """For the journal's draft."""
        assert self.run is not None
        return msgspec.json.encode(Kept(self.book.script_id, self.run.version, self.begun_us, self.run))


def _chosen(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
