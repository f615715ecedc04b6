"""Words and icons for the stored vocabularies: channels, outcomes, ticket states, priorities, languages."""

import re

from PySide6.QtCore import QCoreApplication, QLocale, Qt

from agent_desktop import numbers
from agent_desktop.data.identity_rows import Question
from agent_desktop.data.words import Direction, Likeness, MatchKind, Outcome, Priority, TicketStatus


def _tr(text: str) -> str:
    return QCoreApplication.translate("wording", text)


def outcome(value: Outcome) -> str:
    words = {
        Outcome.ANSWERED: _tr("Answered"),
        Outcome.TRANSFERRED: _tr("Transferred"),
        Outcome.BUSY: _tr("Busy"),
        Outcome.NO_ANSWER: _tr("No answer"),
        Outcome.FAILED: _tr("Failed"),
        Outcome.REJECTED: _tr("Declined"),
        Outcome.REFUSED: _tr("Turned away"),
        Outcome.ELSEWHERE: _tr("Taken by a colleague"),
        Outcome.MISSED: _tr("Missed"),
        Outcome.CANCELLED: _tr("Cancelled"),
        Outcome.IN_PROGRESS: _tr("In progress"),
    }
    return words[value]


def phone(number: str) -> str:
    """A stored number as people read it, kept left to right; empty stays empty."""
    return ltr(numbers.display(number, "")) if number else ""


def phone_label(label: str) -> str:
    """What kind a number is: of the words that every form offers the translation, else as somebody wrote it."""
    known = {"mobile": _tr("Mobile"), "home": _tr("Home"), "work": _tr("Work"), "other": _tr("Other")}
    return known.get(label.casefold(), label.capitalize())


def call_icon(direction: Direction, ended: Outcome | None) -> tuple[str, str]:
    """Icon and tone of a call; red only for a caller who reached nobody."""
    if ended in (Outcome.MISSED, Outcome.REFUSED):
        return "phone-missed", "bad"
    if ended in (Outcome.FAILED, Outcome.BUSY, Outcome.REJECTED):
        return "phone-off", "text2"
    return ("phone-outgoing" if direction is Direction.OUTBOUND else "phone-incoming"), "text2"


def channel(name: str) -> str:
    """The word for one contact on a Channel value or "ticket"; an unknown one is shown as it is."""
    words = {
        "call": _tr("Call"),
        "email": _tr("E-mail"),
        "chat": _tr("Chat"),
        "sms": _tr("SMS"),
        "note": _tr("Note"),
        "ticket": _tr("Ticket"),
    }
    return words.get(name, name)


CHANNEL_ICONS = {
    "call": "phone", "email": "mail", "chat": "message-square", "sms": "message-square-text", "note": "sticky-note",
    "ticket": "ticket",
}  # fmt: skip


def ticket_status(value: TicketStatus) -> str:
    words = {
        TicketStatus.NEW: _tr("New"),
        TicketStatus.OPEN: _tr("Open"),
        TicketStatus.WAITING: _tr("Waiting"),
        TicketStatus.SOLVED: _tr("Solved"),
        TicketStatus.CLOSED: _tr("Closed"),
    }
    return words[value]


TICKET_TAGS = {
    TicketStatus.NEW: "info", TicketStatus.OPEN: "info", TicketStatus.WAITING: "warn", TicketStatus.SOLVED: "ok",
    TicketStatus.CLOSED: "true",
}  # fmt: skip


def priority(value: Priority) -> str:
    words = {
        Priority.LOW: _tr("Low"),
        Priority.NORMAL: _tr("Normal"),
        Priority.HIGH: _tr("High"),
        Priority.URGENT: _tr("Urgent"),
    }
    return words[value]


def match_kind(value: MatchKind) -> str:
    """Why a customer is offered for a caller; a match of the last digits only is called a guess."""
    words = {
        MatchKind.ACCOUNT: _tr("Account number"),
        MatchKind.EXACT: _tr("Same number"),
        MatchKind.EXTENSION: _tr("Extension"),
        MatchKind.SUFFIX: _tr("A guess"),
    }
    return words[value]


def likeness(value: Likeness) -> str:
    """Why two customers may be one person."""
    words = {
        Likeness.EMAIL: _tr("same e-mail"),
        Likeness.NUMBER: _tr("same number"),
        Likeness.NAME: _tr("same name and organisation"),
    }
    return words[value]


def language(code: str) -> str:
    """The name of a BCP 47 language ("pl" is Polish); a code Qt does not know is shown as it is."""
    found = QLocale(code.replace("-", "_")).language() if code else QLocale.Language.C
    if found == QLocale.Language.C:
        return code
    if QLocale().language() in (QLocale.Language.English, QLocale.Language.C):
        return QLocale.languageToString(found)
    return QLocale(code.replace("-", "_")).nativeLanguageName()  # Qt has English names and each language's own


def identity_question(question: Question) -> str:
    """What a caller is asked to be known by."""
    words = {
        Question.BIRTH: _tr("Date of birth"),
        Question.WORD: _tr("Security word"),
        Question.ADDRESS: _tr("Address"),
        Question.ACCOUNT: _tr("Last four of the account number"),
        Question.PHONE: _tr("Another number on record"),
        Question.EMAIL: _tr("E-mail address"),
    }
    return words[question]


def voice_pin() -> str:
    """Among what was right."""
    return _tr("Voice PIN in IVR")


def ltr(text: str) -> str:
    """A number or an address, kept left to right inside right-to-left text (Unicode isolates)."""
    return f"\u2066{text}\u2069" if text else ""


def isolated(text: str, direction: Qt.LayoutDirection) -> str:
    """Text for a painter: in a right-to-left interface its own direction decides how it reads ("14 Nov 10:32")."""
    return f"\u2068{text}\u2069" if direction == Qt.LayoutDirection.RightToLeft else text


def breakable(text: str) -> str:
    """The same text with invisible breaks in very long words, so that a label can wrap a name of 300 letters."""
    return re.sub(r"\S{24,}", lambda word: "\u200b".join(re.findall(r".{1,4}", word[0])), text)
