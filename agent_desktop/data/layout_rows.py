"""A layout of the board as it is kept in the database."""

from typing import Any
from uuid import UUID

import msgspec


class KeptLayoutRow(msgspec.Struct, frozen=True):
    """``version`` 0: not stored yet. ``shared``: a supervisor has published it, for the desks of ``team_id`` or,
    without one, for all. ``body`` is a settings.BoardLayout without its name; it may come from a newer program.
    """

    id: UUID
    version: int = 0
    name: str = ""
    body: dict[str, Any] = msgspec.field(default_factory=dict)
    shared: bool = False
    team_id: UUID | None = None
    active: bool = True
