"""Every way a number arrives means the same number; nothing makes the parser raise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent_desktop import numbers
from agent_desktop.numbers import parse

MARTA = "+48601442190"


@pytest.mark.parametrize(
    "raw",
    [
        "+48 601 442 190",
        "0048601442190",
        "601442190",
        "601-442-190",
        "(48) 601/442 190",
        "601442190   ",
        "\t+48\u00a0601\u202f442\u00a0190\n",
        "+48601442190",
        "48601442190",
        "0601442190",
        "tel:+48-601-442-190",
        "tel:601442190;phone-context=+48",
        "sip:+48601442190@10.0.0.1;user=phone",
        "sips:601442190@pbx.example",
        "sip:%2B48601442190@pbx.example",
        '"Marta <3" <sip:601442190@pbx.example;transport=tcp>',
        "601442190@pbx.example",
        "+48601442190;ext=12",
        "601442190 ext. 12",
        "601 442 190 x12",
        "٦٠١٤٤٢١٩٠",
        "６０１４４２１９０",
        "\u202a+48 601 442 190\u202c",
        "601.442.190",
    ],
)
def test_every_form_is_martas_number(raw: str) -> None:
    number = parse(raw, "PL")
    assert (number.e164, number.key, number.extension) == (MARTA, MARTA[:0:-1], False)
    assert number.raw == raw


@pytest.mark.parametrize(
    ("raw", "region", "e164"),
    [
        ("+44 (0)20 7946 0000", "PL", "+442079460000"),
        ("020 7946 0000", "GB", "+442079460000"),
        ("011 48 601 442 190", "US", MARTA),
        ("00 48 601 442 190", "US", MARTA),
        ("(202) 555-0123", "US", "+12025550123"),
        ("1-800-356-9377", "US", "+18003569377"),
        ("1-800-FLOWERS", "US", "+18003569377"),
        ("06 39 98 12 34", "FR", "+33639981234"),
        ("0044 7700 900123", "DE", "+447700900123"),
        ("+39 06 1234567", "PL", "+39061234567"),
        ("601442190", "", None),
        ("601442190", "??", None),
        ("+48601442190", "", MARTA),
    ],
)
def test_numbers_of_other_countries(raw: str, region: str, e164: str | None) -> None:
    assert parse(raw, region).e164 == e164


@pytest.mark.parametrize("raw", ["101", "4711", "sip:101@pbx.example", " 10 1 ", "112", "123456"])
def test_short_numbers_stay_extensions(raw: str) -> None:
    number = parse(raw, "PL")
    assert number.extension
    assert number.e164 is None
    assert number.key


@pytest.mark.parametrize(
    "raw",
    [
        *("", "   ", "anonymous", "Anonymous", "sip:anonymous@anonymous.invalid", "unknown", "Restricted", "alice"),
        *("sip:dana@pbx.example", "*97", "dana22", "<>", "sip:", "\u200f", "ａｎｏｎｙｍｏｕｓ", "+", "no number"),
    ],
)
def test_no_number(raw: str) -> None:
    assert parse(raw, "PL") == numbers.Number(raw)
    assert not parse(raw, "PL")


def test_an_unassigned_number_is_the_same_in_both_forms() -> None:
    assert parse("123456789", "PL").e164 == parse("+48 123 456 789", "PL").e164 == "+48123456789"


def test_display_groups_what_it_understands() -> None:
    assert numbers.display(MARTA, "PL") == numbers.display("601442190", "PL") == "+48 601 442 190"
    assert numbers.display("101 ", "PL") == "101"
    assert numbers.display(" Anonymous", "PL") == "Anonymous"


def test_same() -> None:
    assert numbers.same(parse("601442190", "PL"), parse("+48601442190", "DE"))
    assert numbers.same(parse("2001234567890123", "PL"), parse("1234567890123", "PL")) is True
    assert not numbers.same(parse("601442190", "PL"), parse("601442191", "PL"))
    assert not numbers.same(parse("101", "PL"), parse("+48601442101", "PL"))
    assert not numbers.same(parse("", "PL"), parse("", "PL"))
    assert not numbers.same(parse("+48601442190", "PL"), parse("+49601442190", "PL"))


def test_country_and_zone() -> None:
    assert numbers.country(MARTA) == "PL"
    assert numbers.time_zone(MARTA) == "Europe/Warsaw"
    assert numbers.time_zone("+12125550123") == "America/New_York"
    assert numbers.time_zone("+18003569377") is None
    assert numbers.country("+80012345678") is None
    assert numbers.country("nonsense") is None
    assert numbers.time_zone("") is None
    assert numbers.is_valid(MARTA)
    assert not numbers.is_valid("+4812")


@given(st.text(max_size=400) | st.text(alphabet="0123456789+-() /.;:@*#<>tel=sipx%", max_size=60), st.text(max_size=3))
def test_nothing_makes_it_raise(raw: str, region: str) -> None:
    number = parse(raw, region)
    assert number.raw == raw
    assert number.key.isascii()
    assert number.key == "" or number.key.isdigit()
    if number.e164:
        assert number.key == number.e164[:0:-1]
        assert parse(number.e164, region).e164 == number.e164
    numbers.display(raw, region)
    numbers.country(raw)
    numbers.time_zone(raw)


@given(st.integers(10**8, 10**9 - 1).map(str), st.sampled_from(["{}", "+48{}", "0048{}", "48{}", " {} ", "tel:+48{}"]))
def test_every_national_number_is_found_in_every_form(national: str, form: str) -> None:
    plain = parse("+48" + national, "PL")
    if numbers.is_valid("+48" + national):
        assert parse(form.format(national), "PL").e164 == plain.e164


@pytest.mark.parametrize(
    ("typed", "region", "found"),
    [
        ("+48 601", "PL", ("48601",)),
        ("0048-601", "PL", ("48601",)),
        ("601 44", "PL", ("60144",)),
        ("(030) 12", "DE", ("3012", "03012")),
        ("+49 (0)30 12", "DE", ("493012", "4903012")),
        ("tel:+48601", "DE", ("48601",)),
        ("６０１", "PL", ("601",)),
        ("0601", "PL", ("601", "0601")),
        ("8 495", "RU", ("495", "8495")),
        ("*31#601", "PL", ()),
        ("flat 12", "PL", ()),
        ("", "PL", ()),
    ],
)
def test_what_a_number_begins_with_while_it_is_typed(typed: str, region: str, found: tuple[str, ...]) -> None:
    assert numbers.beginnings(typed, region) == found
