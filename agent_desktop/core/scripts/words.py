"""What the runner has to say about answers and ways, in words for the agent."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.scripts.views import StepView


def say(trouble: str) -> str:
    """A sentence for a name with its detail ("too_long 500"); empty for none, as it is where nobody knows it."""
    if not trouble:
        return ""
    name, _, detail = trouble.partition(" ")
    words = _words().get(name)
    return words.format(detail) if words is not None else trouble


def in_words(step: StepView) -> StepView:
    """A step's view as it comes from the child, with its names of troubles and of yes and no in words."""
    question = step.question
    yes_no = {"yes": _tr("Yes"), "no": _tr("No")}
    if question is not None:
        choices = question.choices
        if question.kind == "yes_no":
            choices = tuple(replace(each, label=yes_no.get(each.value, each.label)) for each in choices)
        question = replace(question, error=say(question.error), choices=choices)
    actions = tuple(replace(each, label=each.label or _actions().get(each.kind, each.kind)) for each in step.actions)
    behind = tuple(
        replace(each, answer=yes_no.get(each.answer, each.answer)) if each.kind == "yes_no" else each
        for each in step.behind
    )
    return replace(step, question=question, error=say(step.error), actions=actions, behind=behind)


def _words() -> dict[str, str]:
    return {
        "required": _tr("An answer is needed here."),
        "too_long": _tr("At most {0} characters."),
        "too_short": _tr("At least {0} characters."),
        "not_offered": _tr("Choose one of the answers."),
        "not_as_wanted": _tr("This is not written as it should be."),
        "not_a_number": _tr("This is not a number."),
        "not_whole": _tr("A whole number, please."),
        "too_small": _tr("At least {0}."),
        "too_large": _tr("At most {0}."),
        "too_fine": _tr("At most two decimals."),
        "not_a_day": _tr("This is not a day; write it as 2026-11-22 or 22.11.2026."),
        "too_early": _tr("Not before {0}."),
        "too_late": _tr("Not after {0}."),
        "not_a_phone_number": _tr("This is not a phone number."),
        "not_an_address": _tr("This is not an e-mail address."),
        "no_way": _tr("No condition of this step holds: choose where to go on."),
        "no_such_step": _tr("The script names a step that it does not have: {0}"),
        "circle": _tr("The script goes round in a circle at {0}."),
    }


def _actions() -> dict[str, str]:
    return {
        "open_ticket": _tr("Open a ticket"),
        "set_disposition": _tr("Choose the result"),
        "schedule_callback": _tr("Schedule a callback"),
        "start_handoff": _tr("Hand over to the menu"),
        "call_url": _tr("Open the page"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("scripts", text)
