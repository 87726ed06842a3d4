"""A model is compiled to the arrays that Pyomo's own compiler, which is slower, makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyomo.environ as pe
import pytest
from pyomo.repn.plugins.standard_form import LinearStandardFormCompiler

import orebook
from orebook.formulation.build import build
from orebook.solver.lp.compile import Compiled, compiled

INSTANCES = Path(__file__).parents[2] / "instances"
SOME = [*sorted(p.parent for p in INSTANCES.glob("*/*/instance.toml")), INSTANCES / "vault-small"]


def _same(model: Any, ours: Compiled) -> None:
    form = LinearStandardFormCompiler().write(model, mixed_form=True, set_sense=None)
    kinds, rhs = np.array([row.bound_type for row in form.rows]), np.array(form.rhs, float)
    assert [v.name for v in ours.columns] == [v.name for v in form.columns]
    assert [row.name for row in ours.rows] == [row.constraint.name for row in form.rows]
    assert np.array_equal(ours.A.toarray(), form.A.toarray())
    assert np.array_equal(ours.row_lower, np.where(kinds <= 0, rhs, -np.inf))
    assert np.array_equal(ours.row_upper, np.where(kinds >= 0, rhs, np.inf))
    assert list(ours.measures) == [o.name for o in form.objectives]
    assert np.array_equal(ours.cost, form.c.toarray())
    assert np.array_equal(ours.offset, form.c_offset)


@pytest.mark.parametrize("folder", SOME, ids=lambda p: p.name)
def test_instances_as_pyomo_compiles_them(folder: Path) -> None:
    """The same rows, columns, coefficients and limits, in the same order."""
    formulation = build(orebook.read(folder), orebook.read_model("weekly"))
    _same(formulation.pyomo, compiled(formulation.pyomo))


@pytest.fixture
def model() -> Any:
    """Two columns of one component and one of another, and nothing yet that is made of them."""
    m = pe.ConcreteModel()
    m.x = pe.Var(["a", "b"], bounds=(0, 9))
    m.y = pe.Var(bounds=(0, 1))
    m.unused = pe.Var()
    return m


def test_every_way_to_write_a_sum(model: Any) -> None:
    """Sums that are nested, negated, multiplied or named; constants on both sides; a column that is named twice, or undone."""
    m, x = model, model.x
    m.named = pe.Expression(expr=2 * x["a"] + 3)
    m.zero = pe.Expression(expr=np.float64(0.0))
    m.one = pe.Constraint(expr=m.y - (x["a"] + 2 * x["b"]) <= 4)
    m.two = pe.Constraint(expr=3 * m.named + m.zero + x["a"] == 10)
    m.three = pe.Constraint(expr=0.5 * (x["a"] + x["b"] + 1) - 0.5 * x["a"] >= -(m.y - 2))
    m.alone = pe.Constraint(expr=m.y <= 1)
    m.off = pe.Constraint(expr=x["b"] <= 1)
    m.off.deactivate()
    m.least = pe.Objective(expr=m.named + pe.quicksum([m.y, -1 * x["b"], 7]))
    _same(m, compiled(m))


def test_a_row_between_two_limits_is_one_row(model: Any) -> None:
    """Where Pyomo's compiler makes two."""
    model.between = pe.Constraint(expr=(1, model.x["a"] + model.y, 4))
    ours = compiled(model)
    assert (ours.row_lower.tolist(), ours.row_upper.tolist()) == ([1.0], [4.0])
    assert [v.name for v in ours.columns] == ["x[a]", "y"]


def test_rows_without_terms(model: Any) -> None:
    """One that holds is left out; one that does not is named."""
    model.holds = pe.Constraint(expr=(None, pe.quicksum([0 * model.y]), 0))
    model.row = pe.Constraint(expr=model.y <= 1)
    assert [row.name for row in compiled(model).rows] == ["row"]
    model.nought = pe.Expression(expr=0.0)
    model.fails = pe.Constraint(expr=(1, model.nought, None))
    with pytest.raises(ValueError, match="fails"):
        compiled(model)


def test_products_of_columns_are_refused(model: Any) -> None:
    """Nothing that is not linear is compiled to something else."""
    model.curved = pe.Constraint(expr=model.y * model.x["a"] <= 1)
    with pytest.raises(TypeError, match="no linear term"):
        compiled(model)
