"""Alembic migrations, run by schema.py."""
