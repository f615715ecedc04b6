"""Links and typed numbers: RFC 3966, RFC 3261, callto; nothing but whom to call is taken from one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop.dial_address import MAX_LENGTH, DialAddress, NotDialable, parse


@pytest.mark.parametrize(
    ("link", "number", "extension"),
    [
        ("tel:+48601442190", "+48601442190", ""),
        ("TEL:+48-601.442(190)", "+48601442190", ""),
        ("tel:%2B48601442190", "+48601442190", ""),
        ("tel:+48601442190;ext=12-34", "+48601442190", "1234"),
        ("tel:+48601442190;ext=12;isub=9", "+48601442190", "12"),
        ("tel:601442190;phone-context=+48", "+48601442190", ""),
        ("tel:203;phone-context=pbx.example.com", "203", ""),
        ("tel:7042;phone-context=+1-914-555", "+19145557042", ""),
        ("tel:+48601442190?subject=hello&body=world", "+48601442190", ""),
        ("tel://601442190", "601442190", ""),
        ("tel:*97", "*97", ""),
        ("tel:%2331%23601442190", "#31#601442190", ""),
        ("callto:+48 601 442 190", "+48 601 442 190", ""),
        ("callto:%2B48601442190", "+48601442190", ""),
        ("callto://601442190?call", "601442190", ""),
        ("+48 601-442-190", "+48 601-442-190", ""),
        ("\u202a+48 601 442 190\u202c", "+48 601 442 190", ""),
        ("٦٠١٤٤٢١٩٠", "601442190", ""),
        ("601442190;ext=12", "601442190", "12"),
        ("tel:601442190;ext=12'); drop", "601442190", ""),
    ],
)
def test_numbers(link: str, number: str, extension: str) -> None:
    assert parse(link) == DialAddress(number, extension=extension)


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("sip:dana@pbx.example", "sip:dana@pbx.example"),
        ("SIP:dana@pbx.example:5080;transport=TCP", "sip:dana@pbx.example:5080;transport=tcp"),
        ("sips:dana@pbx.example", "sips:dana@pbx.example"),
        ("sip:dana:secret@pbx.example", "sip:dana@pbx.example"),
        ("sip:%64ana@pbx.example?Replaces=x%3Bto-tag%3D1&Route=%3Csip:evil%3E", "sip:dana@pbx.example"),
        ("sip:dana@pbx.example;maddr=10.0.0.66;method=REFER;lr", "sip:dana@pbx.example"),
        ("sip:+48601442190@[2001:db8::1]:5060;user=phone", "sip:+48601442190@[2001:db8::1]:5060"),
        ("sip:%2331%23@pbx.example", "sip:%2331%23@pbx.example"),
        ("sip:annual%20bills@pbx.example", "sip:annual%20bills@pbx.example"),
        ("sip:S%C3%BCd@pbx.example", "sip:S%C3%BCd@pbx.example"),
        ("sip:a%3Fb@pbx.example", "sip:a%3Fb@pbx.example"),
        ("callto:dana@pbx.example", "sip:dana@pbx.example"),
        ("dana@pbx.example", "sip:dana@pbx.example"),
    ],
)
def test_addresses_are_put_together_anew(link: str, address: str) -> None:
    assert parse(link) == DialAddress(address, is_sip=True)


@pytest.mark.parametrize(
    ("link", "why"),
    [
        *[("tel:" + "1" * MAX_LENGTH, "long"), ("1" * (MAX_LENGTH + 1), "long")],
        *[(link, "control") for link in ("tel:60144\n2190", "tel:601%0A442", "tel:601%00442", "601\x1b[31m442")],
        *[
            (link, "control")
            for link in ("sip:dana%0d%0aRoute:x@pbx", "callto:%c3%28", "tel:601\u2028442", "sip:a%7f@b")
        ],
        *[
            (link, "number")
            for link in ("", "tel:", "sip:", "sip:pbx.example", "sip:@pbx.example", "callto:dana.skype")
        ],
        *[
            (link, "number")
            for link in ("sip:a%40b@pbx", "sip:a%3Ab@pbx", "sip:%3Csip:x%3E@pbx", "sip:a%2562@pbx", "sip:Süd@pbx")
        ],
        *[("sip:" + "%C3%BC" * 60 + "@pbx", "long")],
        *[
            (link, "number")
            for link in ("mailto:dana@x", "javascript:alert(1)", "tel:%zz", "sip:dana@", "sip:dana@a b")
        ],
        *[(link, "number") for link in ("sip:dana@pbx:99999", "sip:da na@pbx", 'sip:"@pbx', "sip:dana@pbx>x", "alice")],
    ],
)
def test_what_cannot_be_called_is_refused(link: str, why: str) -> None:
    with pytest.raises(NotDialable) as refused:
        parse(link)
    assert refused.value.why == why


@given(st.text(max_size=300) | st.from_regex(r"(tel|sips?|callto):[ -~]{0,60}", fullmatch=True))
def test_what_is_understood_steers_nothing(raw: str) -> None:
    try:
        found = parse(raw)
    except NotDialable:
        return
    assert found.text.isprintable()
    assert found.text.isascii() or not found.is_sip
    assert all(c in "0123456789*#" for c in found.extension)
    assert parse(found.text) == DialAddress(found.text, found.is_sip), "what was understood means itself"
