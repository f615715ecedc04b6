"""The phone that an administrator gave to somebody, put into the settings of the desk where they sit."""

import msgspec

from agent_desktop.core.centre import Centre
from agent_desktop.data.admin_rows import PhoneRecord
from agent_desktop.data.centre_rows import AgentRow
from agent_desktop.settings import Phone


def given(centre: Centre, agent: AgentRow | None) -> PhoneRecord | None:
    """The account this person was given and that is in use; None when their own settings count."""
    if agent is None:
        return None
    return next((phone for phone in centre.phones if phone.id == agent.id and phone.active), None)


def applied(phone: Phone, record: PhoneRecord) -> Phone:
    """The settings with that account as the first one; devices, further accounts and the rest stay.

    The password is in nobody's record: the desk asks for it once and keeps it in its keyring.
    """
    values = {
        "mode": "account",
        "domain": record.server,
        "user": record.account,
        "auth_user": record.auth_user,
        "transport": record.transport,
        "proxy": record.proxy,
        "srtp": record.srtp,
    }
    return msgspec.convert(msgspec.to_builtins(phone) | values, Phone)
