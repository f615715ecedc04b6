"""Customers whom agents hand to a menu of the PBX, and what comes of it."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import Index, func, text
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class IvrHandover(Base):
    """One handing over; its id is that of the request to the PBX. Digits are counted here, never kept."""

    __tablename__ = "ivr_handover"
    __table_args__ = (Index(None, "interaction_id"), Index(None, "agent_id", "at"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(server_default=func.now())
    interaction_id: Mapped[uuid.UUID]
    agent_id: Mapped[uuid.UUID | None]
    menu: Mapped[str]
    amount: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="asked", server_default="asked")
    step: Mapped[str] = mapped_column(default="", server_default="")
    digits: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    reference: Mapped[str] = mapped_column(default="", server_default="")
    answers: Mapped[dict[str, Any]] = mapped_column(
        default=dict, server_default=text("'{}'")
    )  # of a survey, by question
    told_at: Mapped[dt.datetime | None]  # by the PBX's clock
    ended_at: Mapped[dt.datetime | None]
