"""What a call is about, as far as it can be known before anybody has spoken."""

import re
from collections.abc import Iterable

from agent_desktop.core.views import HandoffStep, PopView
from agent_desktop.data.centre_rows import QueueRow
from agent_desktop.data.knowledge_rows import Asked
from agent_desktop.told import told

_CHOSEN = ("bot", "list")  # icons of stations at which the caller said or chose something
_MOST_SAID, _MOST_TICKETS = 8, 5
_INTENT = re.compile(r"^Intent: (?P<meant>.*?)(?:, [01]\.\d\d)?$")


def about(view: PopView, queues: Iterable[QueueRow]) -> Asked:
    """The queue by the PBX's name, what the caller said or chose in the menu, and their open tickets."""
    label = view.call.queue if view.call is not None else ""
    queue = next((queue.name for queue in queues if label and label in (queue.label, queue.name)), "")
    said = tuple(dict.fromkeys(words for step in view.handoff for words in _said(step) if words and words != label))
    tickets = tuple((ticket.number, ticket.subject) for ticket in view.pop.tickets[:_MOST_TICKETS])
    return Asked(queue, said[:_MOST_SAID], tickets)


def _said(step: HandoffStep) -> tuple[str, ...]:
    if step.icon not in _CHOSEN:
        return ()
    intent = _INTENT.match(step.detail)
    value = step.value.strip('“”" ')
    if step.label == told("Intent"):
        value = re.sub(r", [01]\.\d\d$", "", value)
    return (value, intent["meant"] if intent is not None else "")
