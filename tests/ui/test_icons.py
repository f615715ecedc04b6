"""Every icon name in the source exists, and is drawn as Lucide draws it."""

import ast
from pathlib import Path

import lucide
import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

import agent_desktop
from agent_desktop.ui import actions, icons, theme
from tests.conftest import ExpectedLog

SOURCE = Path(agent_desktop.__file__).parent / "ui"  # only it draws
KNOWN = frozenset(lucide.get_icon_list())
# Where the functions that draw icons take the name: position of the argument, or its keyword.
TAKES = {
    "Icon": 0, "pixmap": 0, "icon": 0, "ToolButton": 0, "Disc": 0, "Mark": 0, "set_icon": 0,
    "Button": 1, "bar_button": 1, "chip": 1, "note": 2,
}  # fmt: skip


def literals(node: ast.expr) -> list[str]:
    """The strings an expression may give: itself, or either arm of a condition."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.IfExp):
        return literals(node.body) + literals(node.orelse)
    return []


def used_icons(file: Path) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        where = f"{file.relative_to(SOURCE)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            position = TAKES.get(name)
            if position is not None and len(node.args) > position:
                found += [(text, where) for text in literals(node.args[position])]
            for keyword in node.keywords:
                if keyword.arg == "icon":
                    found += [(text, where) for text in literals(keyword.value)]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Dict):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any("ICONS" in getattr(target, "id", "") for target in targets):
                found += [(text, where) for value in node.value.values for text in literals(value)]
    return [(text, where) for text, where in found if text]


def test_every_icon_in_the_source_exists() -> None:
    used = [entry for file in SOURCE.rglob("*.py") for entry in used_icons(file)]
    assert len(used) > 60, "the search no longer finds what it should"
    assert not [f"{name} in {where}" for name, where in used if name not in KNOWN]


def test_icons_of_tables_exist() -> None:
    named = [action.icon for action in actions.TABLE] + list(theme.STATE_ICONS.values())
    assert not [name for name in named if name not in KNOWN]


def test_an_icon_takes_the_colour_of_its_token(qapp: object) -> None:
    image: QImage = icons.pixmap("square", "bad", 24, ratio=1.0, stroke=4.0).toImage()
    colors = {image.pixelColor(x, 12).name().upper() for x in range(24) if image.pixelColor(x, 12).alpha() == 255}
    assert colors == {theme.hex_of("bad")}


@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_an_icon_is_sharp_on_dense_screens(qapp: object, ratio: float) -> None:
    pixmap = icons.pixmap("phone", "text", 16, ratio=ratio)
    assert (pixmap.width(), pixmap.devicePixelRatio()) == (16 * ratio, ratio)


def test_icons_are_lucides_with_another_stroke(qapp: object) -> None:
    by_lucide = QSvgRenderer(QByteArray(str(lucide.lucide_icon("phone", stroke_width="3", stroke="#000000")).encode()))
    drawn = QImage(24, 24, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    by_lucide.render(painter)
    painter.end()
    ours = icons.pixmap("phone", "text", 24, ratio=1.0, stroke=3.0).toImage()
    alphas = [(image.pixelColor(x, y).alpha()) for image in (drawn, ours) for y in range(24) for x in range(24)]
    assert alphas[:576] == alphas[576:]
    assert max(alphas) == 255


def test_an_unknown_icon_is_logged_and_empty(qapp: object, expected_log: ExpectedLog) -> None:
    expected_log("there is no icon no-such-icon")
    assert not icons.pixmap("no-such-icon", "text", 16, ratio=1.0).toImage().pixelColor(8, 8).alpha()
