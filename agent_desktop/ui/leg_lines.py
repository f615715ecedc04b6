"""One leg of an interaction in words: who, how it ended, what it was for, and how its voice travelled."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from agent_desktop.data.rows import LegRow
from agent_desktop.data.words import Outcome
from agent_desktop.ui import dates, voice_words, wording
from agent_desktop.ui.labels import Icon, elided, flowing, label, plain_tooltip
from agent_desktop.ui.layouts import column, row


def _tr(text: str) -> str:
    return QCoreApplication.translate("InteractionPanel", text)


def leg_lines(leg: LegRow) -> QWidget:
    """Time, who and how it ended; below it what the switch said; for an answered one how it sounded."""
    name, tone = wording.call_icon(leg.direction, leg.outcome)
    length = (leg.ended_at - leg.answered_at).total_seconds() if leg.ended_at and leg.answered_at else None
    head = row(
        label(dates.clock_time(leg.started_at), "small", "3", tabular=True),
        Icon(name, tone, 14),
        (elided(leg.agent or wording.phone(leg.remote), "small-b"), 1),
        label(wording.outcome(leg.outcome), "small", "bad" if leg.outcome is Outcome.MISSED else "2"),
        label(dates.duration(length), "small", "3", tabular=True),
    )
    body = column(head, flowing(" · ".join(_details(leg)), "small", "3"), spacing=2)
    if leg.answered_at is not None:
        body.addWidget(_voice(leg))
    result = QWidget()
    result.setLayout(body)
    return result


def _voice(leg: LegRow) -> QWidget:
    explained = voice_words.leg_explanation(leg)
    words = flowing(" · ".join(voice_words.leg_facts(leg)), "small", "3")
    result = QWidget()
    sign = [column(Icon(*voice_words.leg_look(leg), 14), None)] if leg.codec else []  # no bars beside a dash
    result.setLayout(row(*sign, (words, 1), spacing=6))
    result.setToolTip(plain_tooltip(explained))
    words.setAccessibleDescription(explained)
    return result


def _details(leg: LegRow) -> list[str]:
    details = [wording.phone(leg.remote)] if leg.agent and leg.remote else []
    if leg.purpose == "consult":
        details.append(_tr("consult"))
    if leg.referred_by:
        details.append(_tr("sent on by {0}").format(wording.breakable(leg.referred_by)))
    if leg.answered_at is not None:
        waited = dates.duration((leg.answered_at - leg.started_at).total_seconds())
        details.append(_tr("rang {0}").format(waited))
    if leg.hold_s >= 1:
        details.append(_tr("on hold {0}").format(dates.duration(leg.hold_s)))
    if leg.sip_code is not None and leg.sip_code >= 300:
        details.append(wording.ltr(f"SIP {leg.sip_code} {leg.sip_reason}".strip()))
    return details or [_tr("never connected")]
