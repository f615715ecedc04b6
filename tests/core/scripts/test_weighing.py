"""What formulas and conditions come to, for whoever writes them."""

from uuid import UUID

from agent_desktop.core.scripts import weighing
from agent_desktop.core.scripts.model import Branch, MoneyQuestion, OpenTicketAction, Program, Script, Step
from agent_desktop.core.scripts.orders import Outcome
from agent_desktop.core.scripts.runner import Facts, Ground, Plan, Run
from agent_desktop.core.scripts.templates import Sandbox

STEP = Step(
    id="due",
    ask=MoneyQuestion(name="amount"),
    compute={"third": "(amount / 3)|round(2)", "fee": "third + 1", "bad": "third +", "word": "customer.nmae"},
    next=(Branch(to="end", when="fee > 5"), Branch(to="end")),
    actions=(OpenTicketAction(subject="x", when="customer.known"), OpenTicketAction(subject="x")),
)
SCRIPT = Script(id="a", title="A", steps=(STEP, Step(id="end", say="Bye")))


def weighed(**answers: str) -> dict[str, Outcome]:
    run = Run(run_id=UUID(int=0), script_id="a", version=0, answers=answers)
    ground = Ground(Plan(Program(script=SCRIPT)), Facts(names={"customer": {"known": True}}), Sandbox())
    return weighing.weigh(ground, Sandbox(), run, "due")


def test_each_has_its_value_its_mistake_or_what_it_waits_for() -> None:
    before, after = weighed(), weighed(amount="12.50")
    assert before["compute.third"] == Outcome(unanswered=("amount",))
    assert before["compute.fee"] == before["next.1.when"].__class__(unanswered=("third",))
    assert after["compute.third"] == Outcome(4.17)
    assert after["compute.fee"] == Outcome(5.17), "a formula names those before it"
    assert after["next.1.when"] == Outcome(True)
    assert before["actions.1.when"] == Outcome(True)
    for found in (before, after):
        assert found["compute.bad"].trouble
        assert found["compute.word"].trouble, "that is no answer that may come yet"
        assert set(found) == {
            "compute.third",
            "compute.fee",
            "compute.bad",
            "compute.word",
            "next.1.when",
            "actions.1.when",
        }
