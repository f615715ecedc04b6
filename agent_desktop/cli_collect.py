"""The command that runs the collector: what a PBX tells goes into the database, what desktops ask goes to the PBX."""

import argparse
import logging
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from agent_desktop.exit_codes import Exit

if TYPE_CHECKING:
    from agent_desktop.collector.collector_settings import CollectorConfig


def add(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add ``collect`` to the command line."""
    text = "collect what the PBX tells about queues; a service without a window"
    parser = commands.add_parser("collect", help=text, description=text[0].upper() + text[1:] + ".")
    parser.set_defaults(run=_collect)
    parser.add_argument("--config", metavar="FILE", type=Path, required=True, help="which database, which PBX (TOML)")
    parser.add_argument("--log", metavar="FILE", type=Path, help="log there too (default: standard error only)")


def _collect(args: argparse.Namespace) -> int:
    import asyncio  # 50 ms that a window's start should not pay

    from agent_desktop import log
    from agent_desktop.collector import collector_settings

    log.start(args.log)
    for handler in logging.getLogger().handlers:
        handler.setLevel(logging.INFO)
    try:
        config = collector_settings.load(args.config)
        config.state.mkdir(parents=True, exist_ok=True)
    except collector_settings.BadConfig as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    asyncio.run(_run(config))
    return Exit.OK


async def _run(config: "CollectorConfig") -> None:
    import asyncio

    from agent_desktop.collector.service import Service

    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await Service(config, stop).run()
