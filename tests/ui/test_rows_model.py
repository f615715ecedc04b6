"""The list is driven as a user drives it; what it says about itself is read from outside."""

import msgspec
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from agent_desktop.ui import rows_model, theme
from agent_desktop.ui.rows_model import Column, RowsModel, Table


class Person(msgspec.Struct, frozen=True):
    id: int
    name: str
    calls: int = 0


COLUMNS = (
    Column[Person]("Name", lambda row: row.name, 120, stretch=True, tooltip=lambda row: row.name),
    Column[Person]("Calls", lambda row: str(row.calls), 80, number=True, icon=lambda row: ("phone", "text3")),
    Column[Person]("Extra", lambda row: "x" * row.calls, 300, rank=1, ticks=True),
)
PEOPLE = tuple(Person(number, f"Person {number}", number) for number in range(20))


@pytest.fixture
def view(qtbot: QtBot) -> Table:
    model = RowsModel(COLUMNS, PEOPLE)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    table = rows_model.table(model, "People")
    qtbot.addWidget(table)
    table.resize(600, 300)
    table.show()
    qtbot.waitExposed(table)
    return table


def test_same_rows_announce_only_what_differs(view: Table) -> None:
    ranges: list[tuple[int, int]] = []
    view.rows_model.dataChanged.connect(lambda a, b: ranges.append((a.row(), b.row())))
    changed = list(PEOPLE)
    for number in (3, 4, 9):
        changed[number] = replace(changed[number], calls=99)
    view.set_rows(changed)
    assert ranges == [(3, 4), (9, 9)]
    ranges.clear()
    view.set_rows([replace(person) for person in changed])
    assert ranges == []


@pytest.mark.parametrize(
    "arrange",
    [
        lambda rows: (Person(100, "New at the top"), *rows),
        lambda rows: (*rows, Person(100, "More at the end")),
        lambda rows: rows[:3] + rows[4:],
        lambda rows: tuple(reversed(rows)),
        lambda rows: (Person(101, "a"), rows[7], Person(102, "b")),
    ],
)
def test_the_chosen_row_stays_chosen(view: Table, arrange) -> None:
    view.choose(7)
    seen: list[Person] = []
    view.row_chosen.connect(seen.append)
    view.set_rows(arrange(PEOPLE))
    chosen = view.chosen()
    assert chosen is not None
    assert chosen.id == 7
    assert [index.row() for index in view.selectionModel().selectedRows()] == [view.rows_model.find(7)]
    assert seen == []


def test_what_points_at_a_row_follows_it_when_rows_change_places(view: Table) -> None:
    pointer = QPersistentModelIndex(view.rows_model.index(7, 1))
    view.set_rows(tuple(reversed(PEOPLE)))
    assert view.rows_model.rows[pointer.row()].id == 7
    assert pointer.column() == 1


def test_a_chosen_row_that_is_gone_leaves_nothing_chosen(view: Table) -> None:
    view.choose(7)
    seen: list[Person] = []
    view.row_chosen.connect(seen.append)
    view.set_rows([row for row in PEOPLE if row.id != 7])
    assert view.chosen() is None
    assert not view.selectionModel().hasSelection()
    assert seen == []
    view.choose(8)
    assert [row.id for row in seen] == [8]


def test_arrows_move_and_enter_opens(view: Table, qtbot: QtBot) -> None:
    view.setFocus(Qt.FocusReason.TabFocusReason)
    assert view.chosen() == PEOPLE[0]
    qtbot.keyClick(view, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.row_activated) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [PEOPLE[1]]
    qtbot.keyClicks(view, "p")
    assert view.chosen() == PEOPLE[1]


def test_columns_of_low_rank_make_room(view: Table) -> None:
    assert not view.isColumnHidden(2)
    view.resize(400, 300)
    assert view.isColumnHidden(2)
    view.resize(900, 300)
    assert not view.isColumnHidden(2)


