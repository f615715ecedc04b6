"""What the conditions and formulas of a step come to with the answers of a walk, for whoever writes them."""

import msgspec

from agent_desktop.core.scripts.model import Step
from agent_desktop.core.scripts.orders import Outcome
from agent_desktop.core.scripts.runner import Ground, Run, Trouble, names, scope
from agent_desktop.core.scripts.templates import Sandbox


def weigh(ground: Ground, sandbox: Sandbox, run: Run, place: str) -> dict[str, Outcome]:
    """By the place in the step: conditions of actions as it is shown, then formulas, then conditions of its ways."""
    step = ground.plan.step(place)
    if step is None:
        return {}
    look = _Look(ground, sandbox, run, place)
    for at, action in enumerate(step.actions, 1):
        look.hold(f"actions.{at}.when", action.when)
    for name, formula in step.compute.items():
        look.compute(name, formula)
    look.ways(step)
    return look.found


class _Look:
    def __init__(self, ground: Ground, sandbox: Sandbox, run: Run, place: str):
        self.ground, self.sandbox, self.run, self.place = ground, sandbox, run, place
        self.found: dict[str, Outcome] = {}

    def hold(self, field: str, condition: str) -> None:
        if condition:
            try:
                holds = self.ground.evaluator.holds(condition, names(self.ground, self.run, self.place))
                self.found[field] = Outcome(holds)
            except Trouble as error:
                self.found[field] = self._failed(condition, error)

    def compute(self, name: str, formula: str) -> None:
        try:
            value = self.ground.evaluator.value(formula, names(self.ground, self.run, self.place))
            self.found[f"compute.{name}"] = Outcome(value)
        except Trouble as error:
            value = None
            self.found[f"compute.{name}"] = self._failed(formula, error)
        computed = {**self.run.computed, scope(self.place) + name: value}
        self.run = msgspec.structs.replace(self.run, computed=computed)

    def ways(self, step: Step) -> None:
        for at, branch in enumerate(step.branches, 1):
            self.hold(f"next.{at}.when", branch.when)

    def _failed(self, expression: str, error: Trouble) -> Outcome:
        """One that only lacks an answer is not wrong."""
        try:
            asked = self.sandbox.names(expression, expression=True)
        except Trouble:
            return Outcome(trouble=str(error))
        known = self.ground.plan.names_at(self.place)[0]
        have = {**self.run.answers, **self.run.computed}
        open_ = {".".join(path) for path in asked if ".".join(path) in known}
        missing = sorted(name for name in open_ if have.get(scope(self.place) + name) is None)
        return Outcome(unanswered=tuple(missing)) if missing else Outcome(trouble=str(error))
