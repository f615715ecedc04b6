"""What was done with a version of a script and said about it, in words; and what the one who looks at it may do."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from agent_desktop.data.script_rows import Eyes, Review, ReviewLine, VersionState
from agent_desktop.ui import dates


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReviewWords", text)


def said(line: ReviewLine) -> str:
    """One thing that was done, with the note below it."""
    words = {
        Review.HANDED_IN: _tr("Handed in by {0}, {1}"),
        Review.GIVEN_BACK: _tr("Given back by {0}, {1}"),
        Review.PUBLISHED: _tr("Published by {0}, {1}"),
        Review.USED: _tr("Used again by {0}, {1}"),
    }
    head = words[line.what].format(line.agent or _tr("somebody who left"), dates.moment(line.at, inside=True))
    return f"{head}: {line.note}" if line.note else head


def remark(state: VersionState | None, number: int, reviews: Sequence[ReviewLine], eyes: Eyes) -> tuple[str, str]:
    """What stands above a version, and its tone; nothing where there is nothing to say.

    A draft that was given back says why; one that waits says what its author said, and who may publish it.
    """
    last = next((line for line in reviews if line.number == number and line.what is not Review.USED), None)
    if last is None:
        return "", ""
    if state is VersionState.DRAFT and last.what is Review.GIVEN_BACK:
        return said(last), "warn"
    if state is not VersionState.REVIEW:
        return "", ""
    rule = {
        Eyes.OTHERS: "",
        Eyes.OWN: _tr("You wrote it or handed it in, so somebody else who leads a team publishes it."),
        Eyes.ALONE: _tr("You wrote it, and nobody else here may publish scripts: so you may."),
        Eyes.FILE: _tr("In a file of one’s own nobody else needs to look it through: you may publish it."),
    }[eyes]
    return "\n".join(part for part in (said(last), rule) if part), "info"
