"""Made-up steps of scripts for widget tests, every text chosen."""

from dataclasses import replace

from agent_desktop.core.scripts.views import (
    ActionView,
    ChoiceView,
    LinkView,
    OfferView,
    PlaceView,
    QuestionView,
    ScriptState,
    ScriptView,
    StepView,
)

SAY = (
    "Good afternoon, Ms Kowalczyk, this is Dana from Brightline Energy. I can see you called this morning about your "
    "October bill. Is this about the same thing?"
)
WHY = "Because the caller asked about a high bill (queue Billing)"
OFFERS = (
    OfferView("high_bill", "High bill", WHY, chosen=True),
    OfferView("complaint", "Complaint", "For the queue Billing"),
    OfferView("identity_check", "Identity check"),
)


def choices(*labels: str, chosen: int = -1) -> tuple[ChoiceView, ...]:
    return tuple(
        ChoiceView(text.lower().replace(" ", "_"), text, str(at + 1) if at < 9 else "", at == chosen)
        for at, text in enumerate(labels)
    )


def choice(chosen: int = -1, **changes: object) -> QuestionView:
    labels = ("Yes, same bill", "Something else", "Wants to cancel")
    question = QuestionView("same_bill", "choice", "Caller’s answer", choices=choices(*labels, chosen=chosen))
    return replace(question, **changes)  # type: ignore[arg-type]


def field(kind: str = "text", **changes: object) -> QuestionView:
    question = QuestionView("answer", kind, "What does the meter show?", "The black digits only", required=True)
    return replace(question, **changes)  # type: ignore[arg-type]


def step(question: QuestionView | None = None, **changes: object) -> StepView:
    ahead = ("Confirm date of birth", "Explain estimated and real reading", "Offer instalments", "Summarise and close")
    return replace(StepView("greet", "Greeting", 1, 5, SAY, question=question, next=ahead), **changes)  # type: ignore[arg-type]


def script(question: QuestionView | None = None, **changes: object) -> ScriptView:
    """A script at its first step; ``changes`` go to the step."""
    at = step(question, **changes)
    return ScriptView(ScriptState.STEP, "high_bill", "High bill", 3, WHY, "en", ("en", "pl"), at, offers=OFFERS)


def rich() -> ScriptView:
    """A step with everything on it."""
    actions = (
        ActionView("1", "open_ticket", "Open a ticket", "High bill, October", done=True),
        ActionView("2", "schedule_callback", "Call back after the re-read"),
        ActionView("3", "start_handoff", "Card payment, recording pauses", why_not="No menu for payments is set up."),
    )
    behind = (PlaceView("greet", "Greeting", "Yes, same bill"), PlaceView("birth", "Date of birth", "12 March 1975"))
    links = (LinkView("high-bill", "Estimated and real readings"),)
    return script(
        field("number", unit="kWh"), place="meter", title="Meter reading", number=3, actions=actions, behind=behind,
        links=links, hint="The number is on the last page of the bill, too.", can_go_back=True,
    )  # fmt: skip
