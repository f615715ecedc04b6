"""What the cards of import and export are made of: a progress bar, the mapping of columns, counts, and reasons."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QProgressBar, QScrollArea, QSizePolicy, QStackedWidget, QWidget

from agent_desktop.data.exchange.entry import Entry
from agent_desktop.data.exchange.headings import SKIP, TARGETS, Column
from agent_desktop.data.exchange.source import meaning
from agent_desktop.data.exchange.table_file import entry_of
from agent_desktop.ui import theme, wording
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.labels import Label, elided, label
from agent_desktop.ui.layouts import clear_layout, column, row


def _tr(text: str) -> str:
    return QCoreApplication.translate("exchange", text)


def target_name(target: str) -> str:
    """What a column can be, in words."""
    return {
        SKIP: _tr("(left out)"),
        "name": _tr("Name"),
        "prefix": _tr("Title"),
        "first_name": _tr("First name"),
        "middle_name": _tr("Middle name"),
        "last_name": _tr("Last name"),
        "suffix": _tr("Suffix of the name"),
        "organisation": _tr("Organisation"),
        "account_number": _tr("Account number"),
        "phone": _tr("Phone number"),
        "phone_label": _tr("Kind of phone number"),
        "email": _tr("E-mail address"),
        "address": _tr("Address, whole"),
        "street": _tr("Street"),
        "postal_code": _tr("Postal code"),
        "city": _tr("Town"),
        "state": _tr("State or region"),
        "country": _tr("Country"),
        "language": _tr("Language"),
        "time_zone": _tr("Time zone"),
        "alert": _tr("Note to the agent"),
        "tags": _tr("Tags"),
    }[target]


class ProgressBar(QProgressBar):
    """How much is done, 0..1."""

    def __init__(self, name: str):
        super().__init__()
        self.setAccessibleName(name)
        self.setRange(0, 1000)
        self.setTextVisible(False)
        theme.size(self, fixed_height=8)

    def set_share(self, share: float) -> None:
        self.setValue(round(share * 1000))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        box = QRectF(self.rect())
        radius = box.height() / 2
        painter.setBrush(theme.color("subtle"))
        painter.drawRoundedRect(box, radius, radius)
        width = max(box.height(), box.width() * self.value() / 1000)
        left = box.right() - width if self.layoutDirection() == Qt.LayoutDirection.RightToLeft else box.left()
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(left, box.top(), width, box.height()), radius, radius)


class Pages(QStackedWidget):
    """Pages of which only the one that is shown says how high it is: Qt's own asks them all."""

    def sizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.sizeHint() if page is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def hasHeightForWidth(self) -> bool:
        page = self.currentWidget()
        return page is not None and page.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        page = self.currentWidget()
        return page.heightForWidth(width) if page is not None else -1


def scrolled(content: QWidget, height: int) -> QScrollArea:
    """A list that scrolls by itself, by keyboard too."""
    area = QScrollArea()
    area.setWidget(content)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    theme.size(area, fixed_height=height)
    return area


def _named(text: str, tone: str = "") -> Label:
    """What stands at the beginning of a line, all of one width."""
    result = elided(text, "body-b", tone)
    result.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
    theme.size(result, fixed_width=190)
    return result


class Mapping(QWidget):
    """Each column with what stands in it and what it means. Signal: changed()."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._columns: list[Column] = []
        self._rows: list[list[str]] = []
        self.choices: list[Choice] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        holder = QWidget()
        holder.setLayout(column(self._grid, None, spacing=0, margins=(0, 0, 8, 0)))
        self.area = scrolled(holder, 236)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setLayout(column(self.area))

    def set_columns(self, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
        """The columns as guessed, and the cells of the first rows."""
        self._columns, self._rows = list(columns), [list(cells) for cells in rows]
        self.choices = []
        clear_layout(self._grid)
        for at, each in enumerate(self._columns):
            heading = _named(each.heading.strip() or self.tr("Column {0}").format(at + 1))
            cells = [cells[at].strip() for cells in self._rows if at < len(cells) and cells[at].strip()]
            sample = elided("  ·  ".join(cells[:3]), "small", "2")
            choice = Choice(self.tr("Meaning of the column {0}").format(heading.text()))
            for target in (SKIP, *TARGETS):
                choice.addItem(target_name(target), target)
            choice.choose(each.target)
            theme.size(choice, fixed_width=200)
            choice.currentIndexChanged.connect(lambda _index, at=at: self._choose(at))
            self.choices.append(choice)
            for place, widget in enumerate((heading, sample, choice)):
                self._grid.addWidget(widget, at, place)

    def columns(self) -> tuple[Column, ...]:
        """The columns as they are meant now."""
        return tuple(self._columns)

    def entries(self) -> list[Entry]:
        """The first customers as they would be."""
        return [entry_of((0, cells, ""), self._columns) for cells in self._rows]

    def _choose(self, at: int) -> None:
        self._columns[at] = meaning(self._columns[at], str(self.choices[at].currentData() or SKIP))
        self.changed.emit()


class Preview(QWidget):
    """The first customers, a line each."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = column(spacing=3)
        self.setLayout(self._lines)

    def set_entries(self, entries: Sequence[Entry], most: int) -> None:
        clear_layout(self._lines)
        for entry in entries[:most]:
            said = (
                *(entry.organisation, entry.account_number),
                *(wording.phone(number) for number, _label in entry.phones),
                *entry.emails,
                *(entry.address.replace("\n", ", "), entry.alert, ", ".join(entry.tags)),
            )
            name = _named(entry.name or entry.trouble or self.tr("(no name)"), "" if entry.name else "bad")
            rest = elided("  ·  ".join(part for part in said if part), "small", "2")
            self._lines.addLayout(row(name, (rest, 1), spacing=12))


class Counts(QWidget):
    """Four figures side by side."""

    def __init__(self) -> None:
        super().__init__()
        self._figures = {}
        cells = []
        for key, name, tone in (
            ("new", self.tr("New"), "ok"),
            ("updated", self.tr("Completed"), "info"),
            ("duplicate", self.tr("Known already"), ""),
            ("rejected", self.tr("Rejected"), "bad"),
        ):
            self._figures[key] = (label("0", "h1", tabular=True), name, tone)
            cells.append((column(self._figures[key][0], label(name, "small", "2"), spacing=0), 1))
        self.setLayout(row(*cells, spacing=12))

    def set_counts(self, counts: dict[str, int]) -> None:
        for key, (figure, name, tone) in self._figures.items():
            figure.setText(QLocale().toString(counts[key]))
            figure.set_tone(tone if counts[key] else "3")
            figure.setAccessibleName(f"{name}: {counts[key]}")
