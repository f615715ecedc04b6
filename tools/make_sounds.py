"""Writes resources/sounds: every sound of the program, computed here and nowhere recorded.

ring.wav           two rising notes and a pause, for the ring device
beep.wav           a short tone
caller-1/2/3.wav   wordless murmur of three voices, for the callers of the practice switch
"""

import math
import random
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


def beep() -> np.ndarray:
    t = np.arange(int(0.2 * RATE)) / RATE
    return np.sin(2 * math.pi * 1000 * t) * np.minimum(1.0, np.minimum(t, t[::-1]) * 100)


def murmur(pitch: float, size: float, seed: int, seconds: float = 6.0) -> np.ndarray:
    """Syllables of a pulse train through three moving resonances: a voice without words.

    ``pitch`` in hertz; ``size`` scales the resonances (a short throat is over 1).
    """
    draw = random.Random(seed)
    vowels = ((730, 1090, 2440), (270, 2290, 3010), (300, 870, 2240), (530, 1840, 2480), (570, 840, 2410))
    sound: list[np.ndarray] = []
    while sum(map(len, sound)) < seconds * RATE:
        for _ in range(draw.randint(4, 9)):
            sound.append(syllable(pitch * draw.uniform(0.85, 1.2), draw.choice(vowels), size, draw.uniform(0.1, 0.24)))
        sound.append(np.zeros(int(draw.uniform(0.2, 0.5) * RATE)))
    return np.concatenate(sound)[: int(seconds * RATE)]


def syllable(pitch: float, vowel: tuple[int, int, int], size: float, seconds: float) -> np.ndarray:
    n = int(seconds * RATE)
    t = np.arange(n) / n
    phase = np.cumsum(pitch * (1.08 - 0.16 * t)) / RATE
    source = np.diff(np.floor(phase), prepend=0.0)
    voiced = sum(resonance(source, hertz * size, 60 + hertz / 20) / (1 + order) for order, hertz in enumerate(vowel))
    return np.asarray(voiced) * np.sin(math.pi * t) ** 0.6


def resonance(source: np.ndarray, hertz: float, width: float) -> np.ndarray:
    """A two-pole filter, run sample by sample."""
    radius = math.exp(-math.pi * width / RATE)
    first, second = 2 * radius * math.cos(2 * math.pi * hertz / RATE), -radius * radius
    out = np.zeros(len(source))
    for n, value in enumerate(source):
        out[n] = value + first * (out[n - 1] if n else 0.0) + second * (out[n - 2] if n > 1 else 0.0)
    return out


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    write("ring.wav", ring(), folder)
    write("beep.wav", beep(), folder)
    for number, (pitch, size) in enumerate(((118.0, 1.0), (196.0, 1.16), (152.0, 1.08)), 1):
        write(f"caller-{number}.wav", murmur(pitch, size, number), folder)


if __name__ == "__main__":
    main()
