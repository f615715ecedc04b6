from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from agent_desktop.ui import file_dialogs


@pytest.fixture
def parent(qtbot: object) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)  # type: ignore[attr-defined]
    return made


@pytest.fixture
def dialog(parent: QWidget) -> Callable[[], QFileDialog]:
    def find() -> QFileDialog:
        (found,) = parent.findChildren(QFileDialog)
        return found

    return find


def test_a_name_is_made_one_that_every_file_system_takes_with_the_suffix_of_its_kind(
    parent: QWidget, dialog: Callable[[], QFileDialog], tmp_path: Path
) -> None:
    chosen: list[Path] = []
    file_dialogs.choose_to_write(
        parent, "Export", "Calls: ą/ß? *.*", chosen.append, {"PDF (*.pdf)": "pdf", **file_dialogs.table_kinds()}
    )
    assert [Path(name).name for name in dialog().selectedFiles()] == ["Calls_ ą_ß_ _._.pdf"]
    dialog().filterSelected.emit("List (*.csv)")
    assert dialog().defaultSuffix() == "csv"
    dialog().setDirectory(str(tmp_path))
    dialog().selectFile("mine")
    dialog().accept()
    assert chosen == [tmp_path / "mine.csv"]


def test_reading_offers_what_there_is(parent: QWidget, dialog: Callable[[], QFileDialog]) -> None:
    file_dialogs.choose_to_read(parent, "Import", ("Lists (*.csv)", "All files (*)"), lambda path: None)
    assert dialog().fileMode() == QFileDialog.FileMode.ExistingFile
    assert dialog().nameFilters() == ["Lists (*.csv)", "All files (*)"]
    dialog().reject()
