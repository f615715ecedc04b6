"""The one table of what the keyboard can do: every action with its keys, its words and when it is possible.

QActions, the shortcut sheet, the command palette and the key hints on buttons all come from here. One key has one
meaning in every state; a key whose action is not possible now does nothing, also while the agent types.
"""

from collections.abc import Collection, Mapping

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from agent_desktop.core.states import CallState
from agent_desktop.core.views import CallView, RecordingView
from agent_desktop.data.words import Presence
from agent_desktop.ui.key_caps import cap_text


class Action(msgspec.Struct, frozen=True):
    """``keys`` in Qt's portable words; ``why_not`` says when it is possible, for places that show it disabled."""

    name: str
    label: str
    keys: str
    group: str
    icon: str
    why_not: str = ""


class Gesture(msgspec.Struct, frozen=True):
    """A key that means something only inside one widget; shown on the sheet beside the actions."""

    label: str
    keys: str
    group: str


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Marks a text for lupdate; PySide's own is typed to return object."""
    return text


_RINGS = QT_TRANSLATE_NOOP("action", "only while a call rings")
_IN_CALL = QT_TRANSLATE_NOOP("action", "only during a call")
_ANY_CALL = QT_TRANSLATE_NOOP("action", "only while there is a call")
_SECOND = QT_TRANSLATE_NOOP("action", "only while a second call rings")
_TWO = QT_TRANSLATE_NOOP("action", "only with a second call")
_VOICEMAIL = QT_TRANSLATE_NOOP("action", "only while a call rings, with a voicemail in Settings")
_CAN_RECORD = QT_TRANSLATE_NOOP("action", "only during a call, where recording is on")
_RECORDING = QT_TRANSLATE_NOOP("action", "only while a call is being recorded")
_WRAP_UP = QT_TRANSLATE_NOOP("action", "only in wrap-up")
_DIFFERS = QT_TRANSLATE_NOOP("action", "only while the PBX does not agree")
_OPEN_FORM = QT_TRANSLATE_NOOP("action", "only while a call is being logged")
_CALLER = QT_TRANSLATE_NOOP("action", "only with a caller on screen")
_CUSTOMER = QT_TRANSLATE_NOOP("action", "only with a customer on screen")
_REDIAL = QT_TRANSLATE_NOOP("action", "nothing was dialled yet")
_SERVER = QT_TRANSLATE_NOOP("action", "only with a centre’s database")
_LEADS = QT_TRANSLATE_NOOP("action", "only for team leads")
_SUPERVISES = QT_TRANSLATE_NOOP("action", "only for supervisors")
_ADMINS = QT_TRANSLATE_NOOP("action", "only for administrators")
_BUSY = QT_TRANSLATE_NOOP("action", "not during a call")

GROUPS: dict[str, str] = {
    "call": QT_TRANSLATE_NOOP("action", "Call"),
    "transfer": QT_TRANSLATE_NOOP("action", "Transfer card"),
    "state": QT_TRANSLATE_NOOP("action", "State"),
    "work": QT_TRANSLATE_NOOP("action", "Work"),
    "wrap_up": QT_TRANSLATE_NOOP("action", "Wrap-up"),
    "lead": QT_TRANSLATE_NOOP("action", "Supervising"),
    "panels": QT_TRANSLATE_NOOP("action", "Panels"),
    "screens": QT_TRANSLATE_NOOP("action", "Screens"),
}

