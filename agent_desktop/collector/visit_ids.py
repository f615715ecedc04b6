"""The ids on which all that a PBX tells of one call agrees, whichever way it came: a file, its copy, the manager."""

from uuid import UUID

from agent_desktop.data.ids import derived_id


def visit_id(site: UUID, queue: str, call: str, ordinal: int) -> UUID:
    """The stay of a call in a queue, both as the PBX names them; ``ordinal`` counts its stays there from 1."""
    return derived_id(site, f"visit:{queue}:{call}:{ordinal}")
