"""An article's text: Markdown without HTML, from which nothing is fetched and nothing opens by itself."""

import re
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, Qt, QUrl, Signal
from PySide6.QtGui import QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextFrameFormat, QTextTable
from PySide6.QtWidgets import QFrame, QTextBrowser

from agent_desktop.ui import theme

_PICTURE = re.compile(r"!\[([^\]\n]*)\](?:\([^)\n]*\)|\[[^\]\n]*\])")
_FEATURES = QTextDocument.MarkdownFeature.MarkdownDialectGitHub | QTextDocument.MarkdownFeature.MarkdownNoHTML
_MOST_ROWS = 300
_HEADINGS = {1: "title", 2: "body-b", 3: "body-b"}


class ArticleBody(QTextBrowser):
    """Read only. Signal: link_wanted(address): somebody activated a link to a web page; others do nothing."""

    link_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Text of the article"))
        self.setProperty("article", True)
        theme.dress(self, "body")
        self.anchorClicked.connect(self._activated)

    def set_text(self, markdown: str) -> None:
        """Show a text; the same one again stays where it was scrolled to."""
        if markdown != self._text:
            self._text = markdown
            self._draw()
            self.verticalScrollBar().setValue(0)

    def markdown(self) -> str:
        """The text as it was given."""
        return self._text

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures and sheets are neither read from disk nor fetched."""
        return QByteArray()

    def _activated(self, address: QUrl) -> None:
        if address.scheme() in ("http", "https") and address.host():
            self.link_wanted.emit(address.toString())

    def _draw(self) -> None:
        document = self.document()
        document.setDefaultFont(theme.font("body"))
        document.setDocumentMargin(theme.px(6))  # the focus is drawn around it
        all_at_once = QTextCursor(document)  # else each change has the whole text laid out again
        all_at_once.beginEditBlock()
        if sum("|" in line for line in self._text.splitlines()) > _MOST_ROWS:
            document.setPlainText(self._text)  # laid out as a table it would hold up the window for seconds
        else:
            document.setMarkdown(_PICTURE.sub(r"\1", self._text), _FEATURES)
        _dress_blocks(document)
        for frame in document.rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                _dress_table(frame)
        all_at_once.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange) and getattr(self, "_text", None):
            at = self.verticalScrollBar().value()
            self._draw()
            self.verticalScrollBar().setValue(at)


def _dress_blocks(document: QTextDocument) -> None:
    """Headings in the type of the program, some air between lines and paragraphs, a quiet ground for quotations."""
    block = document.begin()
    first = True
    while block.isValid():
        cursor = QTextCursor(block)
        shape = QTextBlockFormat(block.blockFormat())
        level = shape.headingLevel()
        shape.setTopMargin(0 if first else theme.px(12 if level else 0))
        shape.setBottomMargin(theme.px(4 if level or block.textList() is not None else 8))
        shape.setLineHeight(135, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        if shape.intProperty(QTextBlockFormat.Property.BlockQuoteLevel.value):
            shape.setBackground(theme.color("subtle"))
            shape.setLeftMargin(0)
            shape.setTopMargin(theme.px(6))
        cursor.setBlockFormat(shape)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            look = QTextCharFormat()
            look.setFont(theme.font(_HEADINGS.get(level, "body-b")))
            cursor.mergeCharFormat(look)
        first = False
        block = block.next()


def _dress_table(table: QTextTable) -> None:
    shape = table.format()
    shape.setBorder(1)
    shape.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    shape.setBorderBrush(theme.color("line2"))
    shape.setBorderCollapse(True)
    shape.setCellPadding(theme.px(5))
    shape.setBottomMargin(theme.px(10))
    table.setFormat(shape)