TABLE: tuple[Action, ...] = (
    Action("answer", QT_TRANSLATE_NOOP("action", "Answer"), "F2", "call", "phone", _RINGS),
    Action("mute", QT_TRANSLATE_NOOP("action", "Mute, unmute"), "F3", "call", "mic-off", _IN_CALL),
    Action("hold", QT_TRANSLATE_NOOP("action", "Hold, resume"), "F4", "call", "pause", _IN_CALL),
    Action("pause_recording", QT_TRANSLATE_NOOP("action", "Pause or resume recording"), "F5", "call", "circle-pause",
           _RECORDING),
    Action("record", QT_TRANSLATE_NOOP("action", "Record, stop recording"), "Ctrl+Shift+R", "call", "circle-dot",
           _CAN_RECORD),
    Action("transfer", QT_TRANSLATE_NOOP("action", "Transfer"), "F6", "call", "phone-forwarded", _IN_CALL),
    Action("swap", QT_TRANSLATE_NOOP("action", "Swap calls"), "Shift+F4", "call", "arrow-left-right", _TWO),
    Action("next_call", QT_TRANSLATE_NOOP("action", "Choose the next call"), "Shift+F2", "call", "list", _TWO),
    Action("join", QT_TRANSLATE_NOOP("action", "Join the calls"), "F8", "call", "users", _TWO),
    Action("voicemail", QT_TRANSLATE_NOOP("action", "To the voicemail"), "Shift+F9", "call", "voicemail", _VOICEMAIL),
    Action("keypad", QT_TRANSLATE_NOOP("action", "Keypad"), "F7", "call", "grip"),
    Action("end", QT_TRANSLATE_NOOP("action", "End or decline"), "F9", "call", "phone-off", _ANY_CALL),
    Action("decline_second", QT_TRANSLATE_NOOP("action", "Decline a second call"), "Ctrl+F9", "call", "phone-off",
           _SECOND),
    Action("dial", QT_TRANSLATE_NOOP("action", "Dial field"), "Ctrl+D", "call", "phone-outgoing", _BUSY),
    Action("redial", QT_TRANSLATE_NOOP("action", "Redial last"), "Ctrl+R", "call", "redo-2", _REDIAL),
    Action("ready", QT_TRANSLATE_NOOP("action", "Ready, not ready"), "F12", "state", "circle-check"),
    Action("pause", QT_TRANSLATE_NOOP("action", "Pause with a reason"), "Shift+F12", "state", "coffee"),
    Action("pbx_right", QT_TRANSLATE_NOOP("action", "Put the PBX right"), "Ctrl+F12", "state",
           "triangle-alert", _DIFFERS),
    Action("mini_bar", QT_TRANSLATE_NOOP("action", "Mini bar on top"), "Ctrl+Shift+M", "state", "picture-in-picture-2"),
    Action("sign_out", QT_TRANSLATE_NOOP("action", "Sign out"), "Ctrl+Shift+L", "state", "log-out",
           _SERVER),
    Action("palette", QT_TRANSLATE_NOOP("action", "Search or run a command"), "Ctrl+K", "work", "search"),
    Action("new_ticket", QT_TRANSLATE_NOOP("action", "New ticket"), "Ctrl+N", "work", "ticket"),
    Action("verify", QT_TRANSLATE_NOOP("action", "Verify the caller"), "Ctrl+I", "work", "shield-check", _CALLER),
    Action("hand_over", QT_TRANSLATE_NOOP("action", "Hand over to IVR"), "Ctrl+H", "work", "credit-card", _IN_CALL),
    Action("copy_number", QT_TRANSLATE_NOOP("action", "Copy the caller’s number"), "Ctrl+Shift+C", "work", "copy",
           _CALLER),
    Action("outbox", QT_TRANSLATE_NOOP("action", "Unsent entries"), "Ctrl+Shift+O", "work", "inbox"),
    Action("import", QT_TRANSLATE_NOOP("action", "Import customers"), "Ctrl+Shift+I", "work", "download",
           _LEADS),
    Action("export", QT_TRANSLATE_NOOP("action", "Export customers"), "Ctrl+Shift+E", "work", "upload"),
    Action("merge", QT_TRANSLATE_NOOP("action", "Merge customers"), "Ctrl+Shift+D", "work", "git-merge", _CUSTOMER),
    Action("merges", QT_TRANSLATE_NOOP("action", "Merged customers"), "Ctrl+Shift+H", "work", "users"),
    Action("filter", QT_TRANSLATE_NOOP("action", "Filter this list"), "Ctrl+F", "work", "list-filter"),
    Action("snippets", QT_TRANSLATE_NOOP("action", "Snippets for notes"), "Ctrl+Shift+S", "work", "text-quote"),
    Action("sheet", QT_TRANSLATE_NOOP("action", "Keyboard shortcuts"), "F1", "work", "keyboard"),
    Action("settings", QT_TRANSLATE_NOOP("action", "Settings"), "Ctrl+,", "work", "settings"),
    Action("test_sound", QT_TRANSLATE_NOOP("action", "Test sound"), "Ctrl+Shift+T", "work", "audio-lines"),
    Action("full_screen", QT_TRANSLATE_NOOP("action", "Full screen"), "F11", "work", "maximize"),
    Action("save_draft", QT_TRANSLATE_NOOP("action", "Save draft"), "Ctrl+S", "wrap_up", "save", _OPEN_FORM),
    Action("complete", QT_TRANSLATE_NOOP("action", "Complete wrap-up"), "Ctrl+Return", "wrap_up", "check", _OPEN_FORM),
    Action("extend", QT_TRANSLATE_NOOP("action", "Extend wrap-up"), "Ctrl+E", "wrap_up", "clock-plus", _WRAP_UP),
    Action("agent_actions", QT_TRANSLATE_NOOP("action", "Act on agent"), "Ctrl+Shift+A", "lead", "user-cog",
           _LEADS),
    Action("listen", QT_TRANSLATE_NOOP("action", "Listen to agent"), "Ctrl+J", "lead", "headphones", _LEADS),
    Action("whisper", QT_TRANSLATE_NOOP("action", "Whisper, barge in"), "Ctrl+Shift+W", "lead", "mic", _LEADS),
    Action("take_call", QT_TRANSLATE_NOOP("action", "Take longest waiting"), "Ctrl+G", "lead",
           "phone-incoming", _SUPERVISES),
    Action("lift_identity", QT_TRANSLATE_NOOP("action", "Verify a caller again"), "Ctrl+Shift+V", "lead",
           "shield-check", _SUPERVISES),
    Action("message", QT_TRANSLATE_NOOP("action", "Message agents"), "Ctrl+Shift+N", "lead", "message-square",
           _LEADS),
    Action("panel_caller", QT_TRANSLATE_NOOP("action", "Caller"), "Ctrl+1", "panels", "user"),
    Action("panel_history", QT_TRANSLATE_NOOP("action", "Contact history"), "Ctrl+2", "panels", "clock"),
    Action("panel_script", QT_TRANSLATE_NOOP("action", "Script"), "Ctrl+3", "panels", "book-open"),
    Action("panel_wrap_up", QT_TRANSLATE_NOOP("action", "Wrap-up"), "Ctrl+4", "panels", "square-pen"),
    Action("panel_handoff", QT_TRANSLATE_NOOP("action", "Handoff"), "Ctrl+5", "panels", "route"),
    Action("panel_knowledge", QT_TRANSLATE_NOOP("action", "Search articles"), "Ctrl+6", "panels", "file-text"),
    Action("workspace", QT_TRANSLATE_NOOP("action", "Workspace"), "Alt+1", "screens", "headset"),
    Action("calls", QT_TRANSLATE_NOOP("action", "Calls"), "Alt+2", "screens", "phone"),
    Action("customers", QT_TRANSLATE_NOOP("action", "Customers"), "Alt+3", "screens", "contact"),
    Action("tickets", QT_TRANSLATE_NOOP("action", "Tickets"), "Alt+4", "screens", "ticket"),
    Action("board", QT_TRANSLATE_NOOP("action", "Board"), "Alt+5", "screens", "layout-dashboard"),
    Action("reports", QT_TRANSLATE_NOOP("action", "Reports"), "Alt+7", "screens", "chart-column"),
    Action("admin", QT_TRANSLATE_NOOP("action", "Administration"), "Alt+6", "screens", "user-cog", _ADMINS),
    Action("staffing", QT_TRANSLATE_NOOP("action", "Staffing"), "Alt+8", "screens", "calendar-clock"),
    Action("scripts", QT_TRANSLATE_NOOP("action", "Scripts"), "Alt+9", "screens", "scroll-text", _LEADS),
    Action("knowledge", QT_TRANSLATE_NOOP("action", "Knowledge"), "Alt+0", "screens", "library"),
    Action("look_back", QT_TRANSLATE_NOOP("action", "Look back in time"), "Ctrl+Shift+B", "screens",
           "rotate-ccw-clock"),
    Action("what_if", QT_TRANSLATE_NOOP("action", "What if"), "Ctrl+Shift+F", "screens",
           "calendar-clock"),
    Action("layouts", QT_TRANSLATE_NOOP("action", "Board layouts"), "Ctrl+L", "screens", "layout-grid"),
    Action("wallboard", QT_TRANSLATE_NOOP("action", "Wallboard"), "Shift+F11", "screens", "tv"),
    Action("next_alert", QT_TRANSLATE_NOOP("action", "Next alert of the board"), "Ctrl+.", "screens", "triangle-alert"),
)  # fmt: skip

