"""Choosing a file to read or to write, beside a phone that goes on ringing and being answered."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

Chosen = Callable[[Path], object]


def table_kinds() -> dict[str, str]:
    """The kinds of file that a list is written as, by what the dialog calls them, with their suffixes."""
    return {
        QCoreApplication.translate("files", "Excel workbook") + " (*.xlsx)": "xlsx",
        QCoreApplication.translate("files", "List") + " (*.csv)": "csv",
    }


def choose_to_read(parent: QWidget, title: str, filters: Sequence[str], chosen: Chosen) -> None:
    """Show the dialog and return; ``chosen`` is called with the file, if one is chosen."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(list(filters))
    _open(dialog, chosen)


def choose_to_write(
    parent: QWidget, title: str, name: str, chosen: Chosen, kinds: Mapping[str, str] | None = None
) -> None:
    """Show the dialog and return. ``name`` has no suffix where there are ``kinds``: the first of them gives it."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog.setDirectory(folder or str(Path.home()))
    if kinds:
        first = next(iter(kinds.values()))
        dialog.setNameFilters(list(kinds))
        dialog.setDefaultSuffix(first)
        dialog.filterSelected.connect(lambda kind: dialog.setDefaultSuffix(kinds[kind]))
        name = f"{''.join(c if c.isalnum() or c in ' -._' else '_' for c in name)}.{first}"
    dialog.selectFile(name)
    _open(dialog, chosen)


def _open(dialog: QFileDialog, chosen: Chosen) -> None:
    dialog.fileSelected.connect(lambda file: chosen(Path(file)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()  # not exec: calls go on ringing and being answered
