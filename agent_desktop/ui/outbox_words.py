"""What waits to be sent or was refused, in words: what it was, and the text somebody typed."""

import msgspec
from PySide6.QtCore import QCoreApplication

from agent_desktop.data import operations as op
from agent_desktop.data.words import Presence, Priority, TicketStatus
from agent_desktop.ui import theme, wording
from agent_desktop.ui.actions import QT_TRANSLATE_NOOP

_KINDS = {  # icon, what it is
    op.SaveInteraction: ("phone", QT_TRANSLATE_NOOP("Outbox", "Call")),
    op.LinkCustomer: ("link", QT_TRANSLATE_NOOP("Outbox", "Whose call it was")),
    op.SaveLeg: ("clock", QT_TRANSLATE_NOOP("Outbox", "Times of a call")),
    op.SaveRecording: ("circle-dot", QT_TRANSLATE_NOOP("Outbox", "Recording")),
    op.SaveNote: ("square-pen", QT_TRANSLATE_NOOP("Outbox", "Note")),
    op.CompleteWrapUp: ("check", QT_TRANSLATE_NOOP("Outbox", "Wrap-up")),
    op.SaveCustomer: ("contact", QT_TRANSLATE_NOOP("Outbox", "Customer")),
    op.MergeCustomers: ("contact", QT_TRANSLATE_NOOP("Outbox", "Two customers become one")),
    op.UndoMerge: ("undo-2", QT_TRANSLATE_NOOP("Outbox", "Two customers are two again")),
    op.SetApart: ("users", QT_TRANSLATE_NOOP("Outbox", "Whether two customers are one person")),
    op.SetConsent: ("contact", QT_TRANSLATE_NOOP("Outbox", "Consent")),
    op.OpenTicket: ("ticket", QT_TRANSLATE_NOOP("Outbox", "New ticket")),
    op.UpdateTicket: ("ticket", QT_TRANSLATE_NOOP("Outbox", "Change of a ticket")),
    op.ScheduleCallback: ("phone-outgoing", QT_TRANSLATE_NOOP("Outbox", "Callback")),
    op.RecordIdentityAttempt: ("shield", QT_TRANSLATE_NOOP("Outbox", "Identity check")),
    op.SetIdentityAnswer: ("shield-check", QT_TRANSLATE_NOOP("Outbox", "What a customer is known by")),
    op.UseArticle: ("book-open", QT_TRANSLATE_NOOP("Outbox", "Use of an article")),
    op.SaveScriptRun: ("scroll-text", QT_TRANSLATE_NOOP("Outbox", "Answers of a script")),
    op.AddMissedCall: ("phone-missed", QT_TRANSLATE_NOOP("Outbox", "Missed call")),
    op.FinishWork: ("list", QT_TRANSLATE_NOOP("Outbox", "Entry of the work list")),
    op.SetPresence: ("circle-check", QT_TRANSLATE_NOOP("Outbox", "State")),
    op.RecordView: ("eye", QT_TRANSLATE_NOOP("Outbox", "For the audit: a page that was looked at")),
    op.RecordException: ("phone-outgoing", QT_TRANSLATE_NOOP("Outbox", "For the audit: why somebody was called")),
    op.RecordExport: ("download", QT_TRANSLATE_NOOP("Outbox", "For the audit: an export")),
}
_FIELDS = {
    "name": QT_TRANSLATE_NOOP("Outbox", "Name"),
    "account_number": QT_TRANSLATE_NOOP("Outbox", "Account number"),
    "organisation": QT_TRANSLATE_NOOP("Outbox", "Organisation"),
    "language": QT_TRANSLATE_NOOP("Outbox", "Language"),
    "time_zone": QT_TRANSLATE_NOOP("Outbox", "Time zone"),
    "address": QT_TRANSLATE_NOOP("Outbox", "Address"),
    "alert": QT_TRANSLATE_NOOP("Outbox", "Alert"),
    "tags": QT_TRANSLATE_NOOP("Outbox", "Tags"),
}


class Written(msgspec.Struct, frozen=True):
    """One write: its icon, what it is, and what was typed (empty where nothing was)."""

    icon: str
    title: str
    text: str = ""

    @property
    def whole(self) -> str:
        """For the clipboard."""
        return f"{self.title}\n{self.text}".strip()


def written(operation: op.AnyOperation | None) -> Written:
    """A write in words; None is one that this program cannot read."""
    if operation is None:
        return Written("circle-alert", _tr("Written by a newer version of this program"))
    icon, words = _KINDS[type(operation)]
    title, text = _tr(words), _typed(operation)
    about = _about(operation)
    return Written(icon, f"{title}: {about}" if about else title, text)


def _about(operation: op.AnyOperation) -> str:
    match operation:
        case op.SaveInteraction():
            return operation.display_name or operation.number or ""
        case op.SaveCustomer():
            return operation.fields.get("name", "")
        case op.OpenTicket():
            return operation.subject
        case op.ScheduleCallback() | op.AddMissedCall():
            return operation.number
        case op.SetPresence():
            known = operation.presence in set(Presence)
            state = theme.state_label(operation.presence) if known else operation.presence
            return f"{state} · {operation.reason}" if operation.reason else state
        case op.RecordExport():
            return operation.what
    return ""


def _typed(operation: op.AnyOperation) -> str:
    match operation:
        case op.SaveNote():
            return operation.text
        case op.CompleteWrapUp() | op.RecordException():
            return operation.reason
        case op.OpenTicket():
            return operation.body
        case op.UpdateTicket():
            status = operation.status if operation.status in set(TicketStatus) else None
            priority = operation.priority if operation.priority in set(Priority) else None
            said = (
                wording.ticket_status(TicketStatus(status)) if status else "",
                wording.priority(Priority(priority)) if priority else "",
                operation.comment,
            )
            return "\n".join(part for part in said if part)
        case op.ScheduleCallback():
            return operation.note
        case op.SaveCustomer():
            fields = [f"{_tr(_FIELDS.get(name, name))}: {value}" for name, value in operation.fields.items()]
            numbers = [number for _key, number, _label in (*operation.phones_added, *operation.phones_changed)]
            addresses = [address for _key, address in (*operation.emails_added, *operation.emails_changed)]
            return "\n".join((*fields, *numbers, *addresses))
    return ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("Outbox", text)
