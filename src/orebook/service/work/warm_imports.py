"""What every run needs, read once before processes are forked for them. Nothing is solved here."""

from __future__ import annotations

import orebook.explanations.report_questions
import orebook.report
import orebook.scenarios.study
import orebook.service.work.task_registry
import orebook.solver.audit.audit
import orebook.solver.hedge.solving
import orebook.solver.lp.solver  # noqa: F401
