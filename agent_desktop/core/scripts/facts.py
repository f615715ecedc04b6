"""What templates may name of the call: fields that are always there, empty where nothing is known."""

from typing import Any

# None: whatever the IVR sent, by the names it used
KNOWN: dict[str, tuple[str, ...] | None] = {
    "customer": (
        *("name", "first_name", "last_name", "account_number", "organisation", "language", "address", "alert"),
        *("tags", "open_tickets", "known", "verified"),
    ),
    "call": ("direction", "number", "queue", "dialled", "waited_s", "intent", "campaign"),
    "agent": ("name",),
    "company": ("name",),
    "handoff": None,
}
RESERVED = frozenset({*KNOWN, "today", "true", "false", "none", "and", "or", "not", "in", "is", "if", "else", "self"})


def named(**given: dict[str, Any]) -> dict[str, Any]:
    """All known names, with what was given; the rest is empty."""
    names: dict[str, Any] = {}
    for group, fields in KNOWN.items():
        names[group] = dict.fromkeys(fields or (), "") | given.get(group, {})
    return names
