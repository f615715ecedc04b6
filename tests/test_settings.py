"""Settings on disk: whole, readable by people, and clear about what is wrong."""

from pathlib import Path

import pytest

from agent_desktop import settings
from agent_desktop.settings import BadSettings, DialRule, Look, Numbers, Phone, Settings, Work

FULL = Settings(
    phone=Phone(
        mode="account", user="Zoë", domain="pbx.example.com:5061", transport="tcp", trusted_peers=("10.0.0.1",)
    ),
    numbers=Numbers(region="DE", rules=(DialRule(when="DE", strip="+49", add="0"), DialRule(strip="+", add="000"))),
    work=Work(agent_login="dana.okafor", wrap_up_s=0),
    look=Look(mode="dark", text_size=150),
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    file = tmp_path / "new" / "settings.toml"
    settings.save(file, FULL)
    assert settings.load(file) == FULL
    assert [entry.name for entry in file.parent.iterdir()] == ["settings.toml"], "no half-written file is left"


def test_a_missing_file_or_entry_means_the_defaults(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.toml") == Settings()
    file = tmp_path / "settings.toml"
    file.write_text('[phone]\nuser = "201"\n')
    assert settings.load(file) == Settings(phone=Phone(user="201"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("phone = [", "settings.toml"),
        ('[phone]\nmode = "magic"\n', "phone.mode"),
        ("[phone]\nlisten_port = 70000\n", "phone.listen_port"),
        ('[numbers]\nregion = "Poland"\n', "numbers.region"),
        ('[[numbers.rules]]\nadd = "ring"\n', "numbers.rules"),
        ('[[numbers.rules]]\nwhen = "de"\n', "numbers.rules"),
        ("[look]\ntext_size = 101\n", "look.text_size"),
        ('[work]\nwrap_up_s = "long"\n', "work.wrap_up_s"),
    ],
)
def test_what_cannot_be_read_says_where(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(text)
    with pytest.raises(BadSettings, match=words):
        settings.load(file)


def test_bytes_that_are_no_text_are_told_too(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadSettings, match=r"settings\.toml"):
        settings.load(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(BadSettings, match=r"settings\.toml"):
        settings.load(file)


def test_an_entry_of_a_newer_program_is_no_trouble(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text('future = 1\n[phone]\nuser = "201"\nhologram = true\n')
    assert settings.load(file).phone.user == "201"


@pytest.mark.parametrize(
    ("prefix", "rules"), [("0", (DialRule(strip="+", add="0"),)), ("", ()), (" 9, ", (DialRule(strip="+", add="9"),))]
)
def test_the_prefix_of_earlier_versions_is_a_dial_rule_now(
    tmp_path: Path, prefix: str, rules: tuple[DialRule, ...]
) -> None:
    file = tmp_path / "settings.toml"
    file.write_text(f'[numbers]\nregion = "DE"\noutside_prefix = "{prefix}"\n')
    found = settings.load(file)
    assert found.numbers == Numbers(region="DE", rules=rules)
    settings.save(file, found)
    assert "outside_prefix" not in file.read_text()
    assert settings.load(file) == found
