"""Who calls and what the exchange knows, from headers good and bad."""

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.telephony import headers
from agent_desktop.telephony.header_map import HandoffField

FROM = ("From", '"Ann Nowak" <sip:+48601442190@pbx.example;user=phone>;tag=1')
PAI = ("P-Asserted-Identity", '"Carrier" <sip:+48225550000@carrier.example>')
RPID = ("Remote-Party-ID", '"Desk" <sip:222@pbx.example>;party=calling;privacy=off;screen=yes')


def test_from_is_all_that_an_untrusted_peer_may_say() -> None:
    assert headers.identity([PAI, RPID, FROM], trusted=False) == headers.CallerIdentity(
        number="+48601442190", display_name="Ann Nowak", source="From"
    )


def test_asserted_identity_comes_first_then_remote_party_then_from() -> None:
    assert headers.identity([FROM, RPID, PAI], trusted=True).number == "+48225550000"
    assert headers.identity([FROM, RPID], trusted=True).number == "222"
    assert headers.identity([FROM], trusted=True).source == "From"


def test_of_two_asserted_identities_the_tel_one_is_the_number() -> None:
    two = ("p-asserted-identity", '"Ann, of Acme" <sip:ann@acme.example>, <tel:+48225550000;phone-context=x>')
    found = headers.identity([FROM, two], trusted=True)
    assert (found.number, found.display_name) == ("+48225550000", "Ann, of Acme")


def test_a_remote_party_that_is_called_is_not_the_caller() -> None:
    called = ("Remote-Party-ID", "<sip:333@x>;party=called")
    assert headers.identity([called, FROM], trusted=True).number == "+48601442190"


@pytest.mark.parametrize(
    "found",
    [
        [("From", '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1')],
        [("From", "<sip:Anonymous@gw.example>")],
        [FROM, ("Privacy", "id")],
        [FROM, ("Privacy", "header;user")],
        [FROM, ("privacy", "Full;critical")],
        [FROM, PAI, ("Privacy", "id")],
        [FROM, ("Remote-Party-ID", "<sip:222@pbx>;privacy=full")],
    ],
)
def test_withheld(found: list[tuple[str, str]]) -> None:
    who = headers.identity(found, trusted=True)
    assert (who.anonymous, who.number, who.display_name) == (True, "", "")


def test_privacy_none_withholds_nothing() -> None:
    assert headers.identity([FROM, ("Privacy", "none")], trusted=True).number == "+48601442190"


@pytest.mark.parametrize(
    ("value", "number", "name"),
    [
        ("sip:601442190@x", "601442190", ""),
        ("Bob <sip:1@x>", "1", "Bob"),
        ("Bob Smith<sip:1@x>;tag=2", "1", "Bob Smith"),
        (r'"A \"B\" <C>" <sip:1@x>', "1", 'A "B" <C>'),
        ("<sip:%2B48601@x;user=phone>", "+48601", ""),
        ("<sip:+48601;npdi;rn=5@x>", "+48601", ""),
        ("<sip:user:password@x>", "user", ""),
        ("<tel:+48-601-442;ext=7>", "+48-601-442", ""),
        ("<sip:x.example>", "", ""),
        ('"broken <sip:1@x>', "1", "broken"),
        ("", "", ""),
        ("<", "", ""),
        ('"\x1b[31mRed\u202e" <sip:1@x>', "1", "[31mRed"),
    ],
)
def test_addresses_good_and_bad(value: str, number: str, name: str) -> None:
    who = headers.identity([("From", value)], trusted=False)
    assert (who.number, who.display_name, who.anonymous) == (number, name, False)


@pytest.mark.parametrize(
    ("said", "verdict"),
    [("TN-Validation-Passed-A", "passed"), ("TN-Validation-Failed", "failed"), ("No-TN-Validation", "none"), ("x", "")],
)
def test_the_carriers_verdict_on_the_number(said: str, verdict: str) -> None:
    value = f"<sip:+48601@x;verstat={said}>"
    assert headers.identity([("From", value)], trusted=True).verified == verdict
    assert headers.identity([("From", value)], trusted=False).verified == "", "anybody can write that"


