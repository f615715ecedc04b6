"""Keys as they stand on the caps of a keyboard: "Ctrl Shift C" here, "Strg Umsch C" there."""

from PySide6.QtCore import QCoreApplication


def _tr(text: str) -> str:
    return QCoreApplication.translate("keys", text)


def cap_text(keys: str) -> str:
    """Of "Ctrl+Shift+C" or "Ctrl Shift C"; what is one already stays as it is."""
    if " " not in keys and "+" not in keys and keys not in ("Backspace", "Del", "Return"):
        return keys
    caps = {
        "Ctrl": _tr("Ctrl"),
        "Shift": _tr("Shift"),
        "Del": _tr("Del"),
        "Return": _tr("Enter"),
        "Backspace": _tr("Backspace"),
    }
    return " ".join(caps.get(key, key) for key in keys.replace("+", " ").split())
