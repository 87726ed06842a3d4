"""The changes of the store's tables from version to version, made by alembic."""
