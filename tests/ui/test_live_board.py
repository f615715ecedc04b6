"""The live board: what it shows of a day, what it repaints, what the keyboard does, and that it fits."""

from collections.abc import Callable
from datetime import timedelta

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from agent_desktop import clock
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.alarms import Alarms, Level
from agent_desktop.core.alarms import Kind as AlarmKind
from agent_desktop.core.beside.shift_watch import Kept
from agent_desktop.core.beside.talk_watch import IN_A_CALL, Talk
from agent_desktop.core.board_views import AgentLine, Verdict
from agent_desktop.core.feed_health import FeedView, Flow
from agent_desktop.core.figures import Scope
from agent_desktop.data.agent_time_rows import AgentTime
from agent_desktop.data.desk_rows import TalkRow
from agent_desktop.ui import feed_words, theme
from agent_desktop.ui.agent_table import OVER
from agent_desktop.ui.live_board import LiveBoard
from agent_desktop.ui.queue_tiles import figure_tones
from tests.support import ui_audit
from tests.support.board_day import OPENS, BoardDay, Kind

Shown = Callable[..., QWidget]


@pytest.fixture
def day() -> BoardDay:
    return BoardDay().fill()


@pytest.fixture
def screen(shown: Shown, day: BoardDay) -> LiveBoard:
    return show(shown, day)


def show(shown: Shown, day: BoardDay, width: int = 1380, height: int = 848) -> LiveBoard:
    """As it stands beside the rail and below the top bar; its timer waits for ``second``."""
    live = LiveBoard()
    live.set_board(day.board)
    alarms = Alarms()
    alarms.look(day.board)
    live.set_alarms(alarms)
    shown(live, width, height)
    live._timer.stop()
    return live


def second(live: LiveBoard) -> None:
    """What one second of the timer does."""
    assert live._alarms is not None
    assert live._board is not None
    live._alarms.look(live._board)
    for _ in range(5):
        live._tick()
    QApplication.processEvents()


def lines(live: LiveBoard) -> tuple[AgentLine, ...]:
    return live.agents.model.rows


class Paints(QObject):
    """Counts paint events of a widget."""

    def __init__(self, widget: QWidget):
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


# ------------------------------------------------------------------------- shown


def test_every_queue_has_a_tile_that_says_its_figures(screen: LiveBoard, day: BoardDay) -> None:
    names = [view.accessibleName() for view in screen.tiles.views()]
    assert len(names) == 5
    tile = day.board.tile(day.queues[1])
    assert names[1].startswith(f"Outages: Below target, {tile.waiting} waiting, longest ")
    assert tile.service_level.text(0.8) in names[1]


def test_a_new_caller_is_on_the_tile_within_a_second(screen: LiveBoard, day: BoardDay) -> None:
    before = day.board.tile(day.queues[2]).waiting
    day.say(Kind.ENTERED, 2, 100_001, ago_s=65)
    second(screen)
    name = screen.tiles.views()[2].accessibleName()
    assert f"{before + 1} waiting, longest 1:05" in name


def test_the_failing_queue_is_announced_and_opened_with_its_agents(
    qtbot: QtBot, screen: LiveBoard, day: BoardDay
) -> None:
    assert screen.alert.isVisible()
    assert screen.alert.text.text().startswith("Outages is below target since 13:")
    qtbot.mouseClick(screen.alert.show_agents, Qt.MouseButton.LeftButton)
    assert {line.agent_id for line in lines(screen)} == day.board.members(day.queues[1])
    assert screen.charts[2].legend.accessibleName() == "Outages"
    assert screen.agents.table.hasFocus()
    qtbot.keyClick(screen.agents.table, Qt.Key.Key_Escape)
    assert len(lines(screen)) == 40


def test_nobody_free_is_said(screen: LiveBoard, day: BoardDay) -> None:
    for number, agent in enumerate(day.board.members(day.queues[1])):
        day.say(Kind.CONNECTED, 1, 100_000 + number, agent)
    second(screen)
    assert screen.alert.text.text().endswith("and no agent is free.")


def test_an_acknowledged_alarm_stays_away(qtbot: QtBot, screen: LiveBoard, day: BoardDay) -> None:
    while screen.alert.isVisible():
        qtbot.mouseClick(screen.alert.acknowledge, Qt.MouseButton.LeftButton)
    second(screen)
    assert not screen.alert.isVisible()


