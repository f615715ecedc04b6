"""The tiles of all queues, in rows of equal width: as many side by side as there is room for."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from agent_desktop.core.alarms import Kind, Level
from agent_desktop.core.board_views import QueueTile
from agent_desktop.core.figures import Figure
from agent_desktop.ui.queue_tiles import TileView

GAP = 10


class TileGrid(QWidget):
    """All tiles in rows of equal width; as many side by side as there is room for. Arrows move between them.

    Signals: pressed(queue_id); figure_pressed(queue_id, place), as TileView says.
    """

    pressed = Signal(object)
    figure_pressed = Signal(object, int)

    def __init__(self) -> None:
        super().__init__()
        self._tiles: dict[UUID, TileView] = {}
        self._age = ""
        self._takes = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(QCoreApplication.translate("tiles", "Queues"))

    def set(self, tiles: Sequence[QueueTile], now: datetime, waited: Sequence[Figure]) -> None:
        """These queues in this order, and no others."""
        if [tile.queue.id for tile in tiles] != list(self._tiles):
            for view in self._tiles.values():
                view.hide()
                view.deleteLater()
            self._tiles = {tile.queue.id: self._view(tile) for tile in tiles}
            if tiles:
                self._entered(tiles[0].queue.id)
            self.updateGeometry()
            self._arrange()
        for tile, figure in zip(tiles, waited, strict=True):
            self.set_one(tile, now, figure)

    def set_one(self, tile: QueueTile, now: datetime, waited: Figure) -> None:
        """New figures of one queue."""
        view = self._tiles.get(tile.queue.id)
        if view is not None:
            view.set(tile, now, waited)

    def set_age(self, age: str) -> None:
        """They are this old, in words, and grey; empty: up to date."""
        self._age = age
        for view in self._tiles.values():
            view.set_age(age)

    def set_alarms(self, alarms: Mapping[UUID, Mapping[Kind, Level]]) -> None:
        """Which thresholds are passed, by queue; queues that are not named have none."""
        for key, view in self._tiles.items():
            view.set_alarms(alarms.get(key, {}))

    def set_takes(self, on: bool) -> None:
        """Whether whoever looks at them may take waiting calls."""
        self._takes = on
        for view in self._tiles.values():
            view.takes = on

    def choose(self, queue_id: UUID | None) -> None:
        """Mark one tile; None: none."""
        for key, view in self._tiles.items():
            view.set_chosen(key == queue_id)

    def views(self) -> tuple[TileView, ...]:
        return tuple(self._tiles.values())

    def _view(self, tile: QueueTile) -> TileView:
        view = TileView(tile)
        view.setParent(self)
        view.set_age(self._age)
        view.takes = self._takes
        view.pressed.connect(self.pressed)
        view.figure_pressed.connect(self.figure_pressed)
        view.entered.connect(self._entered)
        view.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        view.show()
        return view

    # ------------------------------------------------------------------ keys

    def _entered(self, queue_id: UUID) -> None:
        """One tab stop for all tiles: the one that had the focus last."""
        for key, view in self._tiles.items():
            view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if key == queue_id else Qt.FocusPolicy.ClickFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        views = self.views()
        at = next((place for place, view in enumerate(views) if view.hasFocus()), None)
        per_row = self._per_row(self.width())[0]
        side = -1 if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else 1
        steps = {Qt.Key.Key_Left: -side, Qt.Key.Key_Right: side, Qt.Key.Key_Up: -per_row, Qt.Key.Key_Down: per_row}
        step = steps.get(Qt.Key(event.key()))
        if at is None or step is None:
            super().keyPressEvent(event)
        elif 0 <= at + step < len(views):
            views[at + step].setFocus(Qt.FocusReason.OtherFocusReason)

    # ---------------------------------------------------------------- layout

    def _per_row(self, width: int) -> tuple[int, bool]:
        """How many side by side, and whether as compact tiles: if they do not all fit in one row.

        Spread so that the last row is not left with one.
        """
        count = max(1, len(self._tiles))
        compact = (width + GAP) // (TileView.narrowest(compact=False) + GAP) < count
        fit = max(1, min(count, (width + GAP) // (TileView.narrowest(compact=compact) + GAP)))
        rows = -(-count // fit)
        return -(-count // rows), compact

    def heightForWidth(self, width: int) -> int:
        per_row, compact = self._per_row(width)
        rows = -(-len(self._tiles) // per_row)
        return max(0, rows * (TileView.height_of(compact=compact) + GAP) - GAP)

    def hasHeightForWidth(self) -> bool:
        return True

    def sizeHint(self) -> QSize:
        width = self.width() or TileView.narrowest(compact=False) * max(1, len(self._tiles))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(TileView.narrowest(compact=True) if self._tiles else 0, self.heightForWidth(self.width()))

    def _arrange(self) -> None:
        if not self._tiles:
            return
        per_row, compact = self._per_row(self.width())
        height = TileView.height_of(compact=compact)
        each = (self.width() - GAP * (per_row - 1)) / per_row
        for number, view in enumerate(self._tiles.values()):
            line, place = divmod(number, per_row)
            left, right = round(place * (each + GAP)), round(place * (each + GAP) + each)
            spot = QRect(left, line * (height + GAP), right - left, height)
            view.set_compact(compact)
            view.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), spot))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
        if self.height() != self.heightForWidth(self.width()):
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self.updateGeometry()
            self._arrange()
