"""Alembic's hook: runs one revision a transaction on the connection that ``infra.db.migrate`` hands in."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transaction_per_migration=True)
context.run_migrations()
