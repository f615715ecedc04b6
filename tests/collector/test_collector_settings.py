"""The collector's file: what it may not say, and where passwords come from."""

import pytest

from agent_desktop.collector import collector_settings

GOOD = 'database = "centre.db"\n[[pbx]]\nname = "main"\n'


def test_a_short_file_will_do(tmp_path, monkeypatch):
    file = tmp_path / "collector.toml"
    file.write_text(GOOD)
    config = collector_settings.load(file)
    assert (config.pbx[0].port, config.pbx[0].secret_name, config.pbx[0].tls_context()) == (5038, "pbx-main", None)
    monkeypatch.delenv("STATE_DIRECTORY", raising=False)
    with pytest.raises(collector_settings.BadConfig, match="state_dir is missing"):
        _ = config.state
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    assert config.state == tmp_path


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("database = ", "collector.toml: "),
        ('database = "x"\n', "pbx"),
        ('database = "x"\npbx = []\n', r"no \[\[pbx\]\]"),
        (GOOD + "secret = 'x'\n", "secret"),
        (GOOD + '[[pbx]]\nname = "main"\n', "the same name"),
        (GOOD + 'host = "pbx.example"\n', "needs tls = true"),
        (GOOD + 'host = "10.0.0.1"\n', "needs tls = true"),
        (GOOD.replace('"main"', '""'), "has no name"),
        (GOOD.replace("centre.db", "postgresql://collector:word@db/centre"), "a password has no place"),
        (GOOD.replace("centre.db", "postgresql://db/centre?user=c&password=word"), "a password has no place"),
    ],
)
def test_a_file_that_cannot_be_used_is_told_in_words(tmp_path, text, why):
    file = tmp_path / "collector.toml"
    file.write_text(text)
    with pytest.raises(collector_settings.BadConfig, match=why) as told:
        collector_settings.load(file)
    assert "word" not in str(told.value).replace("password", "")


def test_passwords_come_as_credentials(tmp_path, monkeypatch):
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    (tmp_path / "pbx-main").write_text("s3cret\n")
    assert collector_settings.password("pbx-main") == "s3cret"
    assert collector_settings.password("database") == ""
