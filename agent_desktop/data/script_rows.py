"""Rows of call scripts, as core and screens get them."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

MAX_NOTE = 1_000  # characters of what is said about a version; roles/3_scripts.sql says so, too


class VersionState(StrEnum):
    DRAFT = "draft"
    REVIEW = "review"  # handed in; somebody else looks it through
    PUBLISHED = "published"


class Review(StrEnum):
    """What was done with a version, each with a note of whoever did it."""

    HANDED_IN = "handed_in"
    GIVEN_BACK = "given_back"
    PUBLISHED = "published"
    USED = "used"  # calls get it again


class Eyes(StrEnum):
    """Whether who is signed in may publish a version."""

    OTHERS = "others"  # yes: somebody else wrote it and handed it in
    OWN = "own"  # no: they wrote it, or handed it in
    ALONE = "alone"  # yes, though it is theirs: nobody else here may
    FILE = "file"  # yes: a file is one person's


class ReviewLine(msgspec.Struct, frozen=True):
    number: int
    at: datetime
    agent: str
    what: Review
    note: str


class ReturnedLine(msgspec.Struct, frozen=True):
    """A draft that was given back to who wrote it, and what was said."""

    script_id: UUID
    number: int
    title: str
    at: datetime
    agent: str
    note: str


class ScriptLine(msgspec.Struct, frozen=True):
    """A script in the list of them; ``newest`` is its newest version's number, ``state`` that version's."""

    id: UUID
    version: int
    key: str
    title: str
    published: int
    active: bool
    newest: int
    state: VersionState
    at: datetime
    author: str


class VersionLine(msgspec.Struct, frozen=True):
    """One version in a script's history."""

    number: int
    edition: int
    state: VersionState
    at: datetime
    author: str
    author_id: UUID | None
    note: str
    reviewed_at: datetime | None
    reviewer: str
    review_note: str
    used: bool  # it is what calls get now


class VersionRow(msgspec.Struct, frozen=True):
    """A version with what it says, as JSON values; ``core/scripts/model.py`` reads them."""

    script_id: UUID
    key: str
    number: int
    edition: int
    state: VersionState
    author_id: UUID | None
    note: str
    body: dict[str, Any]
    parts: dict[str, Any]


class RuleRow(msgspec.Struct, frozen=True):
    """What a call must be like for a script; empty texts say nothing."""

    id: UUID
    script_id: UUID
    version: int = 0
    position: int = 0
    campaign: str = ""
    intent: str = ""
    dialled: str = ""
    queue: str = ""
    segment: str = ""
    language: str = ""
    active: bool = True


class Shelf(msgspec.Struct, frozen=True):
    """What calls may get: the published version of every script, and the rules."""

    versions: tuple[VersionRow, ...] = ()
    rules: tuple[RuleRow, ...] = ()
    company: str = ""  # the site's name


class RunRow(msgspec.Struct, frozen=True):
    """How far somebody got, in this interaction or an earlier one of the same customer."""

    id: UUID
    interaction_id: UUID
    script_id: UUID
    number: int
    at: datetime
    agent: str
    agent_id: UUID | None
    finished: bool
    step: int
    body: dict[str, Any]


class StepCount(msgspec.Struct, frozen=True):
    """One step of a version in figures. ``stopped``: runs that stand there and are not finished."""

    place: str
    reached: int
    answered: int
    stopped: int
    mean_s: float | None
    answers: tuple[tuple[str, int], ...] = ()  # chosen ones, the most frequent first


class Statistics(msgspec.Struct, frozen=True):
    runs: int = 0
    finished: int = 0
    steps: tuple[StepCount, ...] = ()