def test_all_alarms_are_acknowledged_at_once_and_figures_keep_their_colour(
    qtbot: QtBot, screen: LiveBoard, day: BoardDay
) -> None:
    assert len(screen._open_alarms()) > 1
    qtbot.mouseClick(screen.alert.acknowledge_all, Qt.MouseButton.LeftButton)
    second(screen)
    assert not screen.alert.isVisible()
    assert screen._alarms is not None
    assert [view._alarms for view in screen.tiles.views()] == [
        screen._alarms.passed().get(queue, {}) for queue in day.queues
    ]
    assert any(view._alarms for view in screen.tiles.views())
    screen.time.show()
    screen.show_alarms()
    assert not any(view._alarms for view in screen.tiles.views()), "alarms are of now"


OK, WARN, BAD = Verdict.OK, Verdict.WARN, Verdict.BAD
BREACH, WARNING = Level.BREACH, Level.WARNING
WAITING, LONGEST = AlarmKind.WAITING, AlarmKind.LONGEST_WAIT


@pytest.mark.parametrize(
    ("verdict", "waiting", "waited_s", "alarms", "tones"),
    [
        (OK, 3, 10, {}, ("text", "text", "text")),
        (OK, 12, 10, {WAITING: BREACH}, ("bad", "text", "text")),
        (OK, 2, 19, {LONGEST: WARNING, WAITING: WARNING}, ("warn", "warn", "text")),
        (WARN, 1, 21, {}, ("text", "warn", "text")),  # late: what is good is not coloured
        (WARN, 1, 40, {LONGEST: BREACH}, ("text", "bad", "text")),
        (WARN, 0, -1, {}, ("text", "text", "warn")),  # the running quarter of an hour is below
        (BAD, 0, -1, {}, ("text", "text", "bad")),
        (BAD, 1, 3, {WAITING: WARNING}, ("bad", "bad", "bad")),
    ],
)
def test_a_figure_has_the_colour_of_its_own_trouble(
    day: BoardDay,
    verdict: Verdict,
    waiting: int,
    waited_s: float,
    alarms: dict[AlarmKind, Level],
    tones: tuple[str, str, str],
) -> None:
    tile = msgspec.structs.replace(day.board.tile(day.queues[0]), verdict=verdict, waiting=waiting)
    assert figure_tones(tile, waited_s, alarms) == tones


def test_a_key_that_leads_to_the_agents_brings_them_up(screen: LiveBoard) -> None:
    screen.resize(1220, 420)
    QApplication.processEvents()
    screen.focus_filter()
    bar = screen._scroll.verticalScrollBar()
    assert bar.value() > 0
    assert screen.agents.table.visibleRegion().boundingRect().height() > 60


def test_agents_come_worst_first(screen: LiveBoard, day: BoardDay) -> None:
    over = [line.over_limit(day.now) for line in lines(screen)]
    assert over == sorted(over, reverse=True)
    assert any(over)
    assert not all(over)
    ready = [line.since for line in lines(screen) if line.state is AgentState.READY]
    assert ready == sorted(ready)  # the longest first


def test_chips_count_and_filter(qtbot: QtBot, screen: LiveBoard, day: BoardDay) -> None:
    chips = screen.agents.chips
    paused = sum(line.state is AgentState.PAUSED for line in lines(screen))
    assert chips._chips["paused"].accessibleName() == f"Paused {paused}"
    qtbot.mouseClick(chips._chips["paused"], Qt.MouseButton.LeftButton)
    assert {line.state for line in lines(screen)} == {AgentState.PAUSED}
    assert len(lines(screen)) == paused
    qtbot.mouseClick(chips._chips[OVER], Qt.MouseButton.LeftButton)
    assert all(line.over_limit(day.now) for line in lines(screen))


@pytest.mark.parametrize(("typed", "found"), [("wojcik", "Wójcik"), ("LOS", "Łoś"), ("ewa nov", None)])
def test_an_agent_is_found_without_accents(qtbot: QtBot, screen: LiveBoard, typed: str, found: str | None) -> None:
    qtbot.keyClick(screen, "/")
    assert screen.agents.finder.hasFocus()
    qtbot.keyClicks(screen.agents.finder, typed)
    if found is None:
        assert lines(screen) == ()
        assert screen.agents.nobody.isVisible()
    else:
        assert lines(screen)
        assert all(found in line.name for line in lines(screen))
    qtbot.keyClick(screen.agents.finder, Qt.Key.Key_Escape)
    assert len(lines(screen)) == 40


