"""``agent-desktop doctor``: whether this computer has what the program needs, and what to do where it does not.

Anything that can end a process (a missing library under Qt, an assertion in the SIP stack) is tried in another one.
"""

import ctypes.util
import os
import socket
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import msgspec
from msgspec.structs import replace

from agent_desktop import secrets, server_address, settings
from agent_desktop.core import handoff_key, trouble_words
from agent_desktop.data import journal_file, local_key, schema
from agent_desktop.data.errors import DatabaseTrouble
from agent_desktop.data.local_key import State
from agent_desktop.display import WAIT_S, Window, has_display, missing_libraries, probe_window, ran
from agent_desktop.paths import Profile
from agent_desktop.telephony import tls
from agent_desktop.telephony.audio import Sound, SoundReport
from agent_desktop.telephony.trouble import Trouble

OK, WARN, FAIL = "ok", "warn", "fail"


class Check(msgspec.Struct, frozen=True):
    """One line of the report. ``state``: ok, warn (it works with less), fail (it does not)."""

    name: str
    state: str
    found: str
    advice: str = ""


def examine(profile: Profile, where: str | None, sip_listen: tuple[str, int] | None) -> Iterator[Check]:
    """All checks, each as soon as it is known. ``where``: a database URL or path, None for what the settings say."""
    try:
        chosen = settings.load(profile.settings_file)
    except settings.BadSettings as error:
        yield Check("Settings", FAIL, str(error), "Correct the file, or move it away to start with the defaults.")
        chosen = settings.Settings()
    yield check_profile(profile)
    window = probe_window(os.environ)
    yield check_display(os.environ, window)
    yield check_fonts(window)
    yield check_sound()
    yield check_engine()
    host, port = sip_listen or (chosen.phone.listen_host, chosen.phone.listen_port)
    yield check_sip_port(host, port)
    if chosen.phone.mode == "account":
        for server in servers(chosen.phone):
            yield check_server(server)
        yield from check_encryption(chosen.phone)
    yield check_database(where or chosen.database.url or str(profile.database_file))
    yield check_keyring()
    yield from check_handoff_key(where or chosen.database.url or str(profile.database_file))
    yield check_kept_files(profile)


# ---------------------------------------------------------------- the screen


def check_display(environment: Mapping[str, str], window: Window) -> Check:
    if window.trouble:
        missing = missing_libraries(has_display(environment))
        if missing:
            return Check("Display", FAIL, "missing: " + " ".join(missing), _install(missing))
        return Check("Display", FAIL, window.trouble, "Check that DISPLAY names a display that this user may use.")
    if not has_display(environment):
        advice = "Start it in a desktop session. The tour runs without one: agent-desktop demo --tour"
        return Check("Display", FAIL, "none", advice)
    return Check("Display", OK, f"{window.platform}, {window.screen}")


def check_fonts(window: Window) -> Check:
    wanted = {"Inter": "fonts-inter", "Noto Sans": "fonts-noto-core"}
    missing = [name for name in wanted if name not in window.families]
    if window.trouble:
        return Check("Fonts", WARN, "not known without Qt")
    if missing:
        packages = [wanted[name] for name in missing]
        return Check("Fonts", WARN, f"no {' and no '.join(missing)}: another font is used", _install(packages))
    return Check("Fonts", OK, "Inter, Noto Sans")


# ---------------------------------------------------------------- the phone


def check_sound() -> Check:
    report = _sound_report()
    said = trouble_words.say(report.trouble, report.detail)
    if not report.trouble and report.outputs and report.inputs:
        return Check("Sound", OK, f"{len(report.outputs)} to hear ({report.outputs[0]}), {len(report.inputs)} to speak")
    if ctypes.util.find_library("portaudio") is None:
        return Check("Sound", WARN, said, _install(["libpulse0", "libportaudio2"]))
    return Check("Sound", WARN, said, "Connect a headset; it can be chosen in the settings.")