def test_how_well_the_first_carrier_knows_the_caller() -> None:
    for name in ("Attestation-Info", "X-Attestation-Info"):
        assert headers.identity([FROM, (name, "a")], trusted=True).attestation == "A"
        assert headers.identity([FROM, (name, "a")], trusted=False).attestation == ""
    assert headers.identity([FROM, ("Attestation-Info", "?")], trusted=True).attestation == ""


def test_an_anonymous_from_with_an_asserted_number_is_known_unless_privacy_is_wanted() -> None:
    hidden = ("From", '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=1')
    assert headers.identity([hidden, PAI], trusted=True).number == "+48225550000"
    assert headers.identity([hidden, PAI], trusted=False).anonymous
    assert headers.identity([hidden, PAI, ("Privacy", "id")], trusted=True).anonymous


def test_two_asserted_identities_in_two_headers_give_number_and_name() -> None:
    two = [
        FROM,
        ("P-Asserted-Identity", '"Acme" <sip:ann@acme.example>'),
        ("P-Asserted-Identity", "<tel:+48225550000>"),
    ]
    for order in (two, [two[0], two[2], two[1]]):
        found = headers.identity(order, trusted=True)
        assert (found.number, found.display_name, found.source) == ("+48225550000", "Acme", "P-Asserted-Identity")


def test_handoff_of_an_ivr_and_a_queue() -> None:
    found = headers.handoff(
        [
            ("x-queue", "support"),
            ("X-QUEUE-WAIT", "48.5"),
            ("X-Call-Linkedid", "1700000000.1"),
            ("X-Interaction-Id", "0197-a"),
            ("X-IVR-Account", "44718"),
            ("X-IVR-Path", "main>billing"),
            ("X-IVR-Menu-Choice", "2"),
            ("X-IVR-Empty", ""),
            ("Referred-By", '"Bo" <sip:1002@pbx>'),
            ("Reason", "Q.850;cause=16"),
        ]
    )
    assert found == headers.Handoff(
        queue="support",
        wait_s=48.5,
        linked_id="1700000000.1",
        interaction_id="0197-a",
        account_number="44718",
        fields=(HandoffField("path", "Path", "main>billing"), HandoffField("menu_choice", "Menu Choice", "2")),
        referred_by="Bo",
        referred_by_user="1002",
        reason="Q.850;cause=16",
    )
    assert headers.handoff([("X-Account", "1"), ("X-IVR-Account", "2")]).account_number == "1"


@pytest.mark.parametrize("wait", ["", "x", "-1", "nan", "inf", "1e999", "١٢"])
def test_a_wait_that_is_no_time(wait: str) -> None:
    assert headers.handoff([("X-Queue-Wait", wait)]).wait_s in (None, 12.0)


def test_nothing_said_is_nothing_known() -> None:
    assert headers.handoff([]) == headers.Handoff()


def test_diversion_topmost_is_the_last_diverter_and_lowest_was_called() -> None:
    found = headers.handoff(
        [
            ("To", "<sip:1001@pbx>"),
            ("Diversion", "<sip:200@pbx>;reason=no-answer;counter=1, <sip:+48225550000@pbx>;reason=unconditional"),
        ]
    )
    assert (found.diverted_from, found.diversion_reason, found.called_number) == ("200", "no-answer", "+48225550000")


def test_history_info_in_the_order_of_its_indices() -> None:
    found = headers.handoff(
        [
            ("History-Info", "<sip:1001@pbx>;index=1.10"),
            ("History-Info", "<sip:+48225550000@pbx>;index=1, <sip:200@pbx?Reason=SIP%3Bcause%3D302>;index=1.9"),
        ]
    )
    assert (found.called_number, found.diverted_from) == ("+48225550000", "200")
    assert (found.diversion_reason, found.diversions) == ("unconditional", 2)


def test_seven_diversions_are_read_from_both_ends() -> None:
    way = [("Diversion", f"<sip:{300 + n}@pbx>;reason=user-busy") for n in range(6)]
    found = headers.handoff([*way, ("Diversion", "<sip:+48225550000@pbx>;reason=no-answer;counter=3")])
    assert (found.diverted_from, found.diversion_reason) == ("300", "user-busy")
    assert (found.called_number, found.diversions) == ("+48225550000", 9)


