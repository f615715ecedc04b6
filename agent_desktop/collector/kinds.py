"""Which of a PBX's files a file is."""

from pathlib import Path

from agent_desktop.collector import cdr, queue_log_lines
from agent_desktop.data.exchange.entry import FileTrouble

QUEUE_LOG = "queue_log"
CDR = "cdr"


def kind_of(path: Path) -> str:
    """QUEUE_LOG, CDR, or nothing. Raises OSError."""
    try:
        queue_log_lines.read(path)
    except FileTrouble:
        return CDR if cdr.is_cdr(path) else ""
    return QUEUE_LOG