def _sound_report() -> SoundReport:
    sound = Sound()
    try:
        sound.look()
        until = time.monotonic() + WAIT_S
        while time.monotonic() < until:
            for report in sound.reports():
                return report
            time.sleep(0.02)
    finally:
        sound.stop()
    return SoundReport("trouble", trouble=Trouble.SOUND_SLOW)


def check_engine() -> Check:
    program = "import pjsua2; print(pjsua2.Endpoint().libVersion().full)"
    done = ran([sys.executable, "-c", program], os.environ)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it cannot be started"])[-1]
        return Check("Phone engine", FAIL, reason, "Run “make setup” again, or install the program anew.")
    return Check("Phone engine", OK, f"PJSIP {done.stdout.strip()}")


def check_sip_port(host: str, port: int) -> Check:
    """Whether the phone could listen there, over UDP and TCP."""
    if not port:
        return Check("SIP port", OK, "any free one is taken")
    for kind, name in ((socket.SOCK_DGRAM, "UDP"), (socket.SOCK_STREAM, "TCP")):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind((host, port))
            except OSError as error:
                user = port_user(port, name)
                taken = f"{host or 'every address'}, {name} {port}: {user or error.strerror}"
                return Check("SIP port", FAIL, taken, "End that program, or choose another port in the settings.")
    return Check("SIP port", OK, f"{port} is free")


def port_user(port: int, protocol: str) -> str:
    """The program that holds a port of this computer, in words; '' where the system does not tell."""
    wanted = set()
    for table in (f"/proc/net/{protocol.lower()}", f"/proc/net/{protocol.lower()}6"):
        try:
            rows = [line.split() for line in Path(table).read_text().splitlines()[1:]]
        except OSError:
            continue
        wanted |= {f"socket:[{row[9]}]" for row in rows if int(row[1].rpartition(":")[2], 16) == port}
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            if os.readlink(descriptor) in wanted:
                process = descriptor.parents[1]
                return f"used by {(process / 'comm').read_text().strip()}, process {process.name}"
        except OSError:  # it ended meanwhile, or it is another user's
            continue
    return "used by another program" if wanted else ""


def servers(phone: settings.Phone) -> tuple[str, ...]:
    """Every host that a packet of a phone account may go to, each once; the first may be empty."""
    accounts: tuple[settings.Phone | settings.Account, ...] = (phone, *phone.more_accounts)
    named = [server for one in accounts for server in ([one.proxy] if one.proxy else [one.domain, *one.servers])]
    return tuple(dict.fromkeys(named))


def check_encryption(phone: settings.Phone) -> Iterator[Check]:
    """Whether TLS servers can be verified, and whether the keys of encrypted voice travel in the open."""
    accounts: tuple[settings.Phone | settings.Account, ...] = (phone, *phone.more_accounts)
    if any(one.transport == "tls" for one in accounts):
        try:
            found = tls.authorities(phone.ca_file)
        except tls.NoAuthorities as error:
            yield Check("TLS", FAIL, str(error), "Give the PEM file of your PBX's authority in the settings.")
        else:
            yield Check("TLS", OK, f"up to version 1.2; trusts {found.file or 'the authorities of this system'}")
    if any(one.srtp != "off" and one.transport != "tls" for one in accounts):
        advice = "Choose TLS as the transport too, if the PBX has it."
        yield Check("Encrypted voice", WARN, "its keys are sent unencrypted", advice)


def check_server(domain: str) -> Check:
    host, _, port = domain.partition(":")
    if not host:
        return Check("PBX", FAIL, "no server is set", "Enter your PBX in the settings, or choose direct mode.")
    try:
        address = socket.getaddrinfo(host, int(port or 5060), type=socket.SOCK_DGRAM)[0][4]
    except (OSError, ValueError):
        return Check("PBX", FAIL, f"{domain} is not known here", "Check the name in the settings, and the network.")
    return Check("PBX", OK, f"{domain} is {address[0]}")