@pytest.mark.parametrize(
    "found",
    [
        [("Diversion", "<sip:+48225550000@pbx>;reason=no-answer;privacy=full")],
        [("Diversion", "<sip:+48225550000@pbx>;privacy=uri")],
        [("History-Info", "<sip:+48225550000@pbx?Privacy=history>;index=1"), ("History-Info", "<sip:1@x>;index=1.1")],
    ],
)
def test_who_sent_the_call_on_may_want_to_stay_unknown(found: list[tuple[str, str]]) -> None:
    handed = headers.handoff(found)
    assert "+48225550000" not in (handed.diverted_from, handed.called_number)


def test_history_info_hides_nothing_that_wants_no_privacy() -> None:
    found = headers.handoff(
        [("History-Info", "<sip:5000@pbx?Privacy=none>;index=1, <sip:1001@pbx;cause=486>;index=1.1")]
    )
    assert (found.called_number, found.diverted_from, found.diversion_reason) == ("5000", "5000", "user-busy")


@pytest.mark.parametrize(
    ("found", "after"),
    [
        ([], None),
        ([("Call-Info", "<sip:pbx>;answer-after=0")], 0.0),
        ([("call-info", "<sip:pbx>; Answer-After=3")], 3.0),
        ([("Call-Info", "answer-after=2")], 2.0),
        ([("Call-Info", "<http://x/answer-after>;purpose=info")], None),
        ([("Call-Info", "<sip:pbx>;answer-after=9999")], 60.0),
        ([("Alert-Info", "<http://pbx>;info=alert-autoanswer;delay=4")], 4.0),
        ([("Alert-Info", "info=alert-autoanswer")], 0.0),
        ([("Alert-Info", "Ring Answer")], 0.0),
        ([("Alert-Info", "<http://127.0.0.1>;info=RingAnswer")], 0.0),
        ([("Alert-Info", "<urn:alert:source:external>")], None),
        ([("Alert-Info", "Ring Answer;delay=5"), ("Call-Info", "<sip:pbx>;answer-after=1")], 1.0),
        ([("Answer-Mode", "Auto")], 0.0),
        ([("Priv-Answer-Mode", "Auto;require")], 0.0),
        ([("Answer-Mode", "Manual")], None),
    ],
)
def test_who_asks_for_an_answer_by_itself(found: list[tuple[str, str]], after: float | None) -> None:
    assert headers.auto_answer_after(found) == after


def test_what_goes_along_on_a_transfer() -> None:
    found = [
        FROM,
        ("X-Queue", "support"),
        ("X-IVR-1", "Language: Polish\x07"),
        ("X-Interaction-Id", "0197"),
        ("X-Secret", "no"),
        ("x-account", "4471"),
        ("X-DNIS", ""),
    ]
    assert headers.handed_on(found) == (
        ("X-Queue", "support"),
        ("X-IVR-1", "Language: Polish"),
        ("x-account", "4471"),
    )
    long = [(f"X-IVR-{n}", "ż" * 300) for n in range(9)]
    assert sum(len(name) + len(value.encode()) + 4 for name, value in headers.handed_on(long)) <= 1500
    assert len(headers.handed_on(long)) == 2


def test_what_another_desktop_says_of_the_interaction() -> None:
    found = headers.handoff(
        [
            ("X-Interaction-Direction", "outbound"),
            ("X-Interaction-Number", "+48601442190"),
            ("X-Interaction-Leg", "consult"),
            ("Replaces", "abc@10.0.0.1;to-tag=7;from-tag=8;early-only"),
        ]
    )
    assert (found.first_direction, found.first_number, found.purpose) == ("outbound", "+48601442190", "consult")
    assert found.replaces == "abc@10.0.0.1"


@pytest.mark.parametrize(
    ("found", "called"),
    [
        ([("To", "<sip:+48225550000@pbx>")], "+48225550000"),
        ([("To", "<sip:1001@pbx>")], None),
        ([("To", "<sip:agent@pbx>")], None),
        ([("P-Called-Party-ID", "<sip:5000@pbx>"), ("To", "<sip:+48225550000@pbx>")], "5000"),
        ([("X-DNIS", "0800 1"), ("P-Called-Party-ID", "<sip:5000@pbx>")], "0800 1"),
    ],
)
def test_what_the_customer_dialled(found: list[tuple[str, str]], called: str | None) -> None:
    assert headers.handoff(found).called_number == called


