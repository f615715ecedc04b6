"""The tokens keep their promises: readable texts, visible borders, states that colour-blind people can tell apart."""

import itertools
import math

import pytest

from agent_desktop.ui import theme

STATES = ("ready", "talking", "ringing", "hold", "wrap_up", "paused", "offline")
PAIRS = [  # what is drawn, on what, and the least ratio (WCAG 2.2: 4.5 texts, 3 borders and icons)
    ("text", ("app", "surface", "subtle", "inset", "sel", "accent_bg", "hover"), 4.5),
    ("text2", ("app", "surface", "subtle", "inset", "sel", "ringing_bg", "hover", "warn_bg", "bad_bg"), 4.5),
    ("text3", ("app", "surface", "subtle", "inset", "sel", "ringing_bg"), 4.5),
    ("accent_text", ("surface", "accent_bg", "app"), 4.5),
    ("on", ("accent", "accent_hover", "ok_fill", "bad_fill"), 4.5),
    ("surface", ("text",), 4.5),  # tooltips
    ("surface", ("ringing",), 3.0),  # the bell on its disc
    ("field", ("surface", "app"), 3.0),
    ("focus", ("surface", "app"), 3.0),
    *((kind, ("surface", kind + "_bg", "app", "sel"), 4.5) for kind in ("ok", "warn", "bad", "info")),
    *((state, ("surface", state + "_bg", "sel"), 4.5) for state in STATES),
    *((state + "_fill", ("surface",), 3.0) for state in STATES),
    ("c1", ("surface",), 3.0),
    ("c3", ("surface",), 3.0),
    ("c4", ("surface",), 3.0),
]
# Machado, Oliveira, Fernandes 2009, "A Physiologically-based Model for Simulation of Color Vision Deficiency",
# severity 1.0, on linear RGB.
VISION = {
    "normal": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def linear(color: str) -> list[float]:
    values = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """WCAG 2 contrast ratio."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def lab(color: str, vision: str) -> tuple[float, float, float]:
    """CIE 1976 L*a*b* under D65 of a colour as seen with ``vision``."""
    seen = [
        min(1.0, max(0.0, sum(weight * value for weight, value in zip(row, linear(color), strict=True))))
        for row in VISION[vision]
    ]
    red, green, blue = seen
    xyz = (
        (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505,
        0.2126 * red + 0.7152 * green + 0.0722 * blue,
        (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089,
    )
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def test_ratio_of_black_on_white_is_21() -> None:
    assert ratio("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("mode", theme.TOKENS)
def test_every_pair_is_readable(mode: str) -> None:
    tokens = theme.TOKENS[mode]
    weak = [
        f"{front} on {back}: {ratio(tokens[front], tokens[back]):.2f} < {least}"
        for front, backs, least in PAIRS
        for back in backs
        if ratio(tokens[front], tokens[back]) < least
    ]
    assert not weak


@pytest.mark.parametrize("vision", VISION)
@pytest.mark.parametrize("mode", theme.TOKENS)
def test_states_differ_for_every_eye(mode: str, vision: str) -> None:
    tokens = theme.TOKENS[mode]
    told_apart = [state for state in STATES if state != "offline"]
    near = [
        f"{one}/{other}: {distance:.0f}"
        for one, other in itertools.combinations(told_apart, 2)
        if (distance := math.dist(lab(tokens[one + "_fill"], vision), lab(tokens[other + "_fill"], vision))) < 20
    ]
    assert not near


def test_both_modes_have_the_same_tokens() -> None:
    assert set(theme.TOKENS["light"]) == set(theme.TOKENS["dark"])
