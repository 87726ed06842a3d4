"""The best plan so far of a run, from which its next attempt goes on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("runs", sa.Column("best", sa.String(64)))


def downgrade() -> None:
    """Back."""
    op.drop_column("runs", "best")
