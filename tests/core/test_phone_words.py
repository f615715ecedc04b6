"""The phone in words: usable only while registered, and each reason for not being so told as itself."""

import pytest

from agent_desktop.core import phone_words
from agent_desktop.core.presence import PresenceKeeper
from agent_desktop.data.words import Presence
from agent_desktop.settings import Phone
from agent_desktop.telephony import messages as m
from agent_desktop.telephony.phone import PhoneState

WANTED = Phone(mode="account", user="1001", domain="pbx.example")


def state(*accounts: m.AccountRegistration, engine: str = "ready") -> PhoneState:
    """As the engine tells it: the first of the best speaks for all."""
    best = min(accounts, key=lambda one: ("registered", "registering", "failed", "unregistered").index(one.state))
    registration = m.RegistrationChanged(
        seq=1, at_us=0, accounts=accounts, account=best.account, state=best.state, code=best.code, reason=best.reason
    )
    return PhoneState(engine=engine, registration=registration, listen_port=5060)


def account(how: str, code: int = 0, name: str = "1001@pbx.example", **more: object) -> m.AccountRegistration:
    return m.AccountRegistration(account=name, state=how, code=code, server="pbx.example", **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("accounts", "usable", "badge"),
    [
        ([account("registered", 200)], True, "ready"),
        ([account("registering")], False, "registering"),
        ([account("failed", 408)], False, "failed"),
        ([account("unregistered")], False, "failed"),
        ([account("failed", 403), account("registered", 200, "b@c")], True, "ready"),
        ([account("failed", 403), account("registering", 0, "b@c")], False, "registering"),
    ],
)
def test_ready_needs_an_account_that_is_registered(
    accounts: list[m.AccountRegistration], usable: bool, badge: str
) -> None:
    shown = phone_words.view(state(*accounts), WANTED)
    assert (shown.usable, shown.state) == (usable, badge)
    keeper = PresenceKeeper(phone_usable=shown.usable)
    keeper.ask(Presence.READY)
    keeper.settle((), None)
    assert keeper.shown is (Presence.READY if usable else Presence.PAUSED)


def test_a_dead_engine_is_not_usable_whatever_it_said_last() -> None:
    assert not phone_words.view(state(account("registered", 200), engine="lost"), WANTED).usable


@pytest.mark.parametrize(
    ("code", "reason", "words"),
    [
        (403, "Forbidden", "refused: wrong password or account"),
        (408, "No answer", "no answer"),
        (503, "No network", "no network"),
        (503, "Connection refused", "Connection refused"),
        (m.NO_PASSWORD, "", "the password is not known"),
        (m.CERTIFICATE_UNTRUSTED, "", "nobody trusted vouches for the server’s certificate"),
        (m.CERTIFICATE_NAME, "", "the server’s certificate is for another name"),
        (m.CERTIFICATE_EXPIRED, "", "the server’s certificate is not valid now"),
        (m.CA_FILE, "", "the file of the certificate authority cannot be read"),
    ],
)
def test_why_not_is_told_in_words(code: int, reason: str, words: str) -> None:
    shown = phone_words.view(state(account("failed", code, reason=reason)), WANTED)
    assert shown.text == f"Not registered: {words}"


def test_every_code_of_ours_has_words_of_its_own() -> None:
    texts = {phone_words.view(state(account("failed", code)), WANTED).text for code in m.REGISTRATION_CODES}
    assert len(texts) == len(m.REGISTRATION_CODES)
    assert "Not registered: unknown reason" not in texts


def test_one_account_says_nothing_twice() -> None:
    shown = phone_words.view(state(account("failed", 408, reason="No answer", retry_s=4)), WANTED)
    assert (shown.text, shown.detail) == ("Not registered: no answer", "408 No answer. Tried again after 4 s")
    shown = phone_words.view(state(account("registered", 200)), WANTED)
    assert (shown.text, shown.detail) == ("SIP ready", "Registered with pbx.example")


def test_several_accounts_are_told_line_by_line() -> None:
    first = account("failed", 503, reason="Service Unavailable", retry_s=8)
    shown = phone_words.view(state(first, account("registered", 200, "2002@other")), WANTED)
    assert shown.detail.splitlines() == [
        "1001@pbx.example: Not registered: Service Unavailable. 503 Service Unavailable. Tried again after 8 s",
        "2002@other: Registered with pbx.example",
    ]