GESTURES: tuple[Gesture, ...] = (
    Gesture(QT_TRANSLATE_NOOP("action", "Consult"), "Enter", "transfer"),
    Gesture(QT_TRANSLATE_NOOP("action", "Hand over"), "Enter", "transfer"),
    Gesture(QT_TRANSLATE_NOOP("action", "Send now"), "Shift Enter", "transfer"),
    Gesture(QT_TRANSLATE_NOOP("action", "Take back"), "Backspace", "transfer"),
    Gesture(QT_TRANSLATE_NOOP("action", "Script: answer"), "1–9", "panels"),
    Gesture(QT_TRANSLATE_NOOP("action", "Script: next step"), "Enter", "panels"),
    Gesture(QT_TRANSLATE_NOOP("action", "Script: step back"), "Backspace", "panels"),
    Gesture(QT_TRANSLATE_NOOP("action", "Pick a disposition"), "1–9", "wrap_up"),
    Gesture(QT_TRANSLATE_NOOP("action", "Snippet in notes"), "; name Tab", "wrap_up"),
    Gesture(QT_TRANSLATE_NOOP("action", "Next field"), "Tab", "wrap_up"),
    Gesture(QT_TRANSLATE_NOOP("action", "Close what is on top"), "Esc", "work"),
)

BY_NAME: dict[str, Action] = {action.name: action for action in TABLE}