def test_figures_explain_themselves(screen: LiveBoard, day: BoardDay) -> None:
    view = screen.tiles.views()[1]
    words = view.explain_at(view.width() - 20, 60)
    assert "answered within 20 s ÷ (answered + abandoned)" in words
    assert "Europe/Warsaw" in words
    assert "Target: 80%" in words.splitlines()
    assert any(line.startswith("· Answered in time, of answered only: ") for line in words.splitlines())
    assert "Longest wait now" in view.explain_at(view.width() * 0.45, 60)
    assert "Waiting now" in view.explain_at(20, 60)
    level, offered, waiting = screen.charts
    noon = 12.1 * 3600
    assert "Window: 2026-11-21 12:00 to 2026-11-21 12:15" in level.explain_at(noon)
    assert offered.explain_at(noon).startswith("12:00: ")
    assert "waiting at 14:4" in waiting.explain_at(14.7 * 3600)
    assert level.explain_at(23 * 3600) == ""
    row = screen.agents.model
    assert "Formula:" in row.data(row.index(0, 8), Qt.ItemDataRole.ToolTipRole)


def test_charts_have_their_figures_in_words(screen: LiveBoard, day: BoardDay) -> None:
    level, offered, waiting = (chart.accessibleDescription() for chart in screen.charts)
    noon = next(bar for bar in day.board.intervals() if bar.label == "12:00")
    assert f"12:00 {noon.service_level.text(day.board.target())}" in level
    assert f"12:00: {noon.tally.entered} offered, {noon.tally.answered_in_time} in time" in offered
    assert waiting.count("up to") == 12


# ------------------------------------------------------------------------ changes


def test_only_what_changed_is_painted(screen: LiveBoard, day: BoardDay) -> None:
    second(screen)
    parts = [Paints(widget) for widget in (*screen.tiles.views(), *(chart.plot.viewport() for chart in screen.charts))]
    second(screen)
    assert [part.count for part in parts] == [0] * 8
    day.say(Kind.REFUSED, 4, 100_001)  # counts in a sum that no tile and one chart shows
    second(screen)
    day.say(Kind.ENTERED, 4, 100_002)
    second(screen)
    assert [part.count for part in parts[:5]] == [0, 0, 0, 0, 1]
    assert all(part.count for part in parts[6:])


def test_a_changed_agent_repaints_its_cells_and_moves_within_a_second(screen: LiveBoard, day: BoardDay) -> None:
    second(screen)
    place, line = next((at, one) for at, one in enumerate(lines(screen)[:8]) if one.state is not AgentState.TALKING)
    spy = QSignalSpy(screen.agents.model.dataChanged)
    day.say(Kind.CONNECTED, 0, 100_003, line.agent_id)
    screen._ticks = 0
    screen._tick()
    changed = {(spy.at(at)[0].row(), spy.at(at)[0].column(), spy.at(at)[1].column()) for at in range(spy.count())}
    assert (place, 1, 4) in changed
    assert {row for row, _, _ in changed} == {place}
    assert lines(screen)[place].state is AgentState.TALKING
    second(screen)
    assert [one.agent_id for one in lines(screen)].index(line.agent_id) != place


