"""Where a call can go on: who is offered, in which order, and who is not."""

from uuid import UUID

import pytest

from agent_desktop.core import dialling
from agent_desktop.core.agent_activity import AgentState
from agent_desktop.core.targets import Directory, Kind, Presence, Reach, Why
from agent_desktop.data.centre_rows import AgentRow, QueueRow

PEOPLE = tuple(
    AgentRow(UUID(int=number), name, name.split()[0].lower(), extension, team="Team North")
    for number, (name, extension) in enumerate(
        [
            ("Dana Okafor", "101"),
            ("Jonas Lind", "102"),
            ("Łukasz Anders", "103"),
            ("Anna Nowak", "201"),
            ("Ingrid Aziz", ""),
            ("Hannah Cole", "210"),
        ],
        start=1,
    )
)
DANA, JONAS, LUKASZ, ANNA, _, HANNAH = (person.id for person in PEOPLE)
QUEUES = (QueueRow(UUID(int=50), "outages", "Outages"), QueueRow(UUID(int=51), "annual bills", "Annual bills"))
ACCOUNT = Reach(numbers=True, queue_dial="sip:{queue}@pbx")


def directory(reach: Reach = ACCOUNT, **states: AgentState) -> Directory:
    ids = {person.login: person.id for person in PEOPLE}
    return Directory(
        reach,
        own_id=DANA,
        people=PEOPLE,
        queues=QUEUES,
        presences={ids[login]: Presence(state) for login, state in states.items()},
        waiting={QUEUES[0].id: 7},
    )


def labels(found: Directory, text: str) -> list[str]:
    return [target.label for target in found.find(text)]


def test_everybody_with_a_number_but_oneself() -> None:
    found = directory().find("")
    assert [one.label for one in found] == [
        "Anna Nowak", "Hannah Cole", "Jonas Lind", "Łukasz Anders", "Annual bills", "Outages",
    ]  # fmt: skip
    assert [(one.number, one.waiting) for one in found if one.kind is Kind.QUEUE] == [
        ("sip:annual%20bills@pbx", None),
        ("sip:outages@pbx", 7),
    ]


def test_the_extension_itself_then_names_that_begin_so_then_words_then_the_rest() -> None:
    assert labels(directory(), "an") == ["Anna Nowak", "Annual bills", "Łukasz Anders", "Hannah Cole"]
    assert labels(directory(), "201")[0] == "Anna Nowak"
    assert labels(directory(), "20") == ["20", "Anna Nowak"]
    assert labels(directory(), "LUK") == ["Łukasz Anders"]
    assert labels(directory(), "nobody") == []


def test_whoever_was_called_lately_comes_before_the_others_that_fit_as_well() -> None:
    found = directory()
    found.recent = ("102",)
    assert labels(found, "")[0] == "Jonas Lind"
    found.recent = ("210", "102")
    assert labels(found, "")[:2] == ["Hannah Cole", "Jonas Lind"]
    assert labels(found, "an")[0] == "Anna Nowak", "the name counts more"


def test_who_is_free_comes_first_and_who_is_away_last_with_the_reason() -> None:
    found = directory(
        jonas=AgentState.READY, anna=AgentState.TALKING, hannah=AgentState.PAUSED, łukasz=AgentState.OFFLINE
    ).find("")
    people = [one for one in found if one.kind is Kind.COLLEAGUE]
    assert [(one.label, one.why) for one in people] == [
        ("Jonas Lind", Why.REACHED),
        ("Anna Nowak", Why.REACHED),
        ("Hannah Cole", Why.PAUSED),
        ("Łukasz Anders", Why.OFFLINE),
    ]
    assert [one.reachable for one in found][-2:] == [False, False], "also after the queues"
    lately = directory(hannah=AgentState.PAUSED)
    lately.recent = ("210",)
    assert labels(lately, "")[-1] == "Hannah Cole", "however lately they were called"
    assert labels(lately, "210") == ["Hannah Cole"], "nor is the number offered round them"


def test_a_number_that_nobody_here_has_is_offered_as_itself() -> None:
    [one] = directory().find("601 442 190")
    assert (one.kind, one.label, one.number) == (Kind.NUMBER, "+48 601 442 190", "+48601442190")
    assert [one.number for one in directory().find("*97")] == ["*97"]
    assert labels(directory(), "102") == ["Jonas Lind"], "not twice"
    assert labels(directory(), "team 9") == []


def test_a_sip_address_needs_no_exchange() -> None:
    [one] = directory(Reach(numbers=False)).find("sip:ann@example.com")
    assert (one.kind, one.number) == (Kind.NUMBER, "sip:ann@example.com")
    assert directory().find("sip:ann") == ()


@pytest.mark.parametrize("text", ["", "anna", "201", "601442190", "outages"])
def test_without_an_exchange_nothing_that_only_an_exchange_knows_is_offered(text: str) -> None:
    assert directory(Reach(numbers=False, queue_dial="{queue}")).find(text) == ()


def test_queues_only_where_the_exchange_can() -> None:
    assert labels(directory(Reach(numbers=True)), "out") == []
    assert labels(directory(Reach(numbers=True, queue_dial="800")), "out") == [], "no place for its name"
    assert labels(directory(Reach(numbers=False, queue_dial="sip:{queue}@pbx")), "out") == ["Outages"]


@pytest.mark.parametrize(("pattern", "offered"), [("sip:{queue}@pbx", 2), ("*45{queue}", 0), ("{queue}", 0)])
def test_what_is_offered_passes_the_gate(pattern: str, offered: int) -> None:
    line = dialling.Line("PL", account="101@pbx")
    found = [one for one in directory(Reach(numbers=True, queue_dial=pattern)).find("") if one.kind is Kind.QUEUE]
    assert len(found) == offered, "a queue's name is no number"
    assert all(isinstance(dialling.read(one.number, line), dialling.Allowed) for one in found)


def test_no_more_than_asked_for() -> None:
    assert len(directory().find("", limit=2)) == 2
