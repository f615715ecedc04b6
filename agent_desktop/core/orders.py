"""What somebody who leads us has ordered is done at this desk too, and said in words."""

from PySide6.QtCore import QCoreApplication

from agent_desktop.core.session import Session
from agent_desktop.core.views import Notice
from agent_desktop.data.presence_moves import By
from agent_desktop.data.supervision_rows import OrderRow
from agent_desktop.data.words import Presence, RequestKind


def obey(session: Session, order: OrderRow) -> None:
    """Pause or sign off, after the call and wrap-up that are under way; the PBX was asked by whoever ordered it."""
    if order.kind is RequestKind.PAUSE:
        session.own.ask(Presence.PAUSED, order.reason, By.SUPERVISOR)
        words = QCoreApplication.translate("orders", "{0} has paused you")
    elif order.kind is RequestKind.LOG_OUT:
        session.own.ask(Presence.OFFLINE, order.reason, By.SUPERVISOR)
        words = QCoreApplication.translate("orders", "{0} has signed you out of your queues")
    else:
        return
    said = words.format(order.by or QCoreApplication.translate("orders", "A supervisor"))
    session.notice.emit(Notice(f"{said}: {order.reason}" if order.reason else said, "warn"))