def test_talks_and_adherence_are_told_by_the_cell(screen: LiveBoard, day: BoardDay) -> None:
    """The caller's name, else the number; only cells that read differently are painted."""
    second(screen)
    model = screen.agents.model
    titles = [column.title for column in model.columns]
    talk, adherence = titles.index("On call with"), titles.index("Adherence")
    busy = [(place, line) for place, line in enumerate(lines(screen)) if line.state in IN_A_CALL][:2]
    free = next(place for place, line in enumerate(lines(screen)) if line.state is AgentState.READY)

    def cells(column: int, *places: int) -> list[str]:
        return [model.data(model.index(place, column)) for place in places]

    places = [place for place, _ in busy]
    assert cells(talk, *places, free) == ["–", "–", ""]
    said = (("Marta Kowalczyk", "+48601442190"), ("", "+48586201140"))
    known = {
        line.agent_id: Talk(TalkRow(line.agent_id, *who, over=False), line.since)
        for (_, line), who in zip(busy, said, strict=True)
    }
    spy = QSignalSpy(model.dataChanged)
    screen.agents.set_talks(known, known.keys())
    assert [(spy.at(at)[0].row(), spy.at(at)[0].column()) for at in range(spy.count())] == [(p, talk) for p in places]
    name, number = cells(talk, *places)
    assert name == "Marta Kowalczyk"
    assert "58 620 11 40" in number
    tooltip = model.data(model.index(places[0], talk), Qt.ItemDataRole.ToolTipRole)
    assert "Marta Kowalczyk" in tooltip
    assert "601 442 190" in tooltip

    who = busy[0][1].agent_id
    spy = QSignalSpy(model.dataChanged)
    kept = Kept({who: AgentTime(kept_us=3, planned_us=4)}, Scope(start=OPENS, end=day.now, zone=day.board.zone))
    day.now += timedelta(seconds=40)
    screen.agents.set_kept(kept)
    assert [(spy.at(at)[0].row(), spy.at(at)[0].column()) for at in range(spy.count())] == [(places[0], adherence)]
    assert cells(adherence, *places[:2]) == ["75%", "–"]
    tooltip = model.data(model.index(places[0], adherence), Qt.ItemDataRole.ToolTipRole)
    assert "planned time, breaks included" in tooltip
    assert "Worked out 0:40 ago" in tooltip
    screen.agents.set_kept(None)
    assert cells(adherence, places[0]) == ["–"]


@pytest.mark.parametrize(("width", "shown_columns"), [(1380, {"talk", "adherence"}), (1040, set())])
def test_what_stands_beside_the_counts_makes_way_first(
    shown: Shown, day: BoardDay, width: int, shown_columns: set[str]
) -> None:
    agents = show(shown, day, width).agents
    there = {column.key for at, column in enumerate(agents.model.columns) if not agents.table.isColumnHidden(at)}
    assert there & {"talk", "adherence"} == shown_columns
    assert {"talk", "adherence"} <= agents.column_names().keys()
    assert {"calls", "aht", "occupancy"} <= there


def test_what_comes_is_shown_when_it_comes(screen: LiveBoard, day: BoardDay) -> None:
    second(screen)
    view = screen.tiles.views()[2]
    before = day.board.tile(day.queues[2]).waiting
    day.say(Kind.ENTERED, 2, 100_020, ago_s=9)
    screen.fed()
    assert f"{before + 1} waiting" in view.accessibleName()
    day.say(Kind.ENTERED, 2, 100_021, ago_s=9)
    screen._fed_at = clock.monotonic() + 60  # a moment ago
    screen.fed()
    assert f"{before + 1} waiting" in view.accessibleName()
    screen._tick()
    assert f"{before + 2} waiting" in view.accessibleName()
    for number in range(90):
        day.say(Kind.ENTERED, number % 5, 100_050 + number)
    screen._fed_at = 0.0
    screen.fed()
    assert f"{before + 2} waiting" in view.accessibleName(), "a storm waits for its turn"
    second(screen)
    assert f"{before + 20} waiting" in view.accessibleName()


def test_charts_follow_with_the_third_tick_while_it_is_calm(screen: LiveBoard, day: BoardDay) -> None:
    second(screen)
    drawn: list[int] = []
    screen._show_chart = drawn.append  # type: ignore[method-assign]
    screen._ticks = 0
    day.say(Kind.ENTERED, 2, 100_030)
    for _ in range(3):
        screen._tick()
    assert sorted(drawn) == [0, 1, 2]
    drawn.clear()
    for _ in range(5):
        screen._tick()
    assert sorted(drawn) == [0, 1, 2], "without news once a second"


def test_in_a_storm_rows_follow_with_the_order_once_a_second(screen: LiveBoard, day: BoardDay) -> None:
    second(screen)
    spy = QSignalSpy(screen.agents.model.dataChanged)
    agents = [line.agent_id for line in lines(screen)[:6]]
    for number, agent in enumerate(agents):
        day.say(Kind.CONNECTED, 0, 100_010 + number, agent)
    for number in range(90):  # and so much else
        day.say(Kind.ENTERED, 3, 100_050 + number)
    screen._ticks = 0
    screen._tick()
    assert spy.count() == 0
    second(screen)
    shown = {line.agent_id: line for line in lines(screen)}
    assert [shown[agent] for agent in agents] == [day.board.agent_line(agent) for agent in agents]
    assert {shown[agent].state for agent in agents} == {AgentState.TALKING}


