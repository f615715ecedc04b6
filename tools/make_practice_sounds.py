"""Make resources/practice/*.wav: what practice callers say, spoken by espeak-ng; the results are committed.

16 kHz mono. Needs espeak-ng (a Debian package) on the path; its voices are GPL-3.0-or-later, as this program is.
"""

import shutil
import subprocess
import sys
import tempfile
import wave
from array import array
from pathlib import Path

RATE = 16_000
PEAK = 0.5  # of full scale: speech on a telephone is rarely louder
TAIL_S = 0.6  # a breath before the sentence comes again
FOLDER = Path(__file__).parent.parent / "resources" / "practice"

# name: (voice, words a minute, pitch, text)
SAYINGS = {
    "caller-en-1": (
        "en-gb",
        165,
        62,
        "Hello, I am calling about my last bill. It is twice as much as usual. Can you help me?",
    ),
    "caller-en-2": (
        "en-us",
        160,
        38,
        "Hi there. Nothing has worked here since this morning. When will somebody have a look?",
    ),
    "caller-en-3": (
        "en-gb-scotland",
        160,
        45,
        "Good day. I am moving house next month, and I would like to take my contract along.",
    ),
    "caller-pl-1": ("pl", 160, 60, "Dzień dobry, dzwonię w sprawie mojego rachunku. Czy może mi pani pomóc?"),
    "caller-de-1": ("de", 160, 42, "Guten Tag, ich habe eine Frage zu meiner letzten Rechnung. Können Sie mir helfen?"),
    "caller-es-1": ("es", 165, 58, "Buenos días, llamo porque no entiendo mi última factura. ¿Me puede ayudar?"),
    "callee-en-1": ("en-gb", 160, 50, "Hello? Yes, speaking. Thank you for calling back."),
}


def speak(voice: str, speed: int, pitch: int, text: str) -> "array[int]":
    """Samples at RATE, loudest one at PEAK, with a short tail of silence."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        command = ["espeak-ng", "-v", voice, "-s", str(speed), "-p", str(pitch), "-w", str(file), text]
        subprocess.run(command, check=True)
        with wave.open(str(file)) as said:
            rate = said.getframerate()
            source = array("h", said.readframes(said.getnframes()))
    smooth = [(a + 2 * b + c) / 4 for a, b, c in zip(source, source[1:], source[2:], strict=False)]  # less aliasing
    positions = (n * rate / RATE for n in range(int((len(smooth) - 1) * RATE / rate)))
    samples = [smooth[int(p)] + (smooth[int(p) + 1] - smooth[int(p)]) * (p % 1) for p in positions]
    gain = PEAK * 32767 / max(abs(sample) for sample in samples)
    return array("h", [round(sample * gain) for sample in samples] + [0] * int(TAIL_S * RATE))


def main() -> int:
    if shutil.which("espeak-ng") is None:
        print("espeak-ng is not installed: apt-get install espeak-ng", file=sys.stderr)
        return 1
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, (voice, speed, pitch, text) in SAYINGS.items():
        with wave.open(str(FOLDER / f"{name}.wav"), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(speak(voice, speed, pitch, text).tobytes())
        print(name)
    return 0


if __name__ == "__main__":
    sys.exit(main())
