"""What customers agreed to: the last word counts, every word stays, and whose numbers are not to be called."""

from agent_desktop.data import apply, consent, customers
from agent_desktop.data import operations as ops
from agent_desktop.data.ids import new_id
from tests.data.conftest import Desk

REVERSED = "09124410684"  # +48 601 442 190


def test_the_last_word_counts_and_every_word_stays(dana: Desk) -> None:
    key = dana.customer("Marta", "601 442 190")
    late = dana.make(ops.SetConsent, customer_id=key, channel="call", given=True, source="a form")
    for given in (True, False):
        dana.do(ops.SetConsent, customer_id=key, channel="call", given=given, source="a letter")
    with dana.database.write() as session:
        apply.apply(session, late)
    with dana.database.read() as session:
        card = customers.card(session, key)
        said = consent.history(session, key)
    assert card is not None
    assert [(one.channel, one.given, one.source) for one in card.consents] == [("call", False, "a letter")]
    assert [(one.given, one.source, one.agent) for one in said] == [
        (False, "a letter", "Dana Okafor"),
        (True, "a letter", "Dana Okafor"),
        (True, "a form", "Dana Okafor"),
    ], "what came late out of a journal stands where it was said"


def test_whose_numbers_are_not_to_be_called(dana: Desk) -> None:
    marta, ola = (dana.customer(name, "601 442 190") for name in ("Marta", "Ola"))
    dana.customer("Adam", "700 100 200")
    dana.do(ops.SetConsent, customer_id=marta, channel="call", given=False, source="a letter")
    with dana.database.read() as session:
        [row] = consent.not_to_call(session, [ola])
        assert (row.customer_id, row.key, row.shared, row.source) == (marta, REVERSED, True, "a letter")
        assert consent.not_to_call(session) == (row,)
        assert consent.not_to_call(session, [new_id()]) == ()
