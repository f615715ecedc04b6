"""The desktop's session bus (D-Bus) on Qt's event loop; where there is none, nothing of it works and nothing fails."""

import itertools
import logging
import socket
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

log = logging.getLogger("desktop")

Then = Callable[[tuple[Any, ...] | None], object]  # the answer's body; None for an error, or when there is no bus
OPEN_WITHIN_S = 1.0
_READ = 65_536
_REPLACE = 0x1 | 0x2  # allow another to take the name, take it from another
_OWNER = (1, 4)  # RequestName: primary owner, already so


class NotPossible(Exception):
    """A method of ours cannot do what it was asked; the text says why."""


class Method(msgspec.Struct, frozen=True):
    """A method we offer: its arguments' types, what it does, and the types of what that gives (a tuple then).

    NotPossible becomes a D-Bus error.
    """

    signature: str
    do: Callable[..., object]
    returns: str = ""


class SessionBus(QObject):
    """Signal: lost() when the bus has gone."""

    lost = Signal()

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self.unique_name = ""
        self._socket: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        self._serials = itertools.count(2)  # 1 was Hello
        self._awaited: dict[int, Then] = {}
        self._heard: dict[tuple[str, str], Callable[..., object]] = {}
        self._objects: dict[tuple[str, str], Mapping[str, Method]] = {}
        self._parser: Any = None

    def open(self) -> bool:
        """Connect; False where there is no bus. Waits for it OPEN_WITHIN_S at most."""
        try:
            from jeepney.io.blocking import open_dbus_connection

            connection = open_dbus_connection("SESSION", auth_timeout=OPEN_WITHIN_S)
        except (OSError, KeyError, ValueError, RuntimeError) as error:  # no address, nobody there, not let in
            log.info("no session bus: %s", error)
            return False
        connection.selector.close()
        self.unique_name = connection.unique_name
        self._socket, self._parser = connection.sock, connection.parser
        self._socket.setblocking(False)
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)
        return True

    def is_open(self) -> bool:
        return self._socket is not None

    def close(self) -> None:
        """Leave the bus; nobody waits for an answer any more."""
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        awaited, self._awaited = list(self._awaited.values()), {}
        for then in awaited:
            then(None)

    # ------------------------------------------------------------------ asking

    def call(
        self,
        where: tuple[str, str, str],
        method: str,
        arguments: tuple[str, tuple[Any, ...]] = ("", ()),
        then: Then | None = None,
    ) -> None:
        """Call ``method`` of ``where`` (bus name, path, interface); ``arguments`` are their signature and they."""
        if self._socket is None:
            if then is not None:
                then(None)
            return
        from jeepney import DBusAddress, new_method_call

        name, path, interface = where
        signature, values = arguments
        message = new_method_call(DBusAddress(path, name, interface), method, signature or None, values)
        serial = self._send(message)
        if then is not None and serial:
            self._awaited[serial] = then

    def listen(self, interface: str, member: str, heard: Callable[..., object]) -> None:
        """Have ``heard`` called with a signal's path and its arguments, whoever sends it."""
        self._heard[interface, member] = heard
        rule = f"type='signal',interface='{interface}',member='{member}'"
        self._daemon("AddMatch", ("s", (rule,)))

    def own(self, name: str, then: Callable[[bool], object] | None = None) -> None:
        """Be the one that ``name`` means, also if another program was; ``then`` hears whether it is so."""

        def answered(body: tuple[Any, ...] | None) -> None:
            if then is not None:
                then(body is not None and body[0] in _OWNER)

        self._daemon("RequestName", ("su", (name, _REPLACE)), answered)

    def serve(self, path: str, interface: str, methods: Mapping[str, Method]) -> None:
        """Offer ``methods`` at ``path`` to every program of this session."""
        self._objects[path, interface] = methods

    def _daemon(self, method: str, arguments: tuple[str, tuple[Any, ...]], then: Then | None = None) -> None:
        self.call(("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus"), method, arguments, then)

    # ----------------------------------------------------------------- talking

    def _send(self, message: Any) -> int:
        if self._socket is None:
            return 0
        serial = next(self._serials)
        try:
            self._socket.setblocking(True)
            self._socket.settimeout(OPEN_WITHIN_S)
            self._socket.sendall(message.serialise(serial=serial))
            self._socket.setblocking(False)
        except OSError as error:
            self._gone(error)
            return 0
        return serial

    @Slot()
    def _read(self) -> None:
        if self._socket is None:
            return
        try:
            data = self._socket.recv(_READ)
        except BlockingIOError:
            return
        except OSError as error:
            self._gone(error)
            return
        if not data:
            self._gone(ConnectionResetError("the bus closed"))
            return
        self._parser.add_data(data)
        while self._socket is not None and (message := self._parser.get_next_message()) is not None:
            self._take(message)

    def _gone(self, error: OSError) -> None:
        log.info("the session bus is gone: %s", error)
        self.close()
        self.lost.emit()

    def _take(self, message: Any) -> None:
        from jeepney import HeaderFields, MessageType

        kind, fields = message.header.message_type, message.header.fields
        if kind is MessageType.method_call:
            self._serve(message, fields.get(HeaderFields.path, ""), fields.get(HeaderFields.member, ""))
        elif kind is MessageType.signal:
            key = fields.get(HeaderFields.interface, ""), fields.get(HeaderFields.member, "")
            if key in self._heard:
                self._heard[key](fields.get(HeaderFields.path, ""), *message.body)
        else:
            then = self._awaited.pop(fields.get(HeaderFields.reply_serial, 0), None)
            if then is not None:
                then(message.body if kind is MessageType.method_return else None)

    def _serve(self, message: Any, path: str, member: str) -> None:
        from jeepney import HeaderFields, new_error, new_method_return

        interface = message.header.fields.get(HeaderFields.interface)
        signature = message.header.fields.get(HeaderFields.signature, "")
        if interface == "org.freedesktop.DBus.Introspectable" and member == "Introspect":
            self._send(new_method_return(message, "s", (self._description(path),)))
            return
        if interface == "org.freedesktop.DBus.Peer" and member == "Ping":
            self._send(new_method_return(message))
            return
        method = next(
            (
                methods[member]
                for (at, offered), methods in self._objects.items()
                if at == path and interface in (None, offered) and member in methods
            ),
            None,
        )
        if method is None or method.signature != signature:
            what = "UnknownMethod" if method is None else "InvalidArgs"
            self._send(new_error(message, f"org.freedesktop.DBus.Error.{what}", "s", (f"{member}({signature})",)))
            return
        try:
            result = method.do(*message.body)
        except NotPossible as error:
            self._send(new_error(message, "org.agentdesktop.Error.NotPossible", "s", (str(error),)))
        else:
            self._send(new_method_return(message, method.returns or None, result if method.returns else ()))

    def _description(self, path: str) -> str:
        """What the standard's Introspect tells of us."""
        parts = []
        for (at, interface), methods in self._objects.items():
            if at == path:
                inner = "".join(
                    f'<method name="{name}">'
                    + "".join(f'<arg type="{kind}" direction="in"/>' for kind in method.signature)
                    + "</method>"
                    for name, method in methods.items()
                )
                parts.append(f'<interface name="{interface}">{inner}</interface>')
        return f"<node>{''.join(parts)}</node>"
