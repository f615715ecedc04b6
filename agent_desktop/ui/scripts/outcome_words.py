"""What a condition or formula came to with the made-up caller, in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.scripts.orders import Outcome


def _tr(text: str) -> str:
    return QCoreApplication.translate("OutcomeWords", text)


def told(outcome: Outcome) -> tuple[str, str]:
    """Words and their tone."""
    if outcome.trouble:
        return _tr("It cannot be worked out: {0}").format(outcome.trouble), "bad"
    if outcome.unanswered:
        return _tr("Not known before an answer to {0}").format(", ".join(outcome.unanswered)), "3"
    value = outcome.value
    if isinstance(value, bool):
        return (
            (_tr("Holds for the made-up caller"), "ok") if value else (_tr("Does not hold for the made-up caller"), "3")
        )
    if value is None or value == "":
        return _tr("Comes to nothing for the made-up caller"), "3"
    return _tr("For the made-up caller: {0}").format(f"{value:.12g}" if isinstance(value, float) else value), "ok"
