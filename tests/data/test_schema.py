"""Migrations make exactly the models' tables, and a migration is preceded by a backup."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from agent_desktop.data import schema
from agent_desktop.data.base import Base
from agent_desktop.data.db import SCHEMA, Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from tests.data.conftest import modelled

_NEXT = f"""
import sqlalchemy as sa
from alembic import op

revision = "0099"
down_revision = "{SCHEMA}"


def upgrade() -> None:
    with op.batch_alter_table("agent") as table:
        table.add_column(sa.Column("nickname", sa.Text()))
        table.alter_column("extension", existing_type=sa.Text(), nullable=True)
"""


def test_from_scratch_the_tables_are_the_models(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_name": modelled})
        assert compare_metadata(context, Base.metadata) == []
        made = {row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'index'")}
    wanted = {str(index.name) for table in Base.metadata.tables.values() for index in table.indexes}
    assert wanted <= made


def test_the_program_knows_its_newest_migration() -> None:
    assert ScriptDirectory.from_config(schema.alembic_config()).get_current_head() == SCHEMA


def test_init_twice_changes_nothing(database_file: Path) -> None:
    before = sqlite3.connect(database_file).execute("SELECT site_id FROM site").fetchall()
    schema.init(database_file, region="DE")
    assert sqlite3.connect(database_file).execute("SELECT site_id FROM site").fetchall() == before


def test_an_upgrade_copies_the_file_first(database_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "0099_next.py").write_text(_NEXT)
    monkeypatch.setattr(schema, "_MIGRATIONS", scripts)
    monkeypatch.setattr(schema, "SCHEMA", "0099")
    done = schema.upgrade(database_file)
    assert (done.before, done.after) == (SCHEMA, "0099")
    assert done.backup is not None
    with sqlite3.connect(database_file) as now, sqlite3.connect(done.backup) as before:
        assert now.execute("SELECT login, nickname FROM agent ORDER BY login").fetchall() == [
            ("dana", None),
            ("jonas", None),
        ]
        assert before.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)
    now.close()
    before.close()
    with pytest.raises(DatabaseTrouble) as trouble:
        Database.open(database_file)
    assert trouble.value.kind is Trouble.NEWER_SCHEMA


def test_a_newer_database_is_not_touched(database_file: Path) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0098'")
    connection.close()
    with pytest.raises(DatabaseTrouble) as trouble:
        schema.upgrade(database_file)
    assert trouble.value.kind is Trouble.NEWER_SCHEMA
    assert list(database_file.parent.glob("*.backup-*")) == []
    assert not schema.status(database_file).ready
