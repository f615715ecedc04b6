"""Collects every text that the program can show into resources/i18n, and compiles what has been translated.

``python tools/messages.py`` brings each ``agent_desktop_XX.ts`` up to date and makes its ``.qm``; with a language
(``pl``) it begins that one. Texts are found by Python's own parser, since lupdate knows nothing of a module's short
``_tr``; merging, plural forms and compiling are pyside6-lupdate's and pyside6-lrelease's.
"""

import argparse
import ast
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from PySide6.QtCore import QLocale

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "i18n"
_ONE_CONTEXT = 1  # arguments of self.tr and of a module's own _tr
_BOTH = 2  # arguments of QCoreApplication.translate
# Texts that come by a name; where they stand they are marked (QT_TRANSLATE_NOOP), or read below (settings).
_BY_NAME = {
    ("agent_desktop/ui/actions.py", "action"),
    ("agent_desktop/ui/outbox_words.py", "Outbox"),
    ("agent_desktop/ui/setting_controls.py", "settings"),
    ("agent_desktop/ui/settings_page.py", "settings"),
    ("agent_desktop/data/errors.py", "told"),
    ("agent_desktop/data/pop.py", "told"),
    ("agent_desktop/data/customer_lines.py", "told"),
    ("agent_desktop/core/handoff.py", "told"),
    ("agent_desktop/core/figures.py", "told"),
}
_REFUSING = ("Refused", "required", "_within")  # whose texts are translated when they are told
_COMMANDS = ("backup.py", "verify.py", "privacy.py", "privacy_export.py", "retention.py", "erasure.py", "access.py")
_CODE = re.compile(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_([A-Z]{2}|[0-9]{3}))?")  # language, script, territory
_SQL = re.compile(r"MESSAGE = '([A-Z](?:[^']|'')*)'")  # what the server refuses with


class Message(NamedTuple):
    context: str
    text: str
    plural: bool = False


@dataclass
class Found:
    """What a look through the sources gave; ``lost`` are calls whose text nobody can collect, by file and line."""

    messages: set[Message] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)


def collect(package: Path = ROOT / "agent_desktop") -> Found:
    """Every text of the package."""
    found = Found()
    for path in sorted(package.rglob("*.py")):
        source = path.read_text(encoding="utf-8")
        if any(sign in source for sign in ("tr(", "translate", "TRANSLATE", "told", "mark(", "Refused")):
            _Reader(path.relative_to(package.parent).as_posix(), found).visit(ast.parse(source))
    found.messages.update(_settings(package / "settings.py"))
    for path in package.rglob("*.sql"):
        said = _SQL.findall(path.read_text(encoding="utf-8"))
        found.messages.update(Message("told", text.replace("''", "'")) for text in said)
    return found


class _Reader(ast.NodeVisitor):
    """One module: knows in which class it is, what its variables are, and what its short names stand for."""

    def __init__(self, name: str, found: Found):
        self.name, self.found = name, found
        self.classes: list[str] = []
        self.kinds: dict[str, str] = {}
        self.contexts: dict[str, str] = {}
        self.aliases = {"QCoreApplication.translate", "QT_TRANSLATE_NOOP"}
        self.refuses = name.startswith("agent_desktop/data/") and not name.endswith(_COMMANDS)

    def visit_Module(self, node: ast.Module) -> None:
        for each in ast.walk(node):
            if isinstance(each, ast.FunctionDef) and (context := _context_of(each)):
                self.contexts[each.name] = context
            elif isinstance(each, ast.Assign):
                self.aliases.update(_aliases(each))
            elif isinstance(each, ast.ImportFrom) and each.module == "agent_desktop.told":
                self.contexts |= {name.asname or name.name: "told" for name in each.names}
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.classes.append(node.name)
        self.generic_visit(node)
        self.classes.pop()

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if _context_of(node):
            return
        outer = self.kinds
        self.kinds = outer | {each.arg: _class_of(each.annotation) for each in node.args.args}
        self.generic_visit(node)
        self.kinds = outer

    def visit_Assign(self, node: ast.Assign) -> None:
        if isinstance(node.value, ast.Call):
            self.kinds |= {_dotted(target): _class_of(node.value.func) for target in node.targets}
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        self.generic_visit(node)
        called = _dotted(node.func)
        if called in self.aliases and len(node.args) >= _BOTH:
            for context in _texts(node.args[0]):
                self._take(node, context, node.args[1], plural=len(node.args) > _BOTH + 1)
        elif self.refuses and called in _REFUSING:
            self.found.messages.update(
                Message("told", each) for part in node.args for each in _texts(part) if " " in each
            )
        elif called in self.contexts:
            self._take(node, self.contexts[called], node.args[0], plural=False)
        elif called.endswith(".tr") or called == "tr":
            owner = called.removesuffix(".tr")
            context = self.classes[-1] if owner == "self" and self.classes else self.kinds.get(owner, "")
            if context:
                self._take(node, context, node.args[0], plural=len(node.args) > _BOTH)
            else:
                self._lose(node)

    def _take(self, node: ast.Call, context: str, text: ast.expr, *, plural: bool) -> None:
        texts = list(_texts(text))
        if not texts and (self.name, context) not in _BY_NAME:
            self._lose(node)
        self.found.messages.update(Message(context, each, plural) for each in texts if each)

    def _lose(self, node: ast.Call) -> None:
        self.found.lost.append(f"{self.name}:{node.lineno} {ast.unparse(node)}")


