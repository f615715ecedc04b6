"""A list whose rows are painted: what all such lists have in common."""

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyledItemDelegate


class RowList(QListView):
    """Rows of one height that nobody edits, scrolled smoothly, as wide as the list."""

    def __init__(self, model: QAbstractItemModel, delegate: type[QStyledItemDelegate]) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(delegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
