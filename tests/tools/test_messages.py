"""What is to be translated is found where it stands; what ships is whole, well formed and compiled from its text."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
STILL_ENGLISH = 0.01  # of the texts: what was written since "make messages" last ran
SOURCE = """
from PySide6.QtCore import QCoreApplication
from elsewhere import Card


def _tr(text: str) -> str:
    return QCoreApplication.translate("words", text)


LATER = QT_TRANSLATE_NOOP("later", "Marked")


class Panel:
    def show(self, count, card: "Card", home: parts.Home):
        self.tr("Own"), _tr("Short"), _tr("One" if count else "Other"), QCoreApplication.translate("far", "Far")
        self.tr("%n calls", "", count), home.tr("Of another class"), tr_is_no_name("Nothing")
        made = Question(self)
        return made.tr("Of what was made")

    def lost(self, name):
        return self.tr(f"Hello {name}"), _tr(name), name.tr("Whose?")


def charts():
    tr = QCoreApplication.translate
    return tr("charts", "By another name")
"""


@pytest.fixture(scope="module")
def messages():
    spec = importlib.util.spec_from_file_location("messages_tool", ROOT / "tools" / "messages.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def found(messages):
    return messages.collect()


def test_texts_are_found_under_the_context_that_qt_looks_under(messages, tmp_path: Path) -> None:
    package = tmp_path / "program"
    package.mkdir()
    (package / "panel.py").write_text(SOURCE, encoding="utf-8")
    (package / "settings.py").write_text('class Look:\n    """Appearance"""\n    a = _meta("Colours", "Dark")\n')
    found = messages.collect(package)
    assert {(m.context, m.text) for m in found.messages} == {
        ("later", "Marked"), ("Panel", "Own"), ("words", "Short"), ("words", "One"), ("words", "Other"),
        ("far", "Far"), ("Panel", "%n calls"), ("Home", "Of another class"), ("Question", "Of what was made"),
        ("charts", "By another name"), ("settings", "Appearance"), ("settings", "Colours"), ("settings", "Dark"),
    }  # fmt: skip
    assert [m.text for m in found.messages if m.plural] == ["%n calls"]
    lost = [line.partition(" ")[2] for line in found.lost]
    assert lost == ["self.tr(f'Hello {name}')", "_tr(name)", "name.tr('Whose?')"]
    path = tmp_path / "agent_desktop_pl.ts"
    messages.update(path, found.messages)
    begun = messages.written(path)
    assert set(begun) == found.messages
    assert [len(forms) for message, forms in begun.items() if message.plural] == [3], "Polish has three forms"
    messages.update(path, {m for m in found.messages if m.context != "far"})
    assert len(messages.written(path)) == len(begun) - 1, "what is gone goes"


@pytest.mark.parametrize("code", ["pl", "pt_BR", "zh_Hant_TW", "fil"])
def test_a_language_is_begun_by_its_code(messages, code: str) -> None:
    assert messages.language(code) == code


@pytest.mark.parametrize("argument", ["--help", "--version", "../pl", "german", "xx", "DE", "pt-BR", "en_GB", ""])
def test_nothing_but_a_language_makes_a_file(messages, argument: str, tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(messages, "FOLDER", tmp_path)
    with pytest.raises(SystemExit) as left:
        messages.main([argument])
    said = capsys.readouterr()
    if argument == "--help":
        assert left.value.code == 0
        assert "pt_BR" in said.out
    else:
        assert left.value.code == 2
        assert argument in said.err
    assert not list(tmp_path.iterdir())


def test_every_text_of_the_program_can_be_collected(found) -> None:
    assert found.lost == []
    assert len(found.messages) > 3_000


@pytest.mark.parametrize("path", sorted((ROOT / "resources" / "i18n").glob("*.ts")), ids=lambda path: path.stem)
def test_what_ships_is_whole_well_formed_and_compiled_from_its_text(
    messages, found, path: Path, tmp_path: Path
) -> None:
    said = messages.written(path)
    missing = sorted(message for message in found.messages if "" in said.get(message, ("",)))
    assert len(missing) <= STILL_ENGLISH * len(found.messages), f"make messages, then translate: {missing[:9]}"
    for message, forms in said.items():
        for words in forms:
            assert not words or _kept(words) == _kept(message.text), f"{message}: {words}"
            assert not words or words[0].isspace() == message.text[0].isspace(), f"{message}: {words}"
    messages.release(path, tmp_path / "again.qm")
    assert (tmp_path / "again.qm").read_bytes() == path.with_suffix(".qm").read_bytes(), "make messages"


def _kept(text: str) -> list[str]:
    """What must stand in a translation as it does in the text: fields, lines."""
    return sorted([*re.findall(r"\{[^}]*\}|%n", text), *re.findall("\n", text)])
