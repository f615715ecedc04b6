"""An article's text: no HTML, nothing fetched, no link that opens by itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QTextCursor, QTextTable
from PySide6.QtWidgets import QWidget

from agent_desktop.ui.knowledge.article_body import ArticleBody

HOSTILE = """
# Head <b>bold</b>

<script>alert(1)</script> <img src="file:///etc/hostname"> ![picture](file:///etc/hostname "t") ![x](http://x.invalid/a.png)

![ref][r]

[web](https://example.com/a?b=1) [file](file:///etc/passwd) [js](javascript:alert(1)) [rel](other.md) [none](http://)

| a | b |
| --- | --- |
| 1 | 2 |

[r]: http://x.invalid/b.png
"""


@pytest.fixture
def body(shown: Callable[..., QWidget]) -> ArticleBody:
    made = ArticleBody()
    shown(made, 500, 400)
    made.set_text(HOSTILE)
    return made


def test_html_is_text_and_pictures_are_their_words(body: ArticleBody) -> None:
    text = body.toPlainText()
    for words in (
        "Head <b>bold</b>",
        "<script>alert(1)</script>",
        '<img src="file:///etc/hostname">',
        "picture",
        "ref",
    ):
        assert words in text
    assert "\ufffc" not in text, "no picture is left that something could be loaded for"
    assert bytes(body.loadResource(2, QUrl("file:///etc/hostname"))) == b""
    assert any(isinstance(frame, QTextTable) for frame in body.document().rootFrame().childFrames())


def test_only_pages_of_the_web_are_asked_for_and_nothing_is_left_by_it(body: ArticleBody) -> None:
    wanted: list[str] = []
    body.link_wanted.connect(wanted.append)
    block = body.document().begin()
    targets = []
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            if target := at.fragment().charFormat().anchorHref():
                targets.append(target)
            at += 1
        block = block.next()
    assert {"file:///etc/passwd", "javascript:alert(1)", "other.md"} <= set(targets)
    for target in targets:
        body.anchorClicked.emit(QUrl(target))
    assert wanted == ["https://example.com/a?b=1"]
    assert body.toPlainText().startswith("Head"), "it still shows the article"


def test_the_same_text_again_stays_where_it_was_read(body: ArticleBody) -> None:
    long = "\n\n".join(f"Paragraph {n}" for n in range(200))
    body.set_text(long)
    body.moveCursor(QTextCursor.MoveOperation.End)
    body.verticalScrollBar().setValue(300)
    body.set_text(long)
    assert body.verticalScrollBar().value() == 300
    body.set_text("other")
    assert body.verticalScrollBar().value() == 0


def test_a_table_that_has_no_end_is_shown_as_it_is_written(body: ArticleBody) -> None:
    body.set_text("|a|b|\n|-|-|\n" + "|x|y|\n" * 200)
    assert "|x|y|" not in body.toPlainText()
    body.set_text("|a|b|\n|-|-|\n" + "|x|y|\n" * 9_000)
    assert body.toPlainText().count("|x|y|") == 9_000
