"""The E-model against worked values of G.107, and what is shown of a call's voice."""

import pytest

from agent_desktop.core import call_quality
from agent_desktop.telephony.messages import Voice


@pytest.mark.parametrize(
    ("rated", "score"),
    [(93.2062, 4.4094),
     (90, 4.3390), (80, 4.0240), (70, 3.5970), (60, 3.1000), (50, 2.5750), (0, 1), (-5, 1), (100, 4.5),
     (120, 4.5), (3, 1)],
)  # fmt: skip
def test_score_of_a_rating(rated: float, score: float) -> None:
    assert call_quality.mean_opinion_score(rated) == pytest.approx(score, abs=5e-5)


@pytest.mark.parametrize(
    ("delay", "loss", "constants", "rated", "score"),
    [
        (150, 2, (0, 25.1), 86.0254, 4.2299),
        (100, 1, (0, 4.3), 75.2755, 3.8337),
        (200, 0, (11, 19), 79.1556, 3.9917),
        (150, 2, (11, 19), 74.0365, 3.7801),
        (400, 0, (0, 25.1), 69.1299, 3.5559),
    ],
)
def test_rating_of_delay_and_loss(
    delay: float, loss: float, constants: tuple[float, float], rated: float, score: float
) -> None:
    found = call_quality.rating(delay, loss, constants)
    assert found == pytest.approx(rated, abs=1e-4)
    assert call_quality.mean_opinion_score(found) == pytest.approx(score, abs=1e-4)


def test_no_score_before_the_other_side_has_reported() -> None:
    quality = call_quality.of(Voice(codec="PCMA/8000", received=100))
    assert quality.mos is None
    assert quality.why_not == "no report yet"
    assert quality.grade == "unknown"


def test_no_score_for_a_wideband_codec() -> None:
    quality = call_quality.of(Voice(codec="G722/16000", received=100, round_trip_ms=20))
    assert quality.mos is None
    assert quality.why_not == "wideband"


def test_the_worse_direction_counts() -> None:
    ours = call_quality.of(Voice(codec="PCMA/8000", loss=0.05, loss_there=0.0, round_trip_ms=40))
    theirs = call_quality.of(Voice(codec="PCMA/8000", loss=0.0, loss_there=0.05, round_trip_ms=40))
    assert ours.mos == theirs.mos
    assert ours.loss == theirs.loss == 0.05


@pytest.mark.parametrize(("loss", "grade"), [(0.0, "good"), (0.06, "fair"), (0.15, "poor")])
def test_grades(loss: float, grade: str) -> None:
    assert call_quality.of(Voice(codec="PCMU/8000", loss=loss, round_trip_ms=40, buffer_ms=40)).grade == grade