SCREENS: tuple[str, ...] = (
    "workspace",
    "calls",
    "customers",
    "tickets",
    "board",
    "reports",
    "staffing",
    "scripts",
    "knowledge",
    "admin",
)
_ALWAYS = frozenset(
    ("ready", "pause", "palette", "new_ticket", "filter", "sheet", "settings", "test_sound", "full_screen", "keypad",
     "mini_bar", "outbox", "export", "merges", "snippets")
) | {action.name for action in TABLE if action.group in ("panels", "screens") and action.why_not == ""}  # fmt: skip


def translated(text: str) -> str:
    """A word of the table in the present language."""
    return QCoreApplication.translate("action", text)


def label(name: str) -> str:
    """The action's translated name."""
    return translated(BY_NAME[name].label)


def key_text(keys: str) -> str:
    """Keys as they stand on a key cap: "Ctrl Shift C", "Ctrl Enter"."""
    return cap_text(keys)


def keys(name: str) -> str:
    """The action's key cap."""
    return key_text(BY_NAME[name].keys)


# ------------------------------------------------------------------- possible now


def possible(
    calls: Collection[CallView],
    presence: Presence,
    *,
    phone_usable: bool = True,
    logging: bool = False,
    redial: bool = False,
    voicemail: bool = False,
    recording: RecordingView | None = None,
) -> frozenset[str]:
    """The names of the actions that make sense now.

    ``logging``: a wrap-up form is open (from the first ring on); ``redial``: something was dialled before;
    ``voicemail``: there is one to send callers to.
    """
    states = {call.state for call in calls if call.state is not CallState.ENDED}
    talking = bool(states & {CallState.TALKING, CallState.HELD})
    names = set(_ALWAYS)
    if any(call.can_answer for call in calls if call.state is CallState.RINGING):
        names.add("answer")
    if talking:
        names |= {"mute", "hold", "transfer"}
    going = [call for call in calls if call.state in (CallState.TALKING, CallState.HELD)]
    if len(going) > 1:
        names |= {"swap"} if all(call.joined for call in going) else {"swap", "join"}
    if sum(call.state is not CallState.ENDED for call in calls) > 1:
        names.add("next_call")
    if voicemail and CallState.RINGING in states and not talking:
        names.add("voicemail")
    if states:
        names.add("end")
    if CallState.RINGING in states and (talking or CallState.DIALLING in states):
        names.add("decline_second")
    if not states and phone_usable:
        names.add("dial")
        if redial:
            names.add("redial")
    if recording is not None and not recording.why_not:
        names.add("record")
        if recording.state != "off":
            names.add("pause_recording")
    if states or logging:
        names.add("copy_number")
    if logging:
        names |= {"save_draft", "complete"}
    if presence is Presence.WRAP_UP:
        names.add("extend")
    return frozenset(names)


