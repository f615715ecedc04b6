"""The language of what the collector writes: the same translations as the desktop's, read without Qt."""

import json
import os
import subprocess
import sys

import msgspec

from agent_desktop import log, paths, told
from agent_desktop.core import figures
from agent_desktop.core.translation_file import BadTranslation, TranslationFile

WITHIN_S = 30.0
_ENGLISH = ("", "en")
_log = log.get("collector")


def speak(language: str) -> None:
    """Write texts, numbers and dates in this language from now on; where there is no translation of it, texts stay
    English, and only numbers and dates are its own.
    """
    if language in _ENGLISH:
        return
    found = _translation(language)
    if found is not None:
        told.set_translator(found.find)
    try:
        figures.set_style(_style(language))
    except (OSError, ValueError, subprocess.SubprocessError) as error:
        _log.info("numbers are written as in English: %s", error)


def _translation(language: str) -> TranslationFile | None:
    for name in dict.fromkeys((language, language.partition("_")[0])):
        try:
            return TranslationFile(paths.resource("i18n", f"agent_desktop_{name}.qm"))
        except FileNotFoundError:
            continue
        except (BadTranslation, OSError) as error:
            _log.info("no translation: %s", error)
    return None


def _style(language: str) -> figures.Style:
    """As Qt knows it, which a process of its own is asked for."""
    done = subprocess.run(
        [sys.executable, "-m", "agent_desktop.ui.report_print", "--style"],
        input=language.encode(),
        capture_output=True,
        timeout=WITHIN_S,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    return msgspec.convert(json.loads(done.stdout), figures.Style)
