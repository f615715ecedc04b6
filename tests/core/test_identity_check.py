"""Who has shown that they are who they say: by the policy, in the order of what was asked, however it is written."""

import pytest

from agent_desktop import clock
from agent_desktop.core.identity_check import VOICE_PIN, fits, on_record, standing
from agent_desktop.data.identity_rows import KEPT, AttemptRow, IdentityRecord, Question, compared
from agent_desktop.data.ids import new_id
from tests.support import callers

Q = Question
POLICY = IdentityRecord(new_id(), 1, active=True, needed=2, may_fail=1, ivr_counts=1)
ALL = tuple(Question)


def asked(*said: tuple[Question, bool]) -> tuple[AttemptRow, ...]:
    return tuple(AttemptRow(new_id(), clock.now(), None, question.value, right) for question, right in said)


@pytest.mark.parametrize(
    ("attempts", "pin", "state", "following", "left", "to_go"),
    [
        (asked(), None, "open", Q.BIRTH, 1, 2),
        (asked(), True, "open", Q.BIRTH, 1, 1),
        (asked(), False, "open", Q.BIRTH, 0, 2),
        (asked((Q.BIRTH, True)), None, "open", Q.WORD, 1, 1),
        (asked((Q.BIRTH, True)), True, "verified", Q.WORD, 1, 0),
        (asked((Q.BIRTH, True), (Q.BIRTH, True)), None, "open", Q.WORD, 1, 1),
        (asked((Q.BIRTH, False)), None, "open", Q.WORD, 0, 2),
        (asked((Q.BIRTH, False), (Q.WORD, False)), None, "failed", Q.ADDRESS, 0, 2),
        (asked((Q.BIRTH, False)), False, "failed", Q.WORD, 0, 2),
        # too late, and what was decided is not taken back
        (asked((Q.BIRTH, False), (Q.WORD, False), (Q.ADDRESS, True), (Q.ACCOUNT, True)), None, "failed", None, 0, 2),
        (asked((Q.BIRTH, True), (Q.WORD, True), (Q.ADDRESS, False), (Q.ACCOUNT, False)), None, "verified", None, 1, 0),
    ],
)
def test_how_far_it_is(
    attempts: tuple[AttemptRow, ...], pin: bool | None, state: str, following: Question | None, left: int, to_go: int
) -> None:
    now = standing(POLICY, attempts, pin, ALL)
    assert (now.state, now.next, now.left, now.to_go) == (state, following, left, to_go)
    assert (VOICE_PIN in now.right, VOICE_PIN in now.wrong) == (pin is True, pin is False)


def test_only_what_is_on_record_is_asked_and_then_there_is_nothing_left() -> None:
    card = callers.card()
    known = on_record(card, {"word"}, "+48601442190")
    assert Q.BIRTH not in known
    assert known[Q.WORD] == "", "it stays where it is"
    assert known[Q.ACCOUNT] == "0932"
    assert "601 442 190" not in known.get(Q.PHONE, ""), "the number that calls proves nothing"
    assert standing(POLICY, (), None, tuple(known)).next is Q.WORD
    tried = asked((Q.WORD, False), (Q.ADDRESS, True), (Q.ACCOUNT, True))
    assert standing(POLICY, tried, None, tuple(known)).state == "verified"
    assert standing(POLICY, asked((Q.WORD, False)), None, (Q.WORD,)).state == "exhausted"


@pytest.mark.parametrize(
    ("question", "expected", "said", "right"),
    [
        (Q.BIRTH, "1984-03-12", "12.3.1984", True),
        (Q.BIRTH, "1984-03-12", "12/03/84", True),
        (Q.BIRTH, "1984-03-12", "1984 03 12", True),
        (Q.BIRTH, "1984-03-12", "3.12.1984", False),
        (Q.BIRTH, "1984-03-12", "1984", False),
        (Q.ACCOUNT, "0932", "09 32", True),
        (Q.ACCOUNT, "0932", "4471-0932", True),
        (Q.ACCOUNT, "0932", "932", False),
        (Q.ACCOUNT, "0932", "", False),
        (Q.ADDRESS, "ul. Lipowa 14/3, 81-340 Gdynia", "lipowa 14", True),
        (Q.ADDRESS, "ul. Lipowa 14/3, 81-340 Gdynia", "Gdynia", False),
        (Q.ADDRESS, "ul. Lipowa 14/3, 81-340 Gdynia", "Lipowa 15", False),
        (Q.WORD, "Łąka", "łąka ", True),
        (Q.WORD, "Morskie Oko", "Oko", False),
        (Q.WORD, "Morskie Oko", "OKO morskie", True),
        (Q.PHONE, "+48 58 620 11 40", "58 620 11 40", True),
        (Q.PHONE, "+48 58 620 11 40", "40", False),
        (Q.EMAIL, "Marta@Example.org", "marta@example.org", True),
    ],
)
def test_what_the_caller_says_is_compared_however_it_is_written(
    question: Question, expected: str, said: str, right: bool
) -> None:
    if question in KEPT:  # compared by the database, both sides folded here
        assert (compared(question, said) == compared(question, expected)) is right
    else:
        assert fits(question, expected, said) is right