# ---------------------------------------------------------------------- installed


_OWN_KEYS = "own_keys"


def own_keys(widget: QWidget, *keys: str) -> None:
    """Let ``widget`` have keys for itself while the focus is inside it: Ctrl Enter in the command palette."""
    widget.setProperty(_OWN_KEYS, [_combined(QKeySequence(text)) for text in keys])


def _combined(sequence: QKeySequence) -> int:
    first = sequence[0]  # type: ignore[index]  # the stubs do not know QKeySequence's []
    return int(first.toCombined())


class KeyGuard(QObject):
    """Keeps the actions' keys from being eaten by what has focus: Ctrl K means delete-to-end in a text field on X11.

    Qt asks the focused widget first (ShortcutOverride). The guard sits before the window and before the widget that
    has focus, refuses for them, and swallows the key when its action is not possible now.
    """

    def __init__(self, parent: QObject, actions: Mapping[str, QAction]):
        super().__init__(parent)
        self._actions = actions
        self._combinations: set[int] = set()
        self._window: QWindow | None = None
        self._widget: QWidget | None = None
        self.learn()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusWindowChanged.connect(self._watch_window)
            application.focusChanged.connect(self._watch_widget)
        self._watch_window(QGuiApplication.focusWindow())
        self._watch_widget(None, QApplication.focusWidget())

    def learn(self) -> None:
        """Read the actions' keys again, after they were changed."""
        self._combinations = {
            _combined(sequence)
            for action in self._actions.values()
            for sequence in action.shortcuts()
            if sequence.count() == 1
        }

    def _watch_window(self, window: QWindow | None) -> None:
        self._move(self._window, window)
        self._window = window

    def _watch_widget(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._move(self._widget, now)
        self._widget = now

    def _move(self, old: QObject | None, now: QObject | None) -> None:
        if old is now:
            return
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind not in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress) or not isinstance(event, QKeyEvent):
            return False
        pressed = event.keyCombination().toCombined() & ~Qt.KeyboardModifier.KeypadModifier.value
        if pressed not in self._combinations:
            return False
        if _wanted_at_focus(pressed):
            event.accept()
            return kind == QEvent.Type.ShortcutOverride
        if kind == QEvent.Type.ShortcutOverride:
            event.ignore()
        else:
            event.accept()
        return True


def _wanted_at_focus(pressed: int) -> bool:
    widget = QApplication.focusWidget()
    while widget is not None:
        if pressed in (widget.property(_OWN_KEYS) or ()):
            return True
        widget = widget.parentWidget()
    return False


def install(window: QWidget, changed_keys: Mapping[str, str] | None = None) -> dict[str, QAction]:
    """Give ``window`` an action for every entry of the table; they work from anywhere in the application.

    ``changed_keys`` replaces default keys by action name. Connect ``triggered``; switch with ``set_possible``.
    """
    result: dict[str, QAction] = {}
    for entry in TABLE:
        action = QAction(label(entry.name), window)
        action.setObjectName(entry.name)
        keys_now = (changed_keys or {}).get(entry.name, entry.keys)
        sequences = [QKeySequence(keys_now)]
        if "Return" in keys_now:
            sequences.append(QKeySequence(keys_now.replace("Return", "Enter")))  # the one on the number pad
        action.setShortcuts(sequences)
        action.setShortcutContext(Qt.ShortcutContext.ApplicationShortcut)
        action.setAutoRepeat(False)
        window.addAction(action)
        result[entry.name] = action
    KeyGuard(window, result)
    return result


def set_possible(installed: Mapping[str, QAction], names: Collection[str]) -> None:
    """Enable exactly ``names``."""
    for name, action in installed.items():
        if action.isEnabled() != (name in names):
            action.setEnabled(name in names)
