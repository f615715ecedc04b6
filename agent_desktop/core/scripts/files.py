"""A script as a file that people read and write: YAML, checked against the model. docs/scripts.md describes it."""

import re
from typing import Any

import msgspec
import yaml

from agent_desktop.core.scripts.model import Script, Step

MAX_FILE = 1_000_000  # characters; each 100,000 take about a second to read
MAX_DEPTH = 40


class FileWrong(Exception):
    """The file is no script; the text says why and where."""


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Plain values only; no anchors, which can make much of little, and no value that YAML guesses (dates, "no")."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="it is too deeply nested", problem_mark=self.peek_event().start_mark)
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used here", problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag.endswith((":int", ":float", ":null"))]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


class _Dumper(yaml.SafeDumper):  # type: ignore[misc]
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, text: str) -> Any:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def read(text: str) -> Script:
    """The script that a file says. Raises FileWrong."""
    if len(text) > MAX_FILE:
        raise FileWrong(f"The file is longer than {MAX_FILE:,} characters.")
    try:
        found = yaml.load(text, _Loader)  # noqa: S506 - of SafeLoader, with less
    except yaml.MarkedYAMLError as error:
        where = f" in line {error.problem_mark.line + 1}" if error.problem_mark is not None else ""
        raise FileWrong(f"The file cannot be read{where}: {error.problem}") from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise FileWrong(f"The file cannot be read: {error}") from error
    try:
        return msgspec.convert(found, Script)
    except msgspec.ValidationError as error:
        raise FileWrong(_with_step(str(error), found)) from error


def written(script: Script) -> str:
    """The file of a script; what ``read`` makes of it is the same script."""
    return _dumped(msgspec.to_builtins(script))


def read_step(text: str) -> Step:
    """One step as it stands in a file. Raises FileWrong."""
    body = "".join(f"    {line}\n" for line in text.splitlines())
    return read(f"id: step\ntitle: step\nsteps:\n  -\n{body}").steps[0]


def written_step(step: Step) -> str:
    """A step as it stands in a script's file."""
    return _dumped(msgspec.to_builtins(step))


def _dumped(body: Any) -> str:
    text: str = yaml.dump(body, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=100, indent=2)
    return text


def _with_step(said: str, found: Any) -> str:
    """The library's words, with the step's id where it only has its number."""
    place = re.search(r"\$\.steps\[(\d+)\]", said)
    steps = found.get("steps") if isinstance(found, dict) else None
    if place and isinstance(steps, list) and isinstance(steps[int(place[1])], dict):
        return f"Step “{steps[int(place[1])].get('id', int(place[1]) + 1)}”: {said}"
    return said
