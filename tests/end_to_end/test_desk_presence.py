"""A real Asterisk, a collector and a desktop agree about an agent: Ready, Paused, and gone with kill -9."""

import os
import signal
from pathlib import Path

import pytest

from agent_desktop.data.db import Database
from agent_desktop.paths import Profile
from agent_desktop.telephony.engine_process import running
from tests.end_to_end.asterisk import Asterisk
from tests.support import sip
from tests.support.collecting import CollectorProcess, Tables
from tests.support.desktop_process import DesktopProcess
from tests.support.ports import until
from tests.support.workstation import company

pytestmark = [pytest.mark.asterisk, pytest.mark.xdist_group("collector")]
PHONE = "Local/1101@desks/n"


def centre(folder: Path) -> Profile:
    """The made-up company, where Dana is the PBX's only member of desk-answer."""
    profile = Profile(folder)
    company(profile)
    database = Database.open(profile.database_file)
    with database.write() as session:
        say = session.connection().exec_driver_sql
        say("UPDATE agent SET extension = '1101' WHERE login = 'dana'")
        say("UPDATE queue SET name = 'desk-answer' WHERE name = 'outages'")
    database.close()
    return profile


def test_what_the_agent_does_is_so_at_the_pbx_too_and_ends_with_the_desktop(pbx: Asterisk, tmp_path: Path) -> None:
    profile = centre(tmp_path / "desk")
    tables = Tables(profile.database_file)

    def member() -> str:
        lines = pbx.command("queue show desk-answer").splitlines()
        return next(line for line in lines if "1101" in line)

    def presence() -> tuple[object, ...]:
        said = "SELECT p.presence, p.reason, p.source FROM presence p JOIN agent a ON a.id = p.agent_id "
        return tables.ask(said + "WHERE a.login = 'dana' ORDER BY p.since DESC, p.id DESC LIMIT 1")[0]

    collector = CollectorProcess(tmp_path, "first", profile.database_file, pbx.manager_port).start().connected()
    desk = DesktopProcess(profile.root, sip.free_port())
    try:
        desk.tell("lease", lasts_s=3.0)
        desk.ready()
        desk.ask("pause", reason="Lunch")
        until(lambda: "paused:Lunch" in member(), f"a pause is one at the PBX: {member()}")
        desk.ask("ready")
        until(lambda: "paused" not in member(), "and Ready is none")
        pbx.command(f"queue pause member {PHONE} queue desk-answer reason Coffee")
        desk.until(lambda: desk.said.get("pbx") == "paused", "it is told that the PBX does not agree")
        desk.ask("put_pbx_right")
        until(lambda: "paused" not in member(), "one order puts it right")
        desk.until(lambda: desk.said.get("pbx") is None, "and that is seen")
        assert presence() == ("ready", "", "desktop")
        desk.kill()
        until(lambda: presence() == ("offline", "desk lost", "lease"), "nobody sits there")
        until(lambda: "paused:Offline" in member(), f"and the PBX offers no calls: {member()}")
    finally:
        desk.close()
        collector.stop()
        engine = running(profile.engine_dir)
        if engine is not None:  # it waits a minute for the next desktop
            os.kill(engine.pid, signal.SIGKILL)
