"""Colours, fonts and sizes: design tokens become a QPalette, one style sheet and a few functions painters ask.

State icons, words and colours go together: colour is never the only carrier of a meaning.
"""

import re
from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from agent_desktop import paths

TOKENS: dict[str, dict[str, str]] = {
    "light": {
        "app": "#F4F5F7", "surface": "#FFFFFF", "subtle": "#F1F3F6", "inset": "#F8F9FB", "hover": "#EDF0F4",
        "pressed": "#E2E6EC", "line": "#E3E7EC", "line2": "#CDD4DD", "field": "#838D9C",
        "text": "#141A22", "text2": "#465162", "text3": "#5F6A7B", "disabled": "#9AA4B2",
        "accent": "#2A5BD7", "accent_hover": "#2450BF", "accent_text": "#2450BF", "accent_bg": "#E9EFFD",
        "on": "#FFFFFF", "sel": "#E4ECFD", "focus": "#2A5BD7",
        "ok": "#00724F", "ok_bg": "#E2F4EC", "warn": "#8F5200", "warn_bg": "#FCF0DA",
        "bad": "#B3261E", "bad_bg": "#FCE8E6", "info": "#1B5FAF", "info_bg": "#E4EFFB",
        "ok_fill": "#007A55", "bad_fill": "#C0271D",
        "ready": "#00724F", "talking": "#1B5FAF", "ringing": "#7A3DB8", "hold": "#8F5200", "wrap_up": "#A3265F",
        "paused": "#5B6675", "offline": "#5F6A7B",
        "ready_bg": "#E2F4EC", "talking_bg": "#E4EFFB", "ringing_bg": "#F2E9FB", "hold_bg": "#FCF0DA",
        "wrap_up_bg": "#FBE7F0", "paused_bg": "#EEF1F4", "offline_bg": "#F1F3F6",
        "ready_fill": "#189A5F", "talking_fill": "#0B45C2", "ringing_fill": "#6B2B86", "hold_fill": "#BA8608",
        "wrap_up_fill": "#7A1238", "paused_fill": "#8791A0", "offline_fill": "#8791A0",
        "c1": "#1B6FC2", "c2": "#8DBDEB", "c3": "#D55E00", "c4": "#7A3DB8", "cfill": "#1B6FC226",
    },
    "dark": {
        "app": "#0D1014", "surface": "#15191F", "subtle": "#1C2129", "inset": "#11151A", "hover": "#222833",
        "pressed": "#2A313D", "line": "#252B35", "line2": "#39424F", "field": "#6A7586",
        "text": "#E9EDF3", "text2": "#B1BBC9", "text3": "#8E99AA", "disabled": "#5A6473",
        "accent": "#3B69E0", "accent_hover": "#3561D6", "accent_text": "#8FB0FF", "accent_bg": "#1A2644",
        "on": "#FFFFFF", "sel": "#1D2B4D", "focus": "#8FB0FF",
        "ok": "#4CC79A", "ok_bg": "#10291F", "warn": "#EBB055", "warn_bg": "#2E2310",
        "bad": "#FF8A7E", "bad_bg": "#3A1A18", "info": "#74B4F5", "info_bg": "#12263B",
        "ok_fill": "#0B7F5A", "bad_fill": "#C8372C",
        "ready": "#4CC79A", "talking": "#74B4F5", "ringing": "#C9A0F5", "hold": "#EBB055", "wrap_up": "#F28DB8",
        "paused": "#A3AEBD", "offline": "#8E99AA",
        "ready_bg": "#10291F", "talking_bg": "#12263B", "ringing_bg": "#271A38", "hold_bg": "#2E2310",
        "wrap_up_bg": "#351A28", "paused_bg": "#20262F", "offline_bg": "#1C2129",
        "ready_fill": "#A5E6C8", "talking_fill": "#4B9AEA", "ringing_fill": "#9540EA", "hold_fill": "#D9901F",
        "wrap_up_fill": "#CF3560", "paused_fill": "#8892A2", "offline_fill": "#6A7586",
        "c1": "#5AA5EE", "c2": "#2F5C8C", "c3": "#F08A3C", "c4": "#C9A0F5", "cfill": "#5AA5EE2E",
    },
}  # fmt: skip

STATE_ICONS = {
    "ready": "circle-check", "talking": "phone", "ringing": "bell-ring", "hold": "circle-pause",
    "wrap_up": "square-pen", "paused": "coffee", "offline": "circle-dashed",
}  # fmt: skip

_TYPE: dict[str, tuple[int, int, float]] = {  # role: px, weight, letter spacing in percent
    "caption": (11, 400, 0.0),
    "overline": (11, 600, 2.0),
    "small": (12, 400, 0.0),
    "small-b": (12, 600, 0.0),
    "body": (13, 400, 0.0),
    "body-b": (13, 600, 0.0),
    "say": (15, 400, 0.0),
    "title": (15, 600, -0.5),
    "h1": (20, 600, -1.0),
    "metric": (26, 600, -1.5),
}
_FAMILIES = ["Inter", "Segoe UI", "Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans CJK JP"]
_SETTERS: dict[str, Callable[[QWidget, int], object]] = {
    "fixed_width": QWidget.setFixedWidth, "fixed_height": QWidget.setFixedHeight,
    "minimum_width": QWidget.setMinimumWidth, "minimum_height": QWidget.setMinimumHeight,
    "maximum_width": QWidget.setMaximumWidth, "maximum_height": QWidget.setMaximumHeight,
}  # fmt: skip

mode = "light"
scale = 1.0


def hex_of(token: str) -> str:
    """The present mode's value of a token, ``#RRGGBB``."""
    return TOKENS[mode][token][:7]


