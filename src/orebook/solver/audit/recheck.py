"""What a fresh process says of one claim, and the cheapest proof of it that holds.

First the claim's own certificate, counted in fractions on the program as this process tightens it (`safe_tightening.py`),
where each cut that it rests on is solved again. Then the relaxation, solved anew with the cuts that held. Last all of the
program, presolve off and another seed, with a row that asks for a measure under the bound: there must be no such plan.
"""

from __future__ import annotations

import pickle
import sys
import time
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from orebook.exact import Fraction
from orebook.schema.stages import STAGES
from orebook.solver.cuts.block_cuts import holds, with_cuts
from orebook.solver.lp.certificate import Certificate
from orebook.solver.lp.cut import Cut
from orebook.solver.lp.domain import Domain
from orebook.solver.lp.duality import dual_bound, dual_value
from orebook.solver.lp.farkas import farkas_proof
from orebook.solver.lp.gaps import GRAM_GAP_REL
from orebook.solver.lp.limits import Limits
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.outcome import Outcome
from orebook.solver.lp.safe_tightening import strengthened
from orebook.solver.lp.solver import Solver
from orebook.solver.lp.stop import Stop
from orebook.solver.run.claim import Claim

Verdict = Literal["confirmed", "refuted", "timed out"]

FACE_S = 10.0
"""For one cut in one way, so that a hard one leaves time for the others."""

FIRST_TRY_S = 5.0
"""For a search of the program as it is, which is all that most of them need."""

OPEN_S = 5.0
"""For a search under a bound that proves no gap: it may be as hard as the stage that was not closed in its time."""

FINE = 1e-9
"""A tolerance of rows and whole numbers a thousand times as fine as the solver's own."""


def under(claim: Claim) -> float:
    """The measure that no plan may have: the bound printed, less the part of it that grams and tolerances blur."""
    return claim.bound - GRAM_GAP_REL * max(abs(claim.bound), STAGES[claim.stage].smallest)


def plain(claim: Claim) -> bool:
    """Whether nobody need be asked: measures but for money are never negative."""
    return claim.stage not in ("cost", "value") and under(claim) < 0