@pytest.mark.parametrize(
    ("value", "text", "ucid"),
    [
        ("3434373138;encoding=hex", "44718", None),
        ("3434373138", "44718", None),
        ("0434343731;encoding=hex", "4471", None),  # a protocol discriminator before the text
        ("00434f4445;encoding=hex;purpose=isdn-uui", "CODE", None),
        ("04434f4445;encoding=hex;pd=04", "04434f4445", None),  # with pd= the first octet is data
        ("56a390f3d2b7310023a2;encoding=hex", "56a390f3d2b7310023a2", None),  # the RFC's example is no text
        ("hello;encoding=ascii", "hello", None),
        ('"a,b;c";encoding=text', "a,b;c", None),
        ("C5BC;encoding=hex", "ż", None),
        ("xyz", "xyz", None),
        ("3434373138%3Bencoding%3Dhex", "44718", None),
        ("04FA0800010002642AF3C0;encoding=hex", "04FA0800010002642AF3C0", "00001000021680536512"),
    ],
)
def test_user_to_user(value: str, text: str, ucid: str | None) -> None:
    found = headers.handoff([("User-to-User", value)])
    assert (found.uui, found.ucid) == (text, ucid)


def test_several_user_to_user_values_and_the_vendors_name() -> None:
    found = headers.handoff([("User-to-User", "3131, 3232"), ("x-user-to-user", "3333"), ("User-to-User", "")])
    assert found.uui == "11, 22, 33"


def test_clean_makes_one_plain_line() -> None:
    assert headers.clean(" a\r\n\tb\u2028c\x00\x1b\u202e\u2066d\ufeff\U000e0041 ") == "a b cd"
    assert headers.clean("<b>Ann</b>") == "<b>Ann</b>"
    assert headers.clean("שלום 😀👩\u200d🚒 ż") == "שלום 😀👩\u200d🚒 ż"
    assert headers.clean("abcdef", 4) == "abc…"
    assert headers.clean("abcd", 4) == "abcd"
    assert headers.clean("\ud800x") == "x"


# ------------------------------------------------------------ any text at all

NAMES = st.sampled_from(
    [
        *("From", "To", "P-Asserted-Identity", "Remote-Party-ID", "Privacy", "Diversion", "History-Info"),
        *("Call-Info", "Alert-Info", "Answer-Mode", "Replaces", "X-Interaction-Number", "X-Attestation-Info"),
        *("Referred-By", "User-to-User", "X-Queue", "X-Queue-Wait", "X-IVR-Path", "X-Account", "Reason", "X-DNIS"),
    ]
)
PIECES = st.sampled_from(
    [
        *'<>";,:@=%\\?& ',
        "sip:",
        "tel:",
        "index=1.",
        "reason=",
        "verstat=",
        "fa08",
        "04",
        "%3B",
        "answer-after=",
        "\x00",
        "\u202e",
        "9" * 300,
    ]
)
VALUES = st.text(max_size=80) | st.lists(PIECES | st.text(max_size=5), max_size=20).map("".join)


def texts(found: headers.CallerIdentity | headers.Handoff) -> list[str]:
    flat: list[object] = []
    for value in msgspec.structs.astuple(found):
        parts = value if isinstance(value, tuple) else (value,)
        for part in parts:
            flat += msgspec.structs.astuple(part) if isinstance(part, HandoffField) else [part]
    return [value for value in flat if isinstance(value, str)]


@given(st.lists(st.tuples(NAMES, VALUES), max_size=12), st.booleans())
def test_any_headers_give_plain_text(found: list[tuple[str, str]], trusted: bool) -> None:
    said = texts(headers.identity(found, trusted)) + texts(headers.handoff(found))
    said += [part for pair in headers.handed_on(found) for part in pair[1:]]
    assert (headers.auto_answer_after(found) or 0.0) >= 0.0
    for text in said:
        for character in text:
            assert unicodedata.category(character) not in ("Cc", "Cs", "Zl", "Zp")
            assert character not in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\ufeff"


@given(st.text(), st.integers(1, 50))
def test_clean_keeps_its_promises(text: str, limit: int) -> None:
    line = headers.clean(text, limit)
    assert len(line) <= limit
    assert headers.clean(line, limit) == line
    assert all(
        unicodedata.category(character)[0] != "C"
        or character in "\u200c\u200d"
        or unicodedata.category(character) == "Cn"
        for character in line
    )
