"""Answers requests that the SIP library would leave without an answer, such as a REFER outside a call.

And answers every REFER, unless this engine obeys them, before the library sees it: one to a call that has ended would
be taken for one to the call that has its place by now, which ends the process.
The library's Python interface has no place for this, so modules of our own are registered through its C interface.
"""

import ctypes
import logging
import re
from collections.abc import Callable
from typing import Any

import pjsua2 as pj

_BEFORE_DIALOGS = 16 + 1  # PJSIP_MOD_PRIORITY_TSX_LAYER, and right after it
_AFTER_ALL_OTHERS = 64 + 99  # PJSIP_MOD_PRIORITY_APPLICATION, and then some
_FORBIDDEN, _NO_SUCH_CALL, _NOT_IMPLEMENTED, _DECLINED = 403, 481, 501, 603
_CODES = {b"REFER": _FORBIDDEN, **dict.fromkeys((b"BYE", b"INFO", b"UPDATE", b"PRACK", b"NOTIFY"), _NO_SUCH_CALL)}
_METHOD = re.compile(rb"Request msg ([^/ ]+)/")
log = logging.getLogger("engine")

_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p)


class _Text(ctypes.Structure):
    _fields_ = (("characters", ctypes.c_char_p), ("size", ctypes.c_ssize_t))


class _Module(ctypes.Structure):
    """pjsip_module, whose layout is part of the library's interface."""

    _fields_ = (
        ("prev", ctypes.c_void_p),
        ("next", ctypes.c_void_p),
        ("name", _Text),
        ("id", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("load", ctypes.c_void_p),
        ("start", ctypes.c_void_p),
        ("stop", ctypes.c_void_p),
        ("unload", ctypes.c_void_p),
        ("on_rx_request", _Callback),
        ("on_rx_response", ctypes.c_void_p),
        ("on_tx_request", ctypes.c_void_p),
        ("on_tx_response", ctypes.c_void_p),
        ("on_tsx_state", ctypes.c_void_p),
    )


class Refusals:
    """Made after ``libInit``; must live until the library is destroyed, which then forgets it."""

    def __init__(self, *, follow_transfers: bool = False) -> None:
        self._library: Any = None
        try:
            library = ctypes.CDLL(pj._pjsua2.__file__)
            library.pjsua_get_pjsip_endpt.restype = ctypes.c_void_p
            library.pjsip_rx_data_get_info.restype = ctypes.c_char_p
            library.pjsip_rx_data_get_info.argtypes = (ctypes.c_void_p,)
            library.pjsip_endpt_respond_stateless.argtypes = (
                *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int),
                *(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p),
            )
            library.pjsip_endpt_register_module.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        except (OSError, AttributeError):  # built without its C interface: what nobody wants stays unanswered
            log.info("unexpected SIP requests cannot be refused")
            return
        self._library = library
        self._kept: list[Any] = []  # the library holds their addresses
        self._register(b"mod-refusals", _AFTER_ALL_OTHERS, self._refuse)
        if not follow_transfers:
            self._register(b"mod-no-transfers", _BEFORE_DIALOGS, self._refuse_transfer)

    def _register(self, name: bytes, priority: int, on_request: Callable[[int], int]) -> None:
        text = ctypes.create_string_buffer(name)
        module = _Module(
            name=_Text(ctypes.cast(text, ctypes.c_char_p), len(name)),
            id=-1,
            priority=priority,
            on_rx_request=_Callback(on_request),
        )
        self._kept += [text, module]
        self._library.pjsip_endpt_register_module(self._library.pjsua_get_pjsip_endpt(), ctypes.byref(module))

    def _refuse_transfer(self, request: int) -> int:
        info = self._library.pjsip_rx_data_get_info(request) or b""
        return self._answer(request, _DECLINED) if info.startswith(b"Request msg REFER/") else 0

    def _refuse(self, request: int) -> int:
        """Called by the library with what no other part of it has taken; whether we have."""
        found = _METHOD.match(self._library.pjsip_rx_data_get_info(request) or b"")
        if found is None or found[1] == b"ACK":
            return 0
        return self._answer(request, _CODES.get(found[1], _NOT_IMPLEMENTED))

    def _answer(self, request: int, code: int) -> int:
        self._library.pjsip_endpt_respond_stateless(
            self._library.pjsua_get_pjsip_endpt(), request, code, None, None, None
        )
        return 1
