"""Writes resources/sounds/ring.wav and alarm.wav: struck bars, computed here and nowhere recorded."""

import math
import sys
import wave
from pathlib import Path

import numpy as np

RATE = 16_000
FOLDER = Path(__file__).parents[1] / "resources" / "sounds"


def write(name: str, samples: np.ndarray, folder: Path) -> None:
    """16 bit, mono, 16 kHz; the loudest sample at a third of full scale."""
    loudest = float(np.abs(samples).max())
    data = (samples / loudest * 11_000).astype("<i2")
    with wave.open(str(folder / name), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(data.tobytes())


def note(hertz: float, seconds: float) -> np.ndarray:
    """A struck bar: three partials that fade at their own speed."""
    t = np.arange(int(seconds * RATE)) / RATE
    partials = ((1.0, 1.0, 4.0), (2.76, 0.35, 9.0), (5.4, 0.12, 16.0))
    sound = sum(loud * np.sin(2 * math.pi * hertz * ratio * t) * np.exp(-fade * t) for ratio, loud, fade in partials)
    return np.asarray(sound) * np.minimum(1.0, t * 200)


def ring() -> np.ndarray:
    """Two seconds, to be repeated."""
    sound = np.zeros(2 * RATE)
    for at, hertz in ((0.0, 659.3), (0.16, 880.0), (0.5, 659.3), (0.66, 880.0)):
        one = note(hertz, 0.9)
        start = int(at * RATE)
        sound[start : start + len(one)] += one[: len(sound) - start]
    return sound


def alarm() -> np.ndarray:
    """Two falling notes and silence: nobody takes them for a call."""
    sound = np.zeros(3 * RATE)
    for at, hertz in ((0.0, 523.3), (0.22, 415.3)):
        one = note(hertz, 1.2)
        start = int(at * RATE)
        sound[start : start + len(one)] += one
    return sound


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write("ring.wav", ring(), folder)
    write("alarm.wav", alarm(), folder)


if __name__ == "__main__":
    main()
