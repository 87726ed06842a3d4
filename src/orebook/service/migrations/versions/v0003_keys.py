"""When a key ends and when it was used; whose a log-in is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.add_column("keys", sa.Column("expires_at", sa.Double))
    op.add_column("keys", sa.Column("used_at", sa.Double))
    op.add_column("keys", sa.Column("owner", sa.String(80)))


def downgrade() -> None:
    """Back."""
    for column in ("owner", "used_at", "expires_at"):
        op.drop_column("keys", column)
