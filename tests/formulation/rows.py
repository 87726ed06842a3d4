"""Parts of a built model as lines of text, one a row, bound, slot or measure, in one way of writing only.

    order_max[a,1,0]: lots[a,1,0] - 20 order[a,1,0] <= 0

Variables stand in alphabetical order, coefficients with up to twelve digits, a constant on the right. `nothing`, which is
0 in every plan, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyomo.environ as pe
from pyomo.repn import generate_standard_repn

from orebook.formulation.build import Formulation
from orebook.formulation.slots import OrderSlot


def rows(formulation: Formulation, *owners: str) -> list[str]:
    """The rows that belong to these rules or parts."""
    components = formulation.pyomo.component_objects(pe.Constraint)
    return [
        _row(row)
        for component in components
        if formulation.rule_of[component.local_name] in owners
        for row in component.values()
    ]


def measure(formulation: Formulation, stage: str) -> str:
    """What a stage minimises."""
    terms, constant = _linear(getattr(formulation.pyomo, f"measure_{stage}").expr)
    return f"minimise {stage}: {_sum(terms, constant)}"


def expression(formulation: Formulation, name: str) -> str:
    """A named expression of the model."""
    terms, constant = _linear(getattr(formulation.pyomo, name).expr)
    return f"{name} = {_sum(terms, constant)}"


def bounds(formulation: Formulation) -> list[str]:
    """Every variable with its bounds, and whether it is whole."""
    variables = formulation.pyomo.component_data_objects(pe.Var)
    return [
        f"{_number(v.lb)} <= {v.name} <= {_number(v.ub)}{'' if v.is_continuous() else ' whole'}"
        for v in variables
        if v.name != "nothing"
    ]


def slots(formulation: Formulation) -> list[str]:
    """Every slot with its tiers, then how many orders were left out for which reason."""
    left_out = [f"left out {reason}: {count}" for reason, count in formulation.left_out.items()]
    return [line for slot in formulation.slots for line in _slot(slot)] + left_out


def _slot(slot: OrderSlot) -> Iterator[str]:
    name = f"slot[{slot.offer.name},{slot.week}]"
    yield f"{name} arrives {slot.arrives}"
    for piece in slot.pieces:
        lots = f" in {piece.low_lots} to {piece.high_lots} lots" if piece.high_lots else ""
        tonnes = f"{_number(piece.low)} to {_number(piece.high)} t{lots}"
        yield f"{name} tier {_number(piece.from_t)}: {tonnes} at {_number(piece.landed)} USD/t"


def _row(row: Any) -> str:
    terms, constant = _linear(row.body)
    lower, upper = pe.value(row.lower), pe.value(row.upper)
    side = "=" if row.equality else "<=" if lower is None else ">="
    limit = upper if lower is None else lower
    return f"{row.name}: {_sum(terms, 0.0)} {side} {_number(limit - constant)}"


def _linear(expression: Any) -> tuple[list[tuple[str, float]], float]:
    """Terms by the name of their variable, sorted, and the constant."""
    linear = generate_standard_repn(expression, quadratic=False)
    assert linear.is_linear()
    terms = [(v.name, c) for v, c in zip(linear.linear_vars, linear.linear_coefs, strict=True) if v.name != "nothing"]
    return sorted(terms), float(linear.constant)


def _sum(terms: list[tuple[str, float]], constant: float) -> str:
    parts = [(size, name) for name, size in terms] + ([(constant, "")] if constant or not terms else [])
    text = ""
    for size, name in parts:
        amount = name if name and abs(size) == 1 else f"{_number(abs(size))} {name}".strip()
        sign = (" - " if size < 0 else " + ") if text else ("-" if size < 0 else "")
        text += sign + amount
    return text


def _number(x: float) -> str:
    """Up to twelve digits; rounding that adds nothing to them is not shown."""
    return f"{round(x, 9) + 0.0:.12g}"
