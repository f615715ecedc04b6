"""What a call is about: from the queue, what the caller said or chose, and their tickets."""

from msgspec.structs import replace

from agent_desktop.core.handoff import Told, told_steps
from agent_desktop.core.knowledge.about_call import about
from agent_desktop.core.views import HandoffStep
from agent_desktop.data.knowledge_rows import Asked
from tests.support import callers

QUEUES = callers.home().queues


def test_a_call() -> None:
    view = callers.found()
    steps = (
        *told_steps([Told("said", "Said", "my bill is high"), Told("intent", "Intent", "high_bill"),
                     Told("confidence", "Confidence", "0.93"), Told("language", "Language", "Polish")]),
        HandoffStep("Menu", "Meter readings", icon="list"),
        HandoffStep("Account", "4471 0932", icon="contact"),
        HandoffStep("Queue", "Billing", icon="users"),
    )  # fmt: skip
    queues = [one.queue for one in QUEUES]
    found = about(replace(view, handoff=steps), queues)
    assert found.queue == next(queue.name for queue in queues if queue.label == "Billing")
    assert found.said == ("my bill is high", "high bill", "Meter readings")
    assert found.tickets[0] == ("T-20481", "Meter re-read after high bill")
    alone = told_steps([Told("intent", "Intent", "high_bill"), Told("confidence", "Confidence", "93 %")])
    assert about(replace(view, handoff=alone), queues).said == ("high bill",)


def test_nothing_is_known() -> None:
    view = replace(callers.unknown("withheld"), call=None)
    assert about(replace(view, handoff=()), []) == Asked()