def test_a_title_is_never_cut(qtbot: QtBot) -> None:
    title = "A title far longer than the forty pixels of its column"
    table = rows_model.table(RowsModel((Column[Person](title, lambda row: row.name, 40),), PEOPLE), "Long")
    qtbot.addWidget(table)
    assert table.columnWidth(0) > table.fontMetrics().horizontalAdvance(title)


@pytest.mark.parametrize("size", [100, 150])
def test_all_of_a_title_is_painted_in_each_text_size(qtbot: QtBot, qapp: QApplication, size: int) -> None:
    def ink() -> int:
        """How many columns of pixels the title takes."""
        image = head.grab().toImage()
        ground = image.pixelColor(image.width() - 2, 4).lightness()
        lines = range(2, image.height() - 3)
        return sum(
            any(abs(image.pixelColor(x, y).lightness() - ground) > 60 for y in lines) for x in range(image.width())
        )

    theme.apply(qapp, "light", size)
    column = Column[Person]("Abandon rate", lambda row: row.name, 10, number=True)
    table = rows_model.table(RowsModel((column,), PEOPLE), "Rates")
    qtbot.addWidget(table)
    table.resize(600, 200)
    table.show()
    head = table.horizontalHeader()
    painted = ink()
    head.resizeSection(0, 400)
    assert painted == ink()


def test_text_size_changes_row_height(view: Table, qapp: QApplication) -> None:
    assert view.rowHeight(0) == 34
    theme.apply(qapp, "light", 150)
    assert view.rowHeight(0) == 51


def test_right_to_left_mirrors_cells(view: Table, qapp: QApplication) -> None:
    def ink(image: QImage) -> tuple[int, int]:
        """Dark pixels in the left and right third of the name column's first row."""
        column = view.columnViewportPosition(0)
        width, height = view.columnWidth(0), view.rowHeight(0)
        background = theme.color("surface").lightness()
        dark = [
            x
            for x in range(column, column + width)
            for y in range(2, height - 2)
            if abs(image.pixelColor(x, y).lightness() - background) > 60
        ]
        return sum(x < column + width / 3 for x in dark), sum(x > column + width * 2 / 3 for x in dark)

    left, right = ink(view.viewport().grab().toImage())
    assert left
    assert not right
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    left, right = ink(view.viewport().grab().toImage())
    assert right
    assert not left


def test_tooltips_are_plain_text(view: Table) -> None:
    view.set_rows([Person(1, "<b>Bobby</b> & Tables")])
    tip = view.rows_model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in tip
    assert "&lt;b&gt;Bobby&lt;/b&gt; &amp; Tables" in tip


def test_screen_readers_hear_column_and_value(view: Table) -> None:
    assert view.accessibleName() == "People"
    assert view.rows_model.index(3, 1).data(Qt.ItemDataRole.AccessibleTextRole) == "Calls: 3"


def test_a_tick_repaints_running_columns_only(view: Table) -> None:
    columns: list[int] = []
    view.rows_model.dataChanged.connect(lambda a, b: columns.extend((a.column(), b.column())))
    view.rows_model.tick()
    assert columns == [2, 2]


def test_a_hundred_thousand_rows_swap_and_scroll(qtbot: QtBot) -> None:
    rows = [Person(number, f"Person {number}") for number in range(100_000)]
    asked: list[int] = []
    columns = (Column[Person]("Name", lambda row: asked.append(row.id) or row.name, 120, stretch=True),)
    table = rows_model.table(RowsModel(columns, rows), "Many")
    qtbot.addWidget(table)
    table.resize(400, 340)
    table.show()
    qtbot.waitExposed(table)
    table.grab()
    asked.clear()
    table.scrollTo(table.rows_model.index(90_000, 0))
    table.grab()
    assert 0 < len(asked) < 100  # only what is in sight is asked for
    with qtbot.waitSignal(table.near_end):
        table.scrollToBottom()
    assert table.rows_model.rowCount(QModelIndex()) == 100_000