def test_outside_of_a_storm_everything_follows_at_once(screen: LiveBoard, day: BoardDay) -> None:
    second(screen)
    agents = [line.agent_id for line in lines(screen)[:6]]
    for number, agent in enumerate(agents):
        day.say(Kind.ENTERED, number % 5, 100_060 + number, ago_s=9)
        day.say(Kind.CONNECTED, 0, 100_070 + number, agent)
    screen._ticks = 0
    screen._tick()
    assert {line.state for line in lines(screen) if line.agent_id in agents} == {AgentState.TALKING}
    assert all(", 0 waiting" not in view.accessibleName() for view in screen.tiles.views())


def test_a_hidden_board_asks_for_nothing(screen: LiveBoard, day: BoardDay) -> None:
    screen._timer.start()
    screen.hide()
    assert not screen._timer.isActive()
    day.say(Kind.ENTERED, 0, 100_004, ago_s=3)
    assert "4 waiting" not in screen.tiles.views()[0].accessibleName()
    screen.show()
    assert screen._timer.isActive()
    waiting = day.board.tile(day.queues[0]).waiting
    assert f"{waiting} waiting" in screen.tiles.views()[0].accessibleName()


def test_the_choice_survives_new_orders(screen: LiveBoard, day: BoardDay) -> None:
    screen.agents.table.choose_first()
    chosen = screen.agents.table.chosen()
    for number, line in enumerate(lines(screen)[3:9]):
        day.say(Kind.CONNECTED, 0, 100_100 + number, line.agent_id)
    day.now += timedelta(minutes=11)
    second(screen)
    assert screen.agents.table.chosen().agent_id == chosen.agent_id


def test_a_queue_that_is_taken_away_is_no_longer_chosen(screen: LiveBoard, day: BoardDay) -> None:
    screen.choose_queue(day.queues[4])
    day.board.set_queues([day._queue(number) for number in range(4)])
    second(screen)
    assert len(screen.tiles.views()) == 4
    assert len(lines(screen)) == 40


# --------------------------------------------------------------------- empty, stale


def test_before_the_first_call_it_says_so(shown: Shown) -> None:
    day = BoardDay()
    live = show(shown, day)
    assert live._states.shown() == "message"
    for feed, title in ((AWAY[Flow.DATABASE_AWAY], "Nothing is known yet"), (FeedView(), "No calls yet today")):
        live.set_feed(feed)
        second(live)
        assert title in [label.text() for label in live._states.findChildren(QLabel)]
    day.say(Kind.ENTERED, 0, 1)
    second(live)
    assert live._states.shown() == "content"


AWAY = {
    Flow.DATABASE_AWAY: FeedView(Flow.DATABASE_AWAY, 83),
    Flow.COLLECTOR_AWAY: FeedView(Flow.COLLECTOR_AWAY, 83, collector="centre-1"),
    Flow.PBX_AWAY: FeedView(Flow.PBX_AWAY, 83, away=("one",), trouble="connection refused"),
}


@pytest.mark.parametrize("flow", AWAY)
def test_old_figures_are_grey_and_say_how_old_they_are(screen: LiveBoard, day: BoardDay, flow: Flow) -> None:
    parts = (*screen.tiles.views(), *(chart.plot for chart in screen.charts), screen.agents.table)
    before = [part.grab().toImage() for part in parts]
    assert not screen.banner.isVisible()
    screen.set_feed(AWAY[flow])
    assert screen.banner.isVisible()
    assert "1:23 old" in screen.banner.text.text()
    assert all("1 min old" in view.accessibleName() for view in screen.tiles.views())
    assert [chart.detail.text() for chart in screen.charts] == ["1 min old"] * 3
    assert screen.agents._title.text() == "Agents · 1 min old"
    assert all(part.grab().toImage() != was for part, was in zip(parts, before, strict=True))
    running = next(line for line in lines(screen) if line.state is AgentState.READY)
    shown, day.now = screen.agents._length(running), day.now + timedelta(minutes=5)
    assert screen.agents._length(running) == shown, "nobody knows whether it went on"
    day.now -= timedelta(minutes=5)
    screen.set_feed(FeedView())
    assert not screen.banner.isVisible()
    QApplication.processEvents()  # the room of the banner goes back to the table
    assert [part.grab().toImage() == was for part, was in zip(parts, before, strict=True)] == [True] * len(parts)


