"""One module a claim; each has ``figures()``, which measures ours against a floor in the same run."""

from typing import Any

PART = "main-job"


def figure(
    name: str,
    value: float,
    unit: str,
    *,
    limit: float,
    n: int,
    floor: float | None = None,
    most_ratio: float | None = None,
    part: str = PART,
) -> dict[str, Any]:
    """One figure: ok when ``value`` ≤ ``limit`` and, if wanted, ``value / floor`` ≤ ``most_ratio``."""
    ratio = value / floor if floor else None
    ok = value <= limit and (most_ratio is None or (ratio is not None and ratio <= most_ratio))
    rounded = None if ratio is None else round(ratio, 3)
    return {
        "part": part, "name": name, "value": round(value, 4), "unit": unit, "limit": limit, "floor": floor,
        "ratio": rounded, "n": n, "ok": ok,
    }  # fmt: skip
