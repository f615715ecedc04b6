"""The documented file: everything the model knows stands in docs/scripts.md, and its example is a script."""

import re
from pathlib import Path

import msgspec
import pytest

from agent_desktop.core.scripts import checks, facts, files, model, templates
from agent_desktop.core.scripts.choosing import ORDER

DOCS = (Path(__file__).parents[3] / "docs" / "scripts.md").read_text(encoding="utf-8")
KINDS = (model.Script, model.Step, model.Option, model.Branch, model.Knowledge, *model.Question.__args__)


@pytest.mark.parametrize("kind", [*KINDS, *model.Action.__args__], ids=lambda kind: kind.__name__)
def test_every_key_is_documented(kind: type[msgspec.Struct]) -> None:
    for field in msgspec.structs.fields(kind):
        assert re.search(rf"[`{{ ,]{field.encode_name}[`,:}}]", DOCS), field.encode_name
    tag = kind.__struct_config__.tag
    assert tag is None or f"`{tag}`" in DOCS


def test_every_field_filter_and_criterion_is_documented() -> None:
    for name in (*(each for group in facts.KNOWN.values() for each in group or ()), *facts.KNOWN):
        assert name in DOCS
    for name in templates._FILTERS:
        assert re.search(rf"`{name}[`(]", DOCS), name
    assert " → ".join(ORDER) in DOCS


def test_the_example_is_a_script() -> None:
    text = re.search(r"```yaml\n(.*?)```", DOCS, re.DOTALL)
    assert text is not None
    script = files.read(text[1])
    found = checks.check(script, {}, templates.Sandbox())
    missing = {(each.kind, each.detail) for each in found if each.kind is not checks.Wrong.DEAD_END}
    assert missing == {("no_such_step", "close"), ("no_such_step", "instalments")}


def test_words_fall_back_to_the_base_language_then_the_first() -> None:
    words = {"en": "Hello", "pl": "Cześć", "pt": "Olá"}
    said = [model.said(words, language) for language in ("pl-PL", "pt", "de", "")]
    assert said == ["Cześć", "Olá", "Hello", "Hello"]
    assert model.said({"de": "Hallo"}, "pl") == "Hallo"
    assert model.said("Same", "pl") == "Same"