def _dotted(node: ast.AST) -> str:
    """ "self.tr" of a name with attributes, empty for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else ""


def _class_of(node: ast.AST | None) -> str:
    """The class that an annotation or a call names; Qt looks for a text under each class that an object is of."""
    return _dotted(node).rpartition(".")[2] if node is not None else ""


def _context_of(node: ast.FunctionDef) -> str:
    """The context for which a short function translates: ``return QCoreApplication.translate("context", text)``."""
    last = node.body[-1]
    call = last.value if isinstance(last, ast.Return) else None
    if not isinstance(call, ast.Call) or len(node.args.args) != 1 or len(call.args) != _BOTH:
        return ""
    context, text = call.args
    if _dotted(call.func) != "QCoreApplication.translate" or not isinstance(context, ast.Constant):
        return ""
    return str(context.value) if _dotted(text) == node.args.args[0].arg else ""


def _aliases(node: ast.Assign) -> Iterator[str]:
    """Names that stand for QCoreApplication.translate, also in ``a, tr = b, QCoreApplication.translate``."""
    for target in node.targets:
        several = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
        names = target.elts if several and isinstance(target, ast.Tuple) else [target]
        values = node.value.elts if several and isinstance(node.value, ast.Tuple) else [node.value]
        for name, value in zip(names, values, strict=False):
            if _dotted(value) == "QCoreApplication.translate":
                yield _dotted(name)


def _texts(node: ast.expr) -> Iterator[str]:
    """The texts that an argument can be: a constant, or either of two."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)


def _settings(path: Path) -> Iterator[Message]:
    """Titles and explanations of the settings, and the names of their groups, which are the classes' docstrings."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ClassDef):
            words = ast.get_docstring(node, clean=False)
            if words and not words.endswith((".", "\n")):  # a group; of what it is made has sentences
                yield Message("settings", words)
        elif isinstance(node, ast.Call) and _dotted(node.func) == "_meta":
            for each in node.args:
                yield from (Message("settings", text) for text in _texts(each) if text)


# ------------------------------------------------------------------- files


def written(path: Path) -> dict[Message, tuple[str, ...]]:
    """What a .ts file has: the translation of each text, one for each plural form, empty where it is unfinished."""
    said: dict[Message, tuple[str, ...]] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        for message in context.iter("message"):
            key = Message(
                context.findtext("name") or "", message.findtext("source") or "", message.get("numerus") == "yes"
            )
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")] or [translation.text or ""]
            said[key] = tuple(forms) if translation.get("type") is None else ("",) * len(forms)
    return said


def update(path: Path, messages: set[Message]) -> None:
    """Bring one .ts file up to date: new texts come in unfinished, those that are gone go."""
    lines = ["from PySide6.QtCore import QCoreApplication\n"]
    for message in sorted(messages):
        plural = ", None, 1" if message.plural else ""
        lines.append(f"QCoreApplication.translate({_quoted(message.context)}, {_quoted(message.text)}{plural})\n")
    with tempfile.TemporaryDirectory() as folder:
        stub = Path(folder, "texts.py")
        stub.write_text("".join(lines), encoding="utf-8")
        language = path.stem.removeprefix("agent_desktop_")
        _run("pyside6-lupdate", "-silent", "-locations", "none", "-no-obsolete", "-no-ui-lines",
             "-source-language", "en", "-target-language", language, stub, "-ts", path)  # fmt: skip


def release(path: Path, into: Path) -> None:
    """Compile a .ts file."""
    _run("pyside6-lrelease", "-silent", "-nounfinished", path, "-qm", into)


def _quoted(text: str) -> str:
    signs = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
    return '"' + "".join(signs.get(sign, sign) for sign in text) + '"'


def _run(program: str, *arguments: str | Path) -> None:
    subprocess.run([Path(sys.executable).with_name(program), *arguments], check=True)


def language(code: str) -> str:
    """A language's code as the program looks for its file, "pl", "pt_BR" or "zh_Hant_TW"; refuses anything else."""
    if not _CODE.fullmatch(code) or (known := QLocale(code).language()) == QLocale.Language.C:
        raise argparse.ArgumentTypeError(f"“{code}” is no language: its code is two or three letters, pl or pt_BR")
    if known == QLocale.Language.English:
        raise argparse.ArgumentTypeError(f"“{code}” needs no translation: English is the language of the source")
    return code


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description="Bring every language up to date and compile it.")
    parser.add_argument("languages", nargs="*", type=language, metavar="LANGUAGE", help="begin this one: pl, pt_BR")
    languages = parser.parse_args(arguments).languages
    found = collect()
    for place in found.lost:
        print(f"Nobody can collect this text: {place}", file=sys.stderr)
    names = {*(f"agent_desktop_{each}.ts" for each in languages), *(file.name for file in FOLDER.glob("*.ts"))}
    for path in sorted(FOLDER / name for name in names):
        update(path, found.messages)
        open_ones = sum("" in forms for forms in written(path).values())
        release(path, path.with_suffix(".qm"))
        print(f"{path.name}: {len(found.messages):,} texts, {open_ones:,} without a translation")
    return 1 if found.lost else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
