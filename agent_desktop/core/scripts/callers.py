"""What scripts know of a call: names for templates, and what a script is chosen by."""

from typing import Any

from agent_desktop import numbers
from agent_desktop.core.scripts import facts
from agent_desktop.core.scripts.choosing import Asked
from agent_desktop.core.views import PopView

_OPEN = ("found", "offline", "choose")


def asked(pop: PopView, queue: str = "") -> Asked:
    """What a script is chosen by; ``queue``: that of the promise, where we call somebody back."""
    card, call = pop.pop.card, pop.call
    return Asked(
        campaign=pop.facts.campaign,
        intent=pop.facts.intent,
        dialled=pop.facts.called,
        queue=(call.queue if call is not None else "") or queue,
        tags=card.tags if card is not None else (),
        language=pop.facts.language or (card.language if card is not None else ""),
    )


def names(pop: PopView, agent: str, company: str, region: str, queue_label: str) -> dict[str, Any]:
    """What templates may name: ``facts.KNOWN``, filled as far as it is known."""
    card, call = pop.pop.card, pop.call
    customer: dict[str, Any] = {"known": card is not None, "open_tickets": len(pop.pop.tickets), "tags": []}
    if card is not None:
        first, _, last = card.name.rpartition(" ") if " " in card.name else ("", "", card.name)
        customer |= {"name": card.name, "first_name": first or card.name, "last_name": last}
        customer |= {"account_number": card.account_number, "organisation": card.organisation}
        customer |= {"language": card.language, "address": card.address, "alert": card.alert}
        customer["tags"] = list(card.tags)
    customer["account_number"] = customer.get("account_number") or pop.facts.account
    customer["verified"] = bool(pop.facts.pin_passed)
    about = {
        "queue": queue_label,
        "dialled": numbers.display(pop.facts.called, region) if pop.facts.called else "",
        "intent": pop.facts.intent.replace("_", " "),
        "campaign": pop.facts.campaign,
        "number": pop.pop.number,
        "waited_s": 0,
    }
    if call is not None:
        about |= {"direction": call.direction.value, "number": call.number, "waited_s": int(call.wait_s or 0)}
    return facts.named(
        customer=customer, call=about, agent={"name": agent}, company={"name": company}, handoff=dict(pop.facts.free)
    )


def number_of(pop: PopView) -> str:
    """What the caller is called back on."""
    if pop.call is not None and pop.call.number:
        return pop.call.number
    card = pop.pop.card
    return card.phones[0].typed if card is not None and card.phones else pop.pop.number
