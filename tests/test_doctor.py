import os
import socket
from pathlib import Path

import keyring.backend
import pytest

from agent_desktop import doctor, settings
from agent_desktop.data import schema
from agent_desktop.display import Window
from agent_desktop.paths import Profile
from tests.support.certificates import Authority

WITH_DISPLAY = {"DISPLAY": ":0"}


def test_no_display_is_told_with_the_tour_as_a_way_out():
    check = doctor.check_display({}, Window("offscreen", "800x800"))
    assert check.state == doctor.FAIL
    assert "demo --tour" in check.advice


def test_a_display_that_works():
    assert doctor.check_display(WITH_DISPLAY, Window("xcb", "1440x900")).found == "xcb, 1440x900"


def test_a_display_that_refuses():
    check = doctor.check_display(WITH_DISPLAY, Window(trouble="could not connect to display"))
    assert (check.state, check.found) == (doctor.FAIL, "could not connect to display")


def test_fonts_that_are_missing_are_named_with_their_packages():
    check = doctor.check_fonts(Window("xcb", "1x1", ("Noto Sans",)))
    assert check.state == doctor.WARN
    assert check.advice.endswith("fonts-inter")
    assert doctor.check_fonts(Window("xcb", "1x1", ("Inter", "Noto Sans"))).state == doctor.OK


def test_sound_is_a_word_either_way():
    check = doctor.check_sound()
    assert check.state in {doctor.OK, doctor.WARN}
    assert check.found
    assert check.advice or check.state == doctor.OK


def test_the_sip_library_starts():
    assert doctor.check_engine().found.startswith("PJSIP 2.")


@pytest.mark.parametrize("kind", [socket.SOCK_DGRAM, socket.SOCK_STREAM])
def test_a_port_in_use_names_who_uses_it(kind):
    with socket.socket(socket.AF_INET, kind) as taken:
        taken.bind(("127.0.0.1", 0))
        if kind == socket.SOCK_STREAM:
            taken.listen()
        port = taken.getsockname()[1]
        check = doctor.check_sip_port("127.0.0.1", port)
    assert check.state == doctor.FAIL
    assert f"process {os.getpid()}" in check.found
    assert doctor.check_sip_port("127.0.0.1", port).state == doctor.OK


def test_an_address_of_another_computer_cannot_be_listened_on():
    check = doctor.check_sip_port("192.0.2.1", 22998)
    assert check.state == doctor.FAIL
    assert check.found.startswith("192.0.2.1, UDP 22998: ")


def test_the_pbx_must_have_an_address():
    assert doctor.check_server("").state == doctor.FAIL
    assert doctor.check_server("127.0.0.1:5070").found == "127.0.0.1:5070 is 127.0.0.1"
    assert doctor.check_server("no such host").state == doctor.FAIL


def test_the_database_from_not_made_to_made(tmp_path):
    where = str(tmp_path / "centre.db")
    assert doctor.check_database(where).state == doctor.WARN
    schema.init(where)
    assert doctor.check_database(where).state == doctor.OK
    Path(where).write_bytes(b"x" * 5000)
    assert "damaged" in doctor.check_database(where).found


def test_a_profile_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("")
    assert doctor.check_profile(Profile(tmp_path / "file")).state == doctor.FAIL
    assert doctor.check_profile(Profile(tmp_path / "new")).state == doctor.OK
    assert not list((tmp_path / "new").glob(".doctor*"))


class KeepingKeyring(keyring.backend.KeyringBackend):
    __module__ = "keyring.backends.SecretService"
    priority = 5

    def get_password(self, service, username):
        return None

    def set_password(self, service, username, password):
        pass

    def delete_password(self, service, username):
        pass


def test_every_server_of_every_account_is_looked_for():
    more = settings.Account(user="2", domain="second.example", servers=("third.example",))
    proxied = settings.Account(user="3", domain="fourth.example", proxy="proxy.example:5070")
    phone = settings.Phone(mode="account", domain="first.example", servers=("third.example",))
    phone.more_accounts = (more, proxied)
    assert doctor.servers(phone) == ("first.example", "third.example", "second.example", "proxy.example:5070")


def test_encryption_that_does_not_hold(tmp_path):
    plain = settings.Phone(mode="account", domain="pbx")
    assert list(doctor.check_encryption(plain)) == []
    open_keys = settings.Phone(mode="account", domain="pbx", srtp="required")
    assert [check.state for check in doctor.check_encryption(open_keys)] == [doctor.WARN]
    no_file = settings.Phone(mode="account", domain="pbx", transport="tls", ca_file=str(tmp_path / "none.pem"))
    (found,) = doctor.check_encryption(no_file)
    assert (found.state, str(tmp_path) in found.found) == (doctor.FAIL, True)
    good = Authority(tmp_path / "ca").file
    trusting = settings.Phone(mode="account", domain="pbx", transport="tls", srtp="required", ca_file=str(good))
    assert [check.state for check in doctor.check_encryption(trusting)] == [doctor.OK]


def test_the_keyring(monkeypatch):
    assert doctor.check_keyring().state == doctor.WARN
    monkeypatch.setattr("keyring.core._keyring_backend", KeepingKeyring())
    assert doctor.check_keyring().state == doctor.OK


def test_settings_that_cannot_be_read_are_one_line_of_the_report(tmp_path):
    (tmp_path / "settings.toml").write_text("[phone")
    checks = list(doctor.examine(Profile(tmp_path), None, None))
    assert (checks[0].name, checks[0].state) == ("Settings", doctor.FAIL)
    assert len(checks) > 5


def test_an_account_adds_the_pbx(tmp_path):
    (tmp_path / "settings.toml").write_text('[phone]\nmode = "account"\ndomain = "127.0.0.1"\n')
    assert "PBX" in {check.name for check in doctor.examine(Profile(tmp_path), None, None)}