@dataclass(frozen=True)
class Recheck:
    """One claim and the time there is for it."""

    claim: Claim
    deadline: float
    seed: int

    def verdict(self) -> Verdict:
        """What is true of the claim as far as can be told in time."""
        claim, matrix = self.claim, strengthened(self.claim.matrix)
        certificate, held = claim.certificate, tuple[Cut, ...]()
        if certificate is not None and self._proves(matrix, certificate):
            certificate = self._rechecked(matrix, certificate)
            held = tuple(certificate.cuts[k] for k in certificate.counting)
            if self._proves(matrix, certificate):
                return "confirmed"
        if self._relaxation_is_above(with_cuts(matrix, held)):
            return "confirmed"
        return self._searched()

    def _rechecked(self, matrix: Matrix, certificate: Certificate) -> Certificate:
        """The certificate with no cut but those that hold when they are solved again; the rest is not looked at.

        Dearest first, until the bound is there without the others: what is dear is what the bound is without it. What a solve
        with presolve cannot tell of in a while is tried once more without.
        """
        program = with_cuts(matrix, certificate.cuts)
        worth = _worth(program, program.cost[self.claim.stage], certificate)
        bound = dual_value(
            program, (program.lower, program.upper), program.cost[self.claim.stage], certificate.multipliers
        )
        spare = bound + program.offset[self.claim.stage] - under(self.claim)
        open_ = sorted(certificate.counting, key=lambda k: -worth[k])
        for presolve in (True, False):
            for k in tuple(open_):
                if sum(worth[j] for j in open_) < spare:
                    return certificate.without(*open_)
                limits = self._limits
                limits = replace(limits, seconds=min(FACE_S, limits.seconds), presolve=presolve)
                if holds(certificate.cuts[k], matrix, limits):
                    open_.remove(k)
        return certificate.without(*open_)

    def _proves(self, matrix: Matrix, certificate: Certificate) -> bool:
        """Whether the certificate proves the claim, where its cuts hold."""
        return self._above(with_cuts(matrix, certificate.cuts), certificate.multipliers)

    def _relaxation_is_above(self, program: Matrix) -> bool:
        cost = program.cost[self.claim.stage]
        outcome = Solver(program).solve(cost, 0.0, self._limits, None, Domain.relaxed(program))
        return outcome.ending == "proven" and self._above(program, outcome.row_dual)

    def _above(self, program: Matrix, multipliers: Floats) -> bool:
        """Whether these multipliers prove the claim, in exact arithmetic."""
        bound = dual_bound(program, program.cost[self.claim.stage], multipliers)
        return bound is not None and bound + Fraction(program.offset[self.claim.stage]) > Fraction(under(self.claim))

    def _searched(self) -> Verdict:
        """What a search for a plan under the bound ends with: of the program as it is, and where that takes long, made tighter.

        A plan that lives off the solver's tolerances is none; one last search leaves it little to live off.
        """
        matrix = self.claim.matrix
        ways = (
            (matrix, replace(self._limits, seconds=FIRST_TRY_S)),
            (strengthened(matrix), replace(self._limits, heuristics="none")),
            (matrix, replace(self._limits, feasibility=FINE)),
        )
        for program, limits in ways:
            outcome = self._under(program, limits)
            if outcome.ending == "infeasible":
                return "confirmed"
            if outcome.has_plan and not self._is_mirage(outcome.x):
                return "refuted"
        return "timed out"

    def _under(self, program: Matrix, limits: Limits) -> Outcome:
        stage, most = self.claim.stage, self._limits.seconds if self.claim.closed else min(OPEN_S, self._limits.seconds)
        limits = replace(limits, seconds=min(limits.seconds, most))
        return Solver(program.holding(stage, under(self.claim))).solve(
            program.cost[stage], program.offset[stage], limits
        )

    def _is_mirage(self, x: Floats) -> bool:
        """Whether no plan with these whole numbers is under the bound, in exact arithmetic."""
        matrix, whole = self.claim.matrix, self.claim.matrix.integer
        fixed = replace(matrix, lower=np.where(whole, x, matrix.lower), upper=np.where(whole, x, matrix.upper))
        fixed = strengthened(fixed)
        return self._relaxation_is_above(fixed) or farkas_proof(fixed, Stop())

    @property
    def _limits(self) -> Limits:
        left = max(0.0, self.deadline - time.perf_counter())
        return Limits(gap=0.0, absolute_gap=0.0, seconds=left, seed=self.seed, presolve=False)


def _worth(program: Matrix, cost: Floats, certificate: Certificate) -> dict[int, float]:
    """By how much the bound is lower without each cut that counts."""
    rest = cost - program.A.T @ certificate.multipliers

    def least(weight: Floats, columns: NDArray[np.intp]) -> float:
        ends = np.where(weight > 0, program.lower[columns], program.upper[columns])
        return float(weight[weight != 0] @ ends[weight != 0])

    def worth(cut: Cut, multiplier: float) -> float:
        own = rest[cut.columns]
        freed = least(own + multiplier * cut.weights, cut.columns)
        return multiplier * cut.least + least(own, cut.columns) - freed

    first = len(certificate.multipliers) - len(certificate.cuts)
    return {k: worth(certificate.cuts[k], float(certificate.multipliers[first + k])) for k in certificate.counting}


def main() -> None:
    """Answer one question from standard input, of one or more claims, on standard output."""
    claims, seconds, seed = pickle.load(sys.stdin.buffer)
    deadline, said = time.perf_counter() + seconds, set[Verdict]()
    for claim in claims:
        said.add(Recheck(claim, deadline, seed).verdict())
        if "refuted" in said:
            break
    sys.stdout.write(next(verdict for verdict in ("refuted", "timed out", "confirmed") if verdict in said))


if __name__ == "__main__":
    main()
