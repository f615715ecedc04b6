"""A caller nobody knows: a form for a new customer, or the search that links the call to one who exists."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from agent_desktop.core.views import NewCustomer
from agent_desktop.data.rows import CustomerLine
from agent_desktop.ui import fields, theme, wording
from agent_desktop.ui.buttons import Button
from agent_desktop.ui.choice import Choice
from agent_desktop.ui.fields import field
from agent_desktop.ui.labels import Icon, label
from agent_desktop.ui.layouts import column, frame, row, rule
from agent_desktop.ui.pick_list import CustomerList
from agent_desktop.ui.theme import restyle

_LANGUAGES = (
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "he", "hi", "hr", "hu", "it", "ja", "ko", "lt",
    "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
_SEARCH_WAIT_MS = 150


class NewCallerForm(QWidget):
    """Signals: create_customer(NewCustomer), link(UUID), search(str) answered by ``set_candidates``."""

    create_customer = Signal(object)
    link = Signal(object)
    search = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._key: object = None
        self._prefilled: tuple[str, str] = ("", "")
        self._icon = Icon("user-plus", "text2", 18)
        self._title = label("", "title", wrap=True)
        self._words = label("", "small", "2", wrap=True)
        self._trouble_text = label("", "small", "warn", wrap=True)
        self._trouble = frame(
            row(Icon("cloud-off", "warn"), (self._trouble_text, 1), spacing=10, margins=(12, 9, 12, 9)), note="warn"
        )
        self.number, self.name = _line(self.tr("Number")), _line(self.tr("Name"))
        self.organisation, self.email = _line(self.tr("Organisation")), _line(self.tr("E-mail"))
        self.number.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.language = Choice(self.tr("Language"))
        self.language.setMinimumContentsLength(8)
        self.language.addItem(self.tr("Not known"), "")
        for name, code in sorted((wording.language(code), code) for code in _LANGUAGES):
            self.language.addItem(name, code)
        self._error = label("", "small", "bad", wrap=True)
        self.save = Button(self.tr("Create customer"), "user-plus", kind="primary", height=34)
        self.save.clicked.connect(self._save)
        self.query = fields.search_field(self.tr("Name, number or account"), self.tr("Find an existing customer"))
        self.candidates = CustomerList(self.tr("Customers found"))
        self._none_found = label(self.tr("Nobody found"), "small", "3")
        self._wait = QTimer(self, singleShot=True, interval=_SEARCH_WAIT_MS)
        self._wait.timeout.connect(lambda: self.search.emit(self.query.text().strip()))
        self.query.textChanged.connect(self._search_changed)
        self.query.returnPressed.connect(self._first)
        self.candidates.picked.connect(self.link)
        for edit in (self.number, self.name, self.organisation, self.email):
            edit.returnPressed.connect(self._save)
        self.name.textChanged.connect(self._name_changed)
        self._lay_out()
        self._search_changed("")
        self.setFocusProxy(self.name)

    def _lay_out(self) -> None:
        self.setLayout(
            column(
                row(self._icon, (self._title, 1)),
                self._words,
                self._trouble,
                field(self.tr("Name"), self.name, required=True),
                field(self.tr("Number"), self.number),
                field(self.tr("Organisation"), self.organisation),
                field(self.tr("E-mail"), self.email),
                field(self.tr("Language"), self.language),
                self._error,
                self.save,
                rule(),
                label(self.tr("Or link to an existing customer"), "body-b", wrap=True),
                self.query,
                self._none_found,
                self.candidates,
                None,
                spacing=10,
            )
        )
        self._error.hide()
        self._trouble.hide()

    # ----------------------------------------------------------------- filled

    def set_caller(self, key: object, number: str, name: str = "") -> None:
        """Prefill for one caller; ``key`` tells callers apart. What was typed for the same one stays as it is."""
        if key == self._key:
            if (number, name) != self._prefilled and not self.is_touched():
                self._fill(number, name)
            return
        self._key = key
        self._fill(number, name)
        self.organisation.clear()
        self.email.clear()
        self.language.setCurrentIndex(0)
        self.query.clear()
        self.candidates.set_lines(())
        self._tell("")

    def set_words(self, state: str, trouble: str = "") -> None:
        """``state``: unknown, withheld or offline; ``trouble`` says why the database has no answer."""
        titles = {
            "unknown": (self.tr("New caller"), self.tr("No customer has this number.")),
            "withheld": (self.tr("Withheld number"), self.tr("The caller’s number was not sent. Ask for it.")),
            "offline": (self.tr("Caller not looked up"), self.tr("What the call itself said is filled in.")),
        }
        title, words = titles[state]
        self._icon.set({"withheld": "eye-off", "offline": "cloud-off"}.get(state, "user-plus"))
        self._title.setText(title)
        self._words.setText(words)
        self._trouble_text.setText(trouble)
        self._trouble.setVisible(bool(trouble))

    def set_candidates(self, lines: tuple[CustomerLine, ...]) -> None:
        """The answer to ``search``, best first."""
        self.candidates.set_lines(lines, sought=self.query.text())
        self.candidates.setVisible(bool(lines))
        self.candidates.setFixedHeight(self.candidates.sizeHint().height())
        self._none_found.setVisible(not lines and bool(self.query.text().strip()))

    def is_touched(self) -> bool:
        """Whether anything was typed that a fresh form would not hold."""
        texts = (self.number.text(), self.name.text())
        return texts != self._prefilled or any(
            edit.text().strip() for edit in (self.organisation, self.email, self.query)
        )

    def _fill(self, number: str, name: str) -> None:
        self._prefilled = (number, name)
        self.number.setText(number)
        self.name.setText(name)

    # ------------------------------------------------------------------ told

    def _save(self) -> None:
        name = " ".join(self.name.text().split())
        if not name:
            self._tell(self.tr("A customer needs a name."))
            self.name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._tell("")
        self.create_customer.emit(
            NewCustomer(
                name=name,
                organisation=" ".join(self.organisation.text().split()),
                number=self.number.text().strip(),
                email=self.email.text().strip(),
                language=self.language.currentData(),
            )
        )

    def _tell(self, trouble: str) -> None:
        self._error.setText(trouble)
        self._error.setVisible(bool(trouble))
        restyle(self.name, error=bool(trouble))

    def _name_changed(self, text: str) -> None:
        if text.strip() and self._error.isVisibleTo(self):
            self._tell("")

    def _search_changed(self, text: str) -> None:
        if text.strip():
            self._wait.start()
        else:
            self._wait.stop()
            self.set_candidates(())

    def _first(self) -> None:
        self.candidates.pick(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and self.query.hasFocus() and self.candidates.count():
            self.candidates.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def _line(name: str) -> QLineEdit:
    edit = QLineEdit()
    edit.setAccessibleName(name)
    edit.setMaxLength(300)
    theme.size(edit, minimum_width=60)
    return edit
