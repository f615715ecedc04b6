"""What changed between two editions of an article, line by line."""

import difflib
from dataclasses import dataclass

from agent_desktop.data.knowledge_rows import ArticleContent


@dataclass(frozen=True, slots=True)
class Line:
    """``sign``: "+" added, "-" taken out, " " the same, "…" lines left out."""

    sign: str
    text: str


def difference(before: ArticleContent, after: ArticleContent) -> tuple[Line, ...]:
    """The lines of title, facts and text, with three the same around each change; nothing where all is the same."""
    found = difflib.unified_diff(_lines(before), _lines(after), lineterm="", n=3)
    lines: list[Line] = []
    for at, line in enumerate(found):
        if at < 2:
            continue  # names of files
        if line.startswith("@@"):
            lines += [Line("…", "")] if lines else []
        else:
            lines.append(Line(line[:1], line[1:]))
    return tuple(lines)


def _lines(content: ArticleContent) -> list[str]:
    valid = f"{content.valid_from or ''} – {content.valid_until or ''}"
    facts = (", ".join(content.queues), ", ".join(content.tags), valid)
    return [content.title, *facts, *content.text.splitlines()]
