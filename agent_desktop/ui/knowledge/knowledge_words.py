"""How knowledge is said: why an article is suggested, its language, whether it is still valid."""

from datetime import date

from PySide6.QtCore import QCoreApplication, QLocale

from agent_desktop.data.knowledge_rows import ArticleLine, Suggestion
from agent_desktop.ui.dates import date_text


def reason(found: Suggestion, queue_label: str) -> str:
    """Why, in a sentence: "Because the caller said “high bill” · for calls in Billing"."""
    parts = []
    if found.said:
        phrases = ", ".join(QCoreApplication.translate("knowledge", "“{0}”").format(words) for words in found.said[:3])
        if found.for_queue:
            words = QCoreApplication.translate("knowledge", "Because the caller chose {0} and said {1}")
            parts.append(words.format(queue_label, phrases))
        else:
            parts.append(QCoreApplication.translate("knowledge", "Because the caller said {0}").format(phrases))
    elif found.for_queue:
        parts.append(QCoreApplication.translate("knowledge", "For calls in {0}").format(queue_label))
    if found.ticket is not None:
        number, subject = found.ticket
        ticket = QCoreApplication.translate("knowledge", "ticket {0}: {1}").format(number, subject)
        parts.append(ticket if parts else ticket[:1].upper() + ticket[1:])
    return " · ".join(parts)


# Qt names the language of a country ("American English", "español de España"), which an article does not mean.
_NAMES = {"de": "Deutsch", "en": "English", "es": "español", "fr": "français", "pt": "português", "zh": "中文"}


def language(code: str) -> str:
    """A language in its own words: "polski"; the code where nobody knows it."""
    known = QLocale(code)
    if known.language() == QLocale.Language.C:
        return code
    return _NAMES.get(code) or known.nativeLanguageName() or code


def validity(line: ArticleLine, today: date) -> tuple[str, str]:
    """What is to be said of its validity, and the kind of tag; both empty for one that is valid without an end."""
    state = line.validity(today)
    if not line.published:
        return QCoreApplication.translate("knowledge", "Draft"), "warn"
    if state == "expired" and line.valid_until is not None:
        return QCoreApplication.translate("knowledge", "Expired {0}").format(date_text(line.valid_until)), "bad"
    if state == "early" and line.valid_from is not None:
        return QCoreApplication.translate("knowledge", "From {0}").format(date_text(line.valid_from)), "warn"
    if line.valid_until is not None:
        return QCoreApplication.translate("knowledge", "Until {0}").format(date_text(line.valid_until)), "true"
    return "", ""
