"""A report as a PDF: printed by a process of its own, so that neither a window nor the collector waits or loads Qt."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec

from agent_desktop.core.report_files import Paper
from agent_desktop.data.exchange.entry import FileTrouble

WITHIN_S = 60.0
_PRINTER = "agent_desktop.ui.report_print"


def write(paper: Paper, path: Path, within_s: float = WITHIN_S) -> None:
    """Print ``paper``; a file that is there stays until the new one is whole. Raises FileTrouble, OSError."""
    beside = path.with_name(f".{path.name}.new")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    try:
        done = subprocess.run(  # noqa: S603 - our own program; what users typed goes by its standard input
            [sys.executable, "-m", _PRINTER, str(beside)],
            input=msgspec.json.encode(paper),
            capture_output=True,
            timeout=within_s,
            check=False,
            env=environment,
        )
        if done.returncode != 0 or not beside.is_file():
            last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise FileTrouble(f"The PDF could not be printed: {''.join(last) or f'status {done.returncode}'}")
        beside.replace(path)
    except subprocess.TimeoutExpired as error:
        raise FileTrouble(f"The PDF was not printed within {within_s:g} s.") from error
    finally:
        beside.unlink(missing_ok=True)