# ---------------------------------------------------------------- what is kept


def check_profile(profile: Profile) -> Check:
    try:
        profile.make()
        trial = profile.root / f".doctor-{os.getpid()}"
        trial.write_bytes(b"")
        trial.unlink()
    except OSError as error:
        return Check("Profile", FAIL, f"{profile.root}: {error.strerror}", "Choose another folder with --profile.")
    return Check("Profile", OK, str(profile.root))


def check_database(where: str) -> Check:
    try:
        status = schema.status(_with_password(where))
    except DatabaseTrouble as trouble:
        return Check("Database", FAIL, trouble.text, trouble.advice)
    if status.ready:
        return Check("Database", OK, f"{status.name}, {status.customers:,} customers")
    if status.found is None:
        return Check("Database", WARN, f"{status.name}: not made yet", "The first start makes it, or: db init")
    newer = status.found > status.known
    advice = "Update this workstation." if newer else "Run: agent-desktop db upgrade"
    return Check("Database", FAIL, f"{status.name}: schema {status.found}, this program has {status.known}", advice)


def _with_password(where: str) -> str:
    """The address with the password that the keyring has for it."""
    address = server_address.parse(where)
    if address is not None and not address.password:
        return replace(address, password=secrets.read(address.secret_name) or "").full_url
    return where


def check_keyring() -> Check:
    available, name = secrets.available()
    if available:
        return Check("Keyring", OK, name)
    advice = "Passwords are asked for at each start. To keep them: install gnome-keyring or KWallet and sign in again."
    return Check("Keyring", WARN, "none answers", advice)


def check_handoff_key(where: str) -> Iterator[Check]:
    """The key for what callers typed: only where there is one, or where the centre encrypts that."""
    name, keys = "Handoff key", handoff_key.known()
    if keys:
        older = f" and {len(keys) - 1} older" if len(keys) > 1 else ""
        yield Check(name, OK, f"in the keyring: {keys[0].public[:12]}…{older}")
    elif _encrypts_secrets(where):
        advice = "To show them here: agent-desktop handoff-key add FILE, the private key of the centre's secrets_to."
        yield Check(name, WARN, "missing, and what callers type is encrypted", advice)


def _encrypts_secrets(where: str) -> bool:
    """Whether the database holds encrypted secrets now; they are kept for a day."""
    from agent_desktop.data import handoffs
    from agent_desktop.data.db import Database

    try:
        with closing(Database.open(_with_password(where))) as database, database.read() as session:
            return handoffs.any_sealed(session)
    except DatabaseTrouble:
        return False  # what is wrong with it the line above says


def check_kept_files(profile: Profile) -> Check:
    """Whether the journal and the cache are encrypted and can be read, and whether one had to be set aside."""
    name = "Kept files"
    aside = [path.name for path in journal_file.all_set_aside(profile.root)]
    state = local_key.look(profile.root).state
    if state is State.AWAY:
        return Check(name, WARN, "encrypted, and no keyring answers", "Unlock the keyring, then start the program.")
    if state is State.LOST:
        advice = "The next start sets the journal aside and begins a new one. Restore the keyring before, if you can."
        return Check(name, FAIL, "encrypted, and the keyring does not know their key", advice)
    if aside:
        advice = "Entries that were not sent may be in there. Keep the files until nobody misses anything."
        return Check(name, WARN, f"set aside, because unreadable: {', '.join(aside)}", advice)
    if state is State.KEPT:
        return Check(name, OK, "journal and cache are encrypted, the key is in the keyring")
    if secrets.available()[0]:
        return Check(name, OK, "journal and cache are encrypted from the next start on")
    return Check(name, WARN, "journal and cache are not encrypted: there is no keyring", "See the line above.")


def _install(packages: list[str]) -> str:
    return "Install as root: apt-get install " + " ".join(packages)
