"""What stands in for the sandbox where nothing can be worked out; without the library, which the desktop is spared."""

from typing import Any

from agent_desktop.core.scripts.model import Value
from agent_desktop.core.scripts.runner import Trouble


class Unevaluated:
    """Works out nothing: texts are shown as they are written, and no condition holds."""

    def __init__(self, why: str):
        self._why = why

    def text(self, template: str, names: dict[str, Any]) -> str:
        raise Trouble(self._why)

    def address(self, template: str, names: dict[str, Any]) -> str:
        raise Trouble(self._why)

    def holds(self, expression: str, names: dict[str, Any]) -> bool:
        raise Trouble(self._why)

    def value(self, expression: str, names: dict[str, Any]) -> Value:
        raise Trouble(self._why)

    def matches(self, pattern: str, text: str) -> bool:
        raise Trouble(self._why)
