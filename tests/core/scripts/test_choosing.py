"""Which script a call gets: one stated order, whatever order the rules are in."""

from itertools import permutations
from uuid import UUID

import pytest

from agent_desktop.core.scripts.actions import allowed, may_be_allowed
from agent_desktop.core.scripts.choosing import Asked, chosen, language_of
from agent_desktop.data.script_rows import RuleRow

ALL = Asked("spring", "high_bill", "0800 100 300", "billing", ("VIP",), "Polish")
RULES = (
    RuleRow(UUID(int=1), UUID(int=1), campaign="Spring"),
    RuleRow(UUID(int=2), UUID(int=2), intent="high bill", queue="billing"),
    RuleRow(UUID(int=3), UUID(int=3), intent="high-bill"),
    RuleRow(UUID(int=4), UUID(int=4), dialled="+48 800 100 300"),
    RuleRow(UUID(int=5), UUID(int=5), queue="Billing", segment="vip"),
    RuleRow(UUID(int=6), UUID(int=6), queue="billing", language="pl"),
    RuleRow(UUID(int=7), UUID(int=7), queue="billing", position=1),
    RuleRow(UUID(int=8), UUID(int=8), queue="billing", position=2),
    RuleRow(UUID(int=9), UUID(int=9), language="pl-PL"),
    RuleRow(UUID(int=10), UUID(int=10)),
)


def test_the_stated_order() -> None:
    for order in (RULES, RULES[::-1], *list(permutations(RULES))[::400_000]):
        assert [each.script_id.int for each in chosen(order, ALL)] == list(range(1, 11))
    found = chosen(RULES, ALL, str.upper)
    assert [found[at].why for at in (1, 4, 9)] == [
        "Intent high bill · Queue BILLING",
        "Queue BILLING · Customer is vip",
        "For all calls",
    ]


@pytest.mark.parametrize(
    ("asked", "scripts"),
    [
        (Asked(), [10]),
        (Asked(queue="moves"), [10]),
        (Asked(queue="billing", language="de"), [7, 8, 10]),
        (Asked(dialled="300"), [10]),
        (Asked(dialled="sip:0800100300@pbx"), [4, 10]),
        (Asked(language="pl_PL"), [9, 10]),
    ],
)
def test_only_what_fits(asked: Asked, scripts: list[int]) -> None:
    assert [each.script_id.int for each in chosen(RULES, asked)] == scripts


def test_one_of_several_names_is_enough_and_the_reason_says_which() -> None:
    rule = RuleRow(UUID(int=1), UUID(int=1), queue="moves, billing", segment="new,VIP", language="de, pl")
    (found,) = chosen((rule,), ALL, str.upper)
    assert found.why == "Queue BILLING · Customer is VIP · Language pl"
    assert chosen((rule,), Asked(queue="sales", tags=("VIP",), language="pl")) == ()
    assert chosen((RuleRow(UUID(int=1), UUID(int=1), queue=" , "),), ALL) == (), "it asks for something"


def test_languages_by_code_or_name() -> None:
    said = ("pl", "pl-PL", "de_AT", "Polish", "GERMAN", "klingonese", "", "x" * 300)
    assert [language_of(each) for each in said] == ["pl", "pl", "de", "pl", "de", "", "", ""]


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://crm.example.org/bill?c=4471", True),
        ("https://crm.example.org/bill/7", True),
        ("https://crm.example.org/billing", False),
        ("https://crm.example.org/bill/../admin", False),
        ("https://crm.example.org/bill/%2E%2e/admin", False),
        ("https://crm.example.org/bill/..%2fadmin", False),
        ("https://crm.example.org/bill/..%5Cadmin", False),
        ("https://crm.example.org/bill/Ann%2FCo..", True),
        ("https://crm.example.org.evil.example/bill", False),
        ("https://crm.example.org@evil.example/bill", False),
        ("https://crm.example.org\\@evil.example/bill", False),
        ("https://crm.example.org:444/bill", False),
        ("http://crm.example.org/bill", False),
        ("javascript:alert(1)", False),
        ("file:///etc/passwd", False),
        ("https://wiki.example.org/any/page", True),
        ("https://[bad", False),
        ("", False),
    ],
)
def test_pages_that_may_be_opened(address: str, may: bool) -> None:
    pages = "https://mistyped.example.org:99999999 https://crm.example.org/bill https://wiki.example.org"
    assert allowed(address, pages) is may
    assert not allowed(address, "")


@pytest.mark.parametrize(
    ("template", "may"),
    [
        ("https://crm.example.org/bill/{{ customer.account_number }}", True),
        ("https://crm.example.org/bill?id={{ due }}", True),
        ("https://crm.example.org/{{ word }}", True),
        ("https://crm.example.org/bill", True),
        ("https://crm.example.org/other/{{ due }}", False),
        ("https://crm.example.org{{ due }}/bill", False),
        ("{{ page }}", False),
        ("https://[{{ due }}", False),
    ],
)
def test_an_address_that_is_still_to_be_worked_out(template: str, may: bool) -> None:
    assert may_be_allowed(template, "https://crm.example.org/bill https://wiki.example.org") is may
