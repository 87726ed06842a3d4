"""A stage written as a file is the stage: another solver that reads the file comes to the same optimum."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyscipopt
import pytest

import orebook
from orebook.errors import InputError
from orebook.solver.run.stage_program import stage_program

WEEKLY = orebook.read_model("weekly")
SMALL = "instances/vault-small"


@pytest.mark.parametrize("ending", ["mps", "lp"])
@pytest.mark.parametrize("stage", ["cover", "cost"])
def test_the_optimum_of_the_file_is_the_stages(ending: str, stage: str, tmp_path: Path) -> None:
    """vault-small, read by SCIP from the file alone: the value of each stage, the ones before it held."""
    model = WEEKLY.model_copy(update={"solver": WEEKLY.solver.model_copy(update={"mip_gap": 1e-6})})
    problem = orebook.read(SMALL)
    solved = {s.stage: s.value for s in orebook.solve(problem, model, audit=False).document.stages}
    file = tmp_path / f"stage.{ending}"
    stage_program(problem, model, stage).write(file)
    scip = pyscipopt.Model()
    scip.hideOutput()
    scip.readProblem(str(file))
    scip.optimize()
    assert scip.getStatus() == "optimal"
    assert scip.getObjVal() == pytest.approx(solved[stage], rel=2e-6)


def test_names_are_those_of_reports(tmp_path: Path) -> None:
    """Rows are named as breaches are, a held stage by its name; the file has them."""
    program = stage_program(orebook.read(SMALL), WEEKLY, "cost")
    assert "held[cover]" in program.rows
    assert "budget_total" in program.rows
    assert len(program.rows) == program.A.shape[0] == len(set(program.rows))
    program.write(tmp_path / "a.mps")
    text = (tmp_path / "a.mps").read_text("utf-8")
    assert "held[cover]" in text
    assert all(name in text for name in program.columns)


def test_the_relaxation_and_its_duals() -> None:
    """Its value is under the stage's, and what its duals come to is its value."""
    program = stage_program(orebook.read(SMALL), WEEKLY, "cover")
    relaxed = program.relaxation()
    assert 0 < relaxed.value <= 54.0
    assert float(program.cost @ relaxed.x) + program.offset == pytest.approx(relaxed.value, rel=1e-7)
    left = program.cost - program.A.T @ relaxed.row_dual - relaxed.reduced_cost
    assert np.abs(left).max() <= 1e-6 * max(1.0, np.abs(program.cost).max())


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    """A stage that does not apply, with those that do; an ending that is no format."""
    problem = orebook.read(SMALL)
    with pytest.raises(InputError, match="no stage tickets that applies to this instance; it has unmet, cover, cost"):
        stage_program(problem, WEEKLY, "tickets")
    program = stage_program(problem, WEEKLY, "unmet")
    with pytest.raises(InputError, match=r"has to end in \.mps or \.lp"):
        program.write(tmp_path / "a.txt")
