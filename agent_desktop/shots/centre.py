"""The centre: live board, what is behind its figures, staffing and reports."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from agent_desktop import clock, data
from agent_desktop.core.board_lists import IN_LEVEL, Behind
from agent_desktop.data import operations as op
from agent_desktop.data.ids import new_id
from agent_desktop.data.rows import Changed
from agent_desktop.data.staffing_rows import ShiftPart, ShiftRow
from agent_desktop.shots.studio import MARTA, Studio
from agent_desktop.ui.overlay import Overlay


class Centre:
    """Scenes of a busy day."""

    def __init__(self, studio: Studio):
        self.studio = studio

    def take(self) -> None:
        """All of them."""
        self.studio.act("board")
        self.studio.practice.switch.set_speed(8)
        self.studio.wait(6)
        self._colleagues()
        self.studio.take("board")
        self._what_if()
        self._behind_the_board()
        self._staffing()
        self._reports()
        for name in ("scripts", "knowledge"):
            self.studio.act(name)
            self.studio.wait(2)
            self.studio.take(name)

    def _what_if(self) -> None:
        """The board with two more agents in a queue."""
        self.studio.act("what_if")
        asked = self.studio.window.board_wiring.asked
        assert asked is not None
        asked.strip.now.agents.slider.setValue(2)
        self.studio.wait(2)
        self.studio.take("board-what-if")
        self.studio.act("what_if")

    def _colleagues(self) -> None:
        """What their desktops and whoever plans would have told: whom they talk with, and until when they work."""
        core = self.studio.window.core
        board, busy = core.live.board, tuple(core.live.board.busy())
        local = board.now().astimezone(board.zone)
        first = max(0, local.hour * 60 + local.minute - 6 * 60)
        shift = (ShiftPart(first, first + 4 * 60), ShiftPart(first + 4 * 60, first + 4 * 60 + 30, "break"))
        parts = (*shift, ShiftPart(first + 4 * 60 + 30, first + 8 * 60))
        at_us = clock.to_us(board.now())

        def tell(session: Any) -> None:
            data.shifts.save(session, [ShiftRow(agent, local.date(), 0, parts) for agent in board.agents])
            known = data.customers.listed(session, limit=len(busy))
            for number, (agent, customer) in enumerate(zip(busy, known, strict=False)):
                call, times = new_id(), {"started_us": at_us, "answered_us": at_us}
                whose: dict[str, Any] = (
                    {"customer_id": customer.id, "number": customer.phone} if number % 4 else {"number": MARTA}
                )
                header: dict[str, Any] = {
                    "agent_id": agent,
                    "interaction_id": call,
                    "at_us": at_us,
                    "direction": "inbound",
                } | times
                data.apply.apply(session, op.SaveInteraction(outcome=None, **header, **whose))
                data.apply.apply(session, op.SaveLeg(leg_id=new_id(), **header))

        core.store.write_now(tell, lambda _nothing: core.store.changed.emit(Changed(staffing=True)), _fail)
        self.studio.practice.switch.set_speed(1)
        self.studio.wait(12)  # whoever is in a call already is asked about again after ten seconds
        self.studio.practice.switch.set_speed(8)

    def _behind_the_board(self) -> None:
        """What its figures count, a chart in numbers, and an hour ago."""
        wiring, overlay = self.studio.window.board_wiring, Overlay.of(self.studio.window)
        wiring.open_visits(Behind(wiring.window_.core.live.board.queues[0], parts=IN_LEVEL))
        self.studio.wait(0.8)
        self.studio.take("board-visits")
        overlay.dismiss()
        wiring.open_table(0, None)
        self.studio.take("board-table")
        overlay.dismiss()
        self.studio.act("look_back")
        page = wiring.page
        assert page is not None
        for _ in range(3):
            QTest.keyClick(page.time.slider, Qt.Key.Key_PageDown)
        self.studio.wait(6, lambda: page.time.moment.text().count(":") == 2)
        self.studio.wait(1)
        self.studio.take("board-past")
        page.time.left.emit()

    def _staffing(self) -> None:
        """The running quarter hour with two more agents, and the day after tomorrow as needed."""
        self.studio.act("staffing")
        page = self.studio.window.staffing_wiring.page
        assert page is not None
        page.now.agents.slider.setValue(2)
        self.studio.wait(2)
        self.studio.take("staffing")
        page.view.choose(1)
        self.studio.wait(10, lambda: page.day.states.shown() == "content")
        self.studio.take("staffing-day")

    def _reports(self) -> None:
        """The last days by queue and quarter hour, and sending one by itself."""
        self.studio.act("reports")
        page = self.studio.window.reports_wiring.page
        assert page is not None
        self.studio.wait(10, lambda: page.states.shown() == "content")
        self.studio.wait(1)
        self.studio.take("reports")


def _fail(error: Exception) -> None:
    raise error
