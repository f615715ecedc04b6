"""A map of headers, the samples of several vendors, secrets, and what nobody should ever send."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.telephony import headers, sip_message
from agent_desktop.telephony.header_map import (
    DEFAULT,
    MAX_FIELDS,
    MAX_TEXT,
    HandoffField,
    HeaderMap,
    HeaderRule,
    entries,
    field_name,
    is_secret,
)
from agent_desktop.telephony.user_to_user import Form

Said = list[tuple[str, str]]
PD = HeaderMap((HeaderRule("User-to-User", "data", form=Form.WITH_DISCRIMINATOR),))
PACKED = HeaderMap((HeaderRule("User-to-User", "pairs", form=Form.USER_TO_USER),
                    HeaderRule("User-to-User.acct", "account")))  # fmt: skip


# Avaya, Genesys (Cloud and SIP Server), PureConnect, AudioCodes, Cisco, VICIdial, Asterisk.
@pytest.mark.parametrize(
    ("own", "sent", "uui", "ucid", "fields"),
    [
        ((), [("User-to-User", "00FA080019001038F725B3;encoding=hex")],
         "00FA080019001038F725B3", "00025000160955721139", {}),
        ((), [("User-to-User", "04C8063132333435FA080001000A5A7E3F10;encoding=hex")],
         "04C8063132333435FA080001000A5A7E3F10", "00001000101518223120", {}),
        (PD.rules, [("User-to-User", "5531323334;encoding=hex;purpose=isdn-uui;content=isdn-uui")], "1234", None, {}),
        (PD.rules, [("User-to-User", "31323334;pd=55;encoding=hex;purpose=isdn-uui")], "1234", None, {}),
        ((), [("x-User-To-User", "0431323334;encoding=hex")], "0431323334", None, {}),
        ((), [("x-User-To-User", "31323334;encoding=hex")], "1234", None, {}),
        ((), [("x-User-to-User", "plain words;encoding=ascii")], "plain words", None, {}),
        ((), [("X-UserToUser", "3939")], "99", None, {}),
        ((), [("User-to-User", "3132;encoding=hex, 3334;encoding=hex"), ("user-to-user", "ab c;encoding=text")],
         "12, 34, ab c", None, {}),
        (PACKED.rules, [("User-to-User", "616363743D343437313B74696572 3D676F6C64".replace(" ", "") + ";encoding=hex")],
         None, None, {"account": "4471", "tier": "gold"}),
        ((), [("X-Genesys-CallUUID", "4BOKLLA3VH66JF112M1CC9VHKS14F0KP"), ("X-Genesys-strategy-id", "7")],
         None, None, {"call_reference": "4BOKLLA3VH66JF112M1CC9VHKS14F0KP", "strategy_id": "7"}),
        ((), [("Cisco-Guid", "0617634560-4074705-1073741824-3232235786"), ("Diversion", "<sip:+48221@x>;reason=x")],
         None, None, {"call_reference": "0617634560-4074705-1073741824-3232235786", "called_number": "+48221"}),
        ((), [("X-VICIDIAL-Lead-Id", "1047"), ("x-vicidial-campaign-id", "WINBACK")],
         None, None, {"lead": "1047", "campaign": "WINBACK"}),
        ((), [("X-IVR-Language", "pl"), ("X-ACCOUNT", "4471"), ("X-IVR-Account", "9"), ("X-Intent", "high_bill")],
         None, None, {"language": "pl", "account": "4471", "intent": "high_bill"}),
        ((), [("X-Handoff", '{"account":"77","intent":"moves","tries":2,"deep":{"a":[1]}}')],
         None, None, {"account": "77", "intent": "moves", "tries": "2", "deep": '{"a":[1]}'}),
        ((), [("Refer-To", "<sip:q@x?User-to-User=0434343731%3Bencoding%3Dhex&X-IVR-Path=main%3Ebilling&Subject=no>")],
         "4471", None, {"path": "main>billing"}),
        ((HeaderRule("X-Acme", "account"), HeaderRule("X-Account", "-")), [("x-acme", "5"), ("X-Account", "6")],
         None, None, {"account": "5"}),
    ],
)  # fmt: skip
def test_samples_of_vendors(
    own: tuple[HeaderRule, ...], sent: Said, uui: str | None, ucid: str | None, fields: dict[str, str]
) -> None:
    found = headers.handoff(sent, DEFAULT.with_own(own))
    told = {field.name: field.value for field in found.fields}
    told |= {"account": found.account_number} if found.account_number else {}
    told |= {"called_number": found.called_number} if found.called_number else {}
    assert (found.uui, found.ucid, told) == (uui, ucid, fields)
    assert not found.dropped


@pytest.mark.parametrize(
    ("header", "value", "own"),
    [
        ("X-IVR-Card-Number", "4111111111111111", ()),
        ("X-IVR-CVV", "123", ()),
        ("X-IVR-PIN", "8841", ()),
        ("X-Social", "80010112345", (HeaderRule("x-social", "number", secret=True),)),
        ("X-Handoff", '{"card":"4111111111111111"}', ()),
        ("X-Handoff", '{"v":"4111"}', (HeaderRule("X-Handoff.v", "v", secret=True),)),
        ("X-Handoff", '{"customer":{"pin":"4471","cards":[{"cvv":123}]}}', ()),
        ("X-Handoff", '{"creditCardNumber":"4111111111111111"}', ()),
        ("X-IVR-3", "2026-11-21T21:40:30Z Voice PIN: 4471 (ok)", ()),
        ("X-IVR-4", "Card number: 4111 1111 1111 1111", ()),
        ("User-to-User", "card=4111111111111111;encoding=ascii", ()),
        ("User-to-User", "card=4111111111111111;encoding=text", (HeaderRule("User-to-User", "card", form=Form.BARE),)),
    ],
)
def test_secrets_are_left_out_and_their_headers_named(header: str, value: str, own: tuple[HeaderRule, ...]) -> None:
    by = DEFAULT.with_own(own)
    found = headers.handoff([(header, value), ("X-Queue", "support")], by)
    assert found.dropped[0].startswith(header)
    assert value not in str(found)
    assert found.queue == "support"
    assert headers.handed_on([(header, value), ("X-Queue", "support")], by) == (("X-Queue", "support"),)


def test_whether_a_pin_was_right_is_no_secret() -> None:
    [field] = headers.handoff([("X-IVR-PIN", "passed")]).fields
    assert field == HandoffField("pin", "Voice PIN", "passed")
    told = [("X-IVR-1", "Voice PIN: passed"), ("X-IVR-2", "Loyalty card: gold"), ("X-Handoff", '{"a":{"pin":"ok"}}')]
    assert [one.value for one in headers.handoff(told).fields] == [
        "Voice PIN: passed",
        "Loyalty card: gold",
        '{"pin":"ok"}',
    ]
    assert is_secret("pin", "1234")
    assert not is_secret("card_type", "visa")


def test_what_goes_along_says_nothing_of_the_old_leg() -> None:
    sent = [("X-Call-Linkedid", "1.1"), ("X-VICIdial-Lead-Id", "7"), ("X-Nobody-Knows", "x")]
    assert headers.handed_on(sent) == (("X-VICIdial-Lead-Id", "7"),)


@pytest.mark.parametrize(
    "value",
    [
        '<img src="http://x/y.png"><script>alert(1)</script>',
        "\x00\x1b]0;title\x07\x1b[2J",
        "\u202egnp.exe\u2066",
        "%0d%0aX-Injected: 1",
        "{{ 7*7 }}",
        "9" * 1_000_000,
        "ż" * 1_000_000,
        "[" * 100_000,
        '{"a":' * 5_000,
        json.dumps({f"k{n}": "v" * 900 for n in range(400)}),
        '{"n":' + "9" * 5_000 + "}",
        "&".join(f"k{n}=v" for n in range(5_000)),
        "%3B" * 2_000,
        '"' * 4_000,
    ],
    ids=range(14),
)
def test_hostile_values_are_short_plain_text(value: str) -> None:
    by = DEFAULT.with_own([HeaderRule("X-Pairs", "pairs"), HeaderRule("X-Any", "any")])
    sent = [(name, value) for name in ("X-Handoff", "X-Pairs", "X-Any", "X-IVR-Path", "X-Account", "User-to-User")]
    found = headers.handoff(sent, by)
    assert len(found.fields) <= MAX_FIELDS
    for text in (*[part for field in found.fields for part in (field.name, field.label, field.value)],
                 found.account_number or "", found.uui or ""):  # fmt: skip
        assert len(text) <= MAX_TEXT
        assert text.isprintable()
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def test_a_message_as_long_as_can_come_is_read() -> None:
    lines = ["INVITE sip:1001@x SIP/2.0"]
    while len("\r\n".join(lines)) < 3_900:
        lines.append(f"X-IVR-Field-{len(lines)}: value \u202e{len(lines)}")
    read = sip_message.read("\r\n".join([*lines, "", ""]).encode())
    found = headers.handoff(read.headers)
    assert len(found.fields) == MAX_FIELDS
    assert found.fields[0] == HandoffField("field_1", "Field 1", "value 1")


@given(st.text(max_size=200), st.sampled_from(["json", "pairs"]))
def test_packed_data_is_whatever_it_is(text: str, how: str) -> None:
    for name, value in entries(text, how):
        assert name == field_name(name) != ""
        assert len(value) <= MAX_TEXT
