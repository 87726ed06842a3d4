"""All mutants, room by room; new ones come last, so that the numbers of the others stay."""

from __future__ import annotations

from tests.planted import (
    explanations,
    floors,
    futures,
    hedged,
    leaving,
    members,
    money,
    rolling,
    scenarios,
    service,
    solver,
    statements,
)

MUTANTS = [
    *explanations.MUTANTS,
    *rolling.MUTANTS,
    *scenarios.MUTANTS,
    *service.MUTANTS,
    *solver.MUTANTS,
    *futures.MUTANTS,
    *money.MUTANTS,
    *floors.MUTANTS,
    *hedged.MUTANTS,
    *members.MUTANTS,
    *statements.MUTANTS,
    *leaving.MUTANTS,
]
