"""A script as a file that people read and write: YAML, checked against the model. docs/scripts.md describes it."""

import re
from typing import Any

import msgspec
import yaml

from agent_desktop.core.scripts.model import Script, Step

MAX_FILE = 1_000_000  # characters; each 100,000 take about a second to read
MAX_STEP = 20_000  # characters of one step's source, which is read while somebody types
MAX_DEPTH = 40


class FileWrong(Exception):
    """The file is no script; the text says why and where."""


# What no text may have: signs that nobody sees, and halves of signs, which cannot be stored.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """Plain values only; no anchors, which can make much of little, no tags, which can make anything of a value, and no
    value that YAML guesses (dates, "no", "1:30", "010")."""

    depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise yaml.MarkedYAMLError(problem="it is too deeply nested", problem_mark=self.peek_event().start_mark)
        if self.check_event(yaml.AliasEvent):
            event = self.peek_event()
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not used here", problem_mark=event.start_mark)
        event = self.peek_event()
        if event.tag is not None:
            raise yaml.MarkedYAMLError(problem="tags (!) are not used here", problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise yaml.MarkedYAMLError(problem=f"“{key.value[:60]}” stands twice", problem_mark=key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)

    def construct_scalar(self, node: Any) -> Any:
        text = super().construct_scalar(node)
        if _UNSEEN.search(text):
            raise yaml.MarkedYAMLError(problem="a text has a sign that cannot be seen", problem_mark=node.start_mark)
        return text


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in known if tag.endswith(":null")]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]{0,17})$"), list("-+0123456789")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"^[-+]?[0-9]{1,18}\.[0-9]{0,18}(?:[eE][-+]?[0-9]{1,2})?$"),
    list("-+0123456789"),
)
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
    if len(text) > MAX_STEP:
        raise FileWrong(f"A step's source may have {MAX_STEP:,} characters. Change it in the form, or import a file.")
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
