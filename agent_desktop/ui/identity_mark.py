"""In the call bar: whether the caller has shown who they are, to whom, when and how."""

from collections.abc import Mapping
from uuid import UUID

from agent_desktop.core.identity_check import IdentityMark
from agent_desktop.data.identity_rows import CheckLine
from agent_desktop.ui import dates
from agent_desktop.ui.call_parts import Mark
from agent_desktop.ui.identity_box import how_words
from agent_desktop.ui.labels import plain_tooltip

_LOOKS = {
    "verified": ("shield-check", "ok"),
    "open": ("shield", "paused"),
    "exhausted": ("shield-alert", "warn"),
    "failed": ("shield-x", "bad"),
    "ivr_passed": ("shield-check", "ok"),
    "ivr_failed": ("shield-alert", "warn"),
}


class IdentityBadge(Mark):
    """A mark beside the caller's name; hidden where nobody asks who callers are and the menu said nothing."""

    def __init__(self) -> None:
        super().__init__("shield", "paused", "")
        self._marks: Mapping[UUID, IdentityMark] = {}
        self._call: UUID | None = None
        self.hide()

    def set(self, marks: Mapping[UUID, IdentityMark]) -> None:
        """How it stands with the callers there are, by interaction."""
        self._marks = marks
        self._show()

    def show_for(self, interaction_id: UUID | None) -> None:
        """Whose call stands beside it; None: it stands nowhere."""
        self._call = interaction_id
        self._show()

    def _show(self) -> None:
        mark = self._marks.get(self._call) if self._call is not None else None
        self.setVisible(mark is not None)
        if mark is None:
            return
        self.set_look(*_LOOKS[mark.state])
        word = {
            "verified": self.tr("Verified"),
            "open": self.tr("Not verified"),
            "exhausted": self.tr("Not verified"),
            "failed": self.tr("Check failed"),
            "ivr_passed": self.tr("Verified in IVR"),
            "ivr_failed": self.tr("Not verified in IVR"),
        }[mark.state]
        self.set_word(word)
        explained = "\n".join(self._lines(mark))
        self.setToolTip(plain_tooltip(f"{word}\n{explained}" if explained else word))
        self.setAccessibleDescription(explained)

    def _lines(self, mark: IdentityMark) -> list[str]:
        lines = []
        if mark.pin_passed is not None:
            said = self.tr("Voice PIN passed in IVR") if mark.pin_passed else self.tr("Voice PIN not passed in IVR")
            lines.append(f"{said}, {mark.pin_at}" if mark.pin_at else said)
        lines += [self._asked(line) for line in mark.asked]
        return lines or [self.tr("Nothing has been asked yet.")]

    def _asked(self, line: CheckLine) -> str:
        went = self.tr("{0}: right") if line.right else self.tr("{0}: wrong")
        how = self.tr("compared by the program") if line.compared else self.tr("judged by who asked")
        return ", ".join(
            part for part in (went.format(how_words(line.question)), line.agent, dates.clock_time(line.at), how) if part
        )