def test_each_outage_looks_and_reads_differently(screen: LiveBoard) -> None:
    seen = set()
    for view in AWAY.values():
        screen.set_feed(view)
        seen.add((feed_words.ICONS[view.flow], screen.banner.text.text(), screen.banner.advice.text()))
    assert len({icon for icon, _, _ in seen}) == len({text for _, text, _ in seen}) == 3
    assert len({advice for _, _, advice in seen}) == 3


def test_the_first_line_says_where_the_events_come_from(screen: LiveBoard, day: BoardDay) -> None:
    screen.set_feed(FeedView(Flow.LIVE, 0.4, reached=("one",), connected_at=OPENS, unknown=7, collector="centre-1"))
    assert screen.head.feed.text().startswith("Live from one, connected since 08:00, last event ")
    assert "does not know: 7" in screen.head.toolTip()
    day.now += timedelta(minutes=30)
    second(screen)
    assert not screen.banner.isVisible(), "a collector that is connected would have told"


def test_without_a_collector_silence_may_be_either(screen: LiveBoard, day: BoardDay) -> None:
    last = day.board.last_event_at
    assert last is not None
    day.now = last + timedelta(seconds=61)
    second(screen)
    assert screen.banner.text.text() == "No news from the queues for 1:01."
    day.say(Kind.ENTERED, 0, 100_005)
    second(screen)
    assert not screen.banner.isVisible()


# ------------------------------------------------------------------------ keyboard


def test_arrows_move_between_tiles_and_enter_opens_one(qtbot: QtBot, screen: LiveBoard, day: BoardDay) -> None:
    views = screen.tiles.views()
    views[0].setFocus()
    qtbot.keyClick(views[0], Qt.Key.Key_Right)
    assert views[1].hasFocus()
    stops = [bool(view.focusPolicy() & Qt.FocusPolicy.TabFocus) for view in views]
    assert stops == [False, True, False, False, False]
    qtbot.keyClick(views[1], Qt.Key.Key_Return)
    assert views[1].accessibleName().endswith(", chosen")
    assert screen.agents._title.text() == "Agents of Outages"
    qtbot.keyClick(views[1], Qt.Key.Key_Space)
    assert len(lines(screen)) == 40


def test_alarms_are_walked_through(qtbot: QtBot, screen: LiveBoard) -> None:
    alerts = screen._open_alarms()
    seen = []
    for _ in alerts:
        seen.append(screen._alarm_key)
        screen.next_alert()
    assert sorted(seen) == sorted(alert.key for alert in alerts)
    assert screen._alarm_key == seen[0]


# ------------------------------------------------------------------------- it fits


@pytest.mark.parametrize("size", [(1220, 668), (1380, 848)])
@pytest.mark.parametrize("text", [100, 150])
@pytest.mark.parametrize("queues", [1, 5, 7])
def test_nothing_is_clipped(qapp: QApplication, shown: Shown, size: tuple[int, int], text: int, queues: int) -> None:
    theme.apply(qapp, "light", text)
    live = show(shown, BoardDay(queues).fill(120), *size)
    assert ui_audit.everything(live) == []


def test_nothing_is_clipped_in_long_words_and_right_to_left(qapp: QApplication, shown: Shown) -> None:
    ui_audit.pseudo_translate(qapp)
    ui_audit.right_to_left(qapp)
    live = show(shown, BoardDay().fill(120), 1220, 668)
    live.set_feed(AWAY[Flow.PBX_AWAY])
    live.choose_queue(live._board.queues[1] if live._board else None)
    second(live)
    assert ui_audit.everything(live) == []
    tiles = live.tiles.views()
    assert tiles[0].x() > tiles[1].x()


def test_another_theme_is_another_picture(qapp: QApplication, shown: Shown) -> None:
    live = show(shown, BoardDay().fill(120))
    plots = [chart.plot for chart in live.charts]
    light = [plot.grab().toImage() for plot in (*plots, *live.tiles.views())]
    theme.apply(qapp, "dark")
    QApplication.processEvents()
    dark = [plot.grab().toImage() for plot in (*plots, *live.tiles.views())]
    assert all(one != other for one, other in zip(light, dark, strict=True))
    middle = theme.color("surface").lightness()
    assert dark[-1].pixelColor(60, 8).lightness() == middle
