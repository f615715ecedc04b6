"""Migrations make exactly the models' tables, and a migration is preceded by a backup."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from agent_desktop.data import schema
from agent_desktop.data.base import Base
from agent_desktop.data.db import SCHEMA, Database
from agent_desktop.data.errors import DatabaseTrouble, Trouble
from tests.data.conftest import Desk, modelled

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

_REBUILT = _NEXT.replace('"agent"', '"customer"').replace('"extension"', '"alert"')
_POINTING = ("phone", "customer_word")  # to customers


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


def test_an_upgrade_copies_the_file_first(database_file: Path, next_schema: Path) -> None:
    next_schema.write_text(_NEXT)
    done = schema.upgrade(database_file)
    assert (done.before, done.after) == (SCHEMA, "0099")
    assert done.backup is not None
    assert done.backup.stat().st_mode & 0o077 == 0
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


@pytest.fixture
def next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the migration stands that the program knows as its newest."""
    scripts = tmp_path / "migrations"
    shutil.copytree(schema._MIGRATIONS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(schema, "_MIGRATIONS", scripts)
    monkeypatch.setattr(schema, "SCHEMA", "0099")
    return scripts / "versions" / "0099_next.py"


def test_a_table_that_others_point_to_is_rebuilt_with_what_it_holds(
    next_schema: Path, dana: Desk, database_file: Path
) -> None:
    dana.customer("Marta Kowalczyk", "+48601442190")
    next_schema.write_text(_REBUILT)
    with dana.database.read() as session:
        before = [session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in _POINTING]
    dana.database.close()
    schema.upgrade(database_file)
    with closing(sqlite3.connect(database_file)) as now:
        assert [now.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in _POINTING] == before
        assert all(before)
        assert now.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_migration_that_loses_what_others_point_to_is_taken_back(
    next_schema: Path, dana: Desk, database_file: Path
) -> None:
    dana.customer("Marta Kowalczyk", "+48601442190")
    next_schema.write_text(_REBUILT + '    op.execute("DELETE FROM customer")\n')
    dana.database.close()
    with pytest.raises(DatabaseTrouble) as trouble:
        schema.upgrade(database_file)
    assert "points to one of customer" in trouble.value.detail
    with closing(sqlite3.connect(database_file)) as now:
        assert now.execute("SELECT version_num FROM alembic_version").fetchone() == (SCHEMA,)
        assert now.execute("SELECT count(*) FROM customer").fetchone() == (1,)


def test_a_newer_database_is_not_touched(database_file: Path) -> None:
    with sqlite3.connect(database_file) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '0098'")
    connection.close()
    with pytest.raises(DatabaseTrouble) as trouble:
        schema.upgrade(database_file)
    assert trouble.value.kind is Trouble.NEWER_SCHEMA
    assert list(database_file.parent.glob("*.backup-*")) == []
    assert not schema.status(database_file).ready
