"""What the PBX and its IVR said of calls, what of it is secret, and the map by which it is read."""

import datetime as dt
import uuid

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from agent_desktop.data.base import Base


class HandoffRule(Base):
    """Which header, channel variable or event of the PBX says what; before the rules that the program brings."""

    __tablename__ = "handoff_rule"
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(default=1)
    name: Mapped[str]  # in any case; with * at its end all that begin so
    field: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    form: Mapped[str] = mapped_column(default="text")
    secret: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)


class HandoffField(Base):
    """One thing that the PBX said of a call. What changes during the call is a row more; of a secret a mask only."""

    __tablename__ = "handoff_field"
    __table_args__ = (Index(None, "interaction_id", "at"),)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # derived from what was said when
    interaction_id: Mapped[uuid.UUID]
    linked_id: Mapped[str]
    pbx: Mapped[str]  # who said it
    at: Mapped[dt.datetime]
    name: Mapped[str]
    label: Mapped[str]
    value: Mapped[str]
    secret: Mapped[bool] = mapped_column(default=False)


class HandoffSecret(Base):
    """The value of a secret field, for a short time; read only through a function that writes down who did."""

    __tablename__ = "handoff_secret"
    __table_args__ = (Index(None, "at"), Index(None, "interaction_id"))
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)  # the field's
    interaction_id: Mapped[uuid.UUID]
    at: Mapped[dt.datetime]
    value: Mapped[str]
    sealed: Mapped[bool] = mapped_column(default=False)  # encrypted for whoever has the centre's private key


class HandoffWarning(Base):
    """A header that brought a secret to a desktop, which left it out: its name and when it came last."""

    __tablename__ = "handoff_warning"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[dt.datetime]