def color(token: str) -> QColor:
    """The present mode's colour of a token; eight-digit tokens carry their alpha last. Shared: not to be changed."""
    return _color(mode, token)


@lru_cache(maxsize=256)
def _color(in_mode: str, token: str) -> QColor:
    value = TOKENS[in_mode][token]
    result = QColor(value[:7])
    if len(value) == 9:
        result.setAlpha(int(value[7:], 16))
    return result


def px(logical: float) -> int:
    """A size that grows with the user's text size."""
    return round(logical * scale)


@lru_cache(maxsize=128)
def _font(role: str, tabular: bool, at_scale: float) -> QFont:
    size, weight, spacing = _TYPE[role]
    font = QFont()
    font.setFamilies(_FAMILIES)
    font.setPixelSize(max(8, round(size * at_scale)))
    font.setWeight(QFont.Weight(weight))
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 100 + spacing)
    hinting = QFont.HintingPreference
    font.setHintingPreference(hinting.PreferNoHinting if size >= 20 else hinting.PreferVerticalHinting)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def font(role: str = "body", *, tabular: bool = False) -> QFont:
    """The font of a type role; ``tabular`` digits all have one width (every number that changes)."""
    return _font(role, tabular, scale)


@lru_cache(maxsize=64)
def sized_font(pixels: int, weight: int = 600) -> QFont:
    """A font of any size, its digits of equal width: for pictures that grow with their window, not with the text."""
    result = QFont(_font("metric", True, 1.0))
    result.setPixelSize(max(6, pixels))
    result.setWeight(QFont.Weight(weight))
    return result


def state_label(state: str) -> str:
    """The word for a presence or call state, translated."""
    words = {
        "ready": QCoreApplication.translate("state", "Ready"),
        "talking": QCoreApplication.translate("state", "Talking"),
        "ringing": QCoreApplication.translate("state", "Ringing"),
        "hold": QCoreApplication.translate("state", "On hold"),
        "wrap_up": QCoreApplication.translate("state", "Wrap-up"),
        "paused": QCoreApplication.translate("state", "Paused"),
        "offline": QCoreApplication.translate("state", "Offline"),
    }
    return words[state]


def system_mode() -> str:
    """What the desktop asks for, where it says so; light otherwise."""
    return "dark" if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def apply(app: QApplication, chosen: str, text_size: int = 100) -> None:
    """Dress the whole application. ``chosen`` is light, dark or system; ``text_size`` a percentage."""
    global mode, scale
    mode = system_mode() if chosen == "system" else chosen
    before, scale = scale, text_size / 100
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(font())
    app.setPalette(_palette())
    sheet = _style_sheet()
    if app.styleSheet() != sheet:  # even the same one is laid out anew in every widget
        app.setStyleSheet(sheet)
    if before != scale:
        _rescale(app)


def dress(widget: QWidget, role: str = "body", *, tabular: bool = False) -> None:
    """Give ``widget`` the font of a type role, also after the text size changes."""
    widget.setProperty("type_role", f"{role} tabular" if tabular else role)
    widget.setFont(font(role, tabular=tabular))


def restyle(widget: QWidget, **properties: object) -> None:
    """Set style-sheet properties and have the style look again; does nothing if none changed."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    _refont(widget)
    widget.update()


def size(widget: QWidget, **sizes: float) -> None:
    """Sizes in logical px that follow the text size: fixed_width, minimum_height, maximum_width and so on."""
    widget.setProperty("type_sizes", {**(widget.property("type_sizes") or {}), **sizes})
    for name, logical in sizes.items():
        _SETTERS[name](widget, px(logical))


def _rescale(app: QApplication) -> None:
    """Fonts and sizes given to single widgets do not follow the application's, and a new style sheet
    brings back the fonts from before it: set them again after it.
    """
    for widget in app.allWidgets():
        _refont(widget)
        for name, logical in (widget.property("type_sizes") or {}).items():
            _SETTERS[name](widget, px(logical))


def _refont(widget: QWidget) -> None:
    """The font of its role in the present text size: a style that looks at a widget again brings back its first one."""
    role = widget.property("type_role")
    if role:
        name, _, tabular = role.partition(" ")
        widget.setFont(font(name, tabular=bool(tabular)))
        if isinstance(widget, QPlainTextEdit):  # its placeholder is painted in the viewport's own font
            widget.viewport().setFont(widget.font())


def _palette() -> QPalette:
    palette, role = QPalette(), QPalette.ColorRole
    roles = {
        role.Window: "app", role.WindowText: "text", role.Base: "surface", role.AlternateBase: "inset",
        role.Text: "text", role.Button: "surface", role.ButtonText: "text", role.Highlight: "accent",
        role.HighlightedText: "on", role.PlaceholderText: "text3", role.ToolTipBase: "text",
        role.ToolTipText: "surface", role.Link: "accent_text", role.Mid: "line2", role.Light: "surface",
        role.Dark: "line2", role.Shadow: "line2", role.Accent: "accent", role.BrightText: "bad",
    }  # fmt: skip
    for key, token in roles.items():
        palette.setColor(key, color(token))
    for key in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, color("disabled"))
    return palette


def _style_sheet() -> str:
    sheet = paths.resource("theme", "style.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"@(\d+)px", lambda match: f"{px(int(match[1]))}px", sheet)
    sheet = sheet.replace("@ICONS", paths.resource("theme", mode).as_posix())  # it takes images from files only
    return re.sub(r"@([a-z_0-9]+)", lambda match: TOKENS[mode].get(match[1], match[0]), sheet)
