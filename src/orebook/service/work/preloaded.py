"""What every run needs, read once before processes are forked for them. Nothing is solved here."""

from __future__ import annotations

import orebook.explain.everything
import orebook.report
import orebook.scenarios.running
import orebook.service.work.tasks
import orebook.solver.audit
import orebook.solver.highs  # noqa: F401
