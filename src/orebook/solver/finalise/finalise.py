"""From the solver's point to a judged plan: integers fixed, the rest solved again, quantised, and held against the model."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from orebook.decisions import Decisions
from orebook.errors import DisagreementError
from orebook.exact import exact
from orebook.formulation.build import Formulation
from orebook.formulation.standing_shares import paid_back
from orebook.judge import Judge
from orebook.judge.judgement import Breach, Judgement
from orebook.problem import Problem
from orebook.rounding.amounts import Rounding
from orebook.rounding.extract import NONE_PINNED, Pinned, extract
from orebook.rounding.money import with_money
from orebook.schema.model import Model
from orebook.schema.stages import STAGES, TIE_BREAKING, StageName
from orebook.solver.finalise.continuous_part import continuous_part
from orebook.solver.finalise.gram_tolerance import GramTolerance
from orebook.solver.finalise.indicator_cleanup import IndicatorCleanup
from orebook.solver.lp.gaps import GRAM_GAP_REL
from orebook.solver.lp.matrix import Floats, Matrix
from orebook.solver.lp.solver import Solver

DECISIONS = frozenset(
    {
        "order", "lots", "tonnes", "put", "out", "sell", "sale_lots", "convert", "conversion_lots", "by", "draw", "repay",
        "idle",
    }
)  # fmt: skip
"""Variables that a plan is made of; all others follow from them."""

AGREEMENT_REL = 1e-5
"""Part of a measure (at least of one of its unit) within which model and judge agree: the solver's tolerance."""

KEPT_SLACK_SHARES = (0.999, 0.9)
"""Parts of the hair of a kept stage that a point may use; the rest is for rounding to grams."""

FINER_SLACK_SHARES = (0.9999999, 0.999999, 0.9999)
"""The same where those leave a stage further from its bound than the gap asked for: a hair of a cost may be days of cover."""

FIRMER_TIMES, FIRMER_BY = 2, 1.1
"""Times that a point is made again which passes what is kept of an earlier stage, as the judge counts it; and with how much
less of that, in parts of what it passes it by."""

ROUNDINGS: tuple[Rounding, ...] = ("up", "down", "dearer", "as_stored", "as_it_is", "needed")
"""How the minerals that a broken row concerns are rounded next; dearer only where something costs less than nothing."""


class OverstatedError(DisagreementError):
    """The model says more of what it minimises than the judge does: what it proves is no bound."""


@dataclass(frozen=True)
class JudgedPoint:
    """A point of the model and the judged plan that it stands for."""

    x: Floats
    decisions: Decisions
    judgement: Judgement


class Finaliser:
    """Settles points of one formulation; `excused` are the policy rows given up, by (rule, row).

    `matrix` is any of the formulation's: all have its columns.
    """

    def __init__(
        self,
        problem: Problem,
        model: Model,
        formulation: Formulation,
        matrix: Matrix,
        excused: frozenset[tuple[str, str]],
    ) -> None:
        self._problem, self._model, self._formulation = problem, model, formulation
        self._judge = Judge(problem, model)
        self.excused = excused
        self.cleanup = IndicatorCleanup(formulation, problem, matrix)
        self._grams = GramTolerance.of(problem, model)
        dearer = paid_back(formulation.slots)
        self.roundings = [r for r in ROUNDINGS if r != "dearer" or dearer]
        self._decided = [
            (k, (name, v.index()))
            for k, v in enumerate(matrix.columns)
            if (name := v.parent_component().local_name) in DECISIONS
        ]

    def finalise(self, solver: Solver, stage: StageName, x: Floats, enough: float = np.inf) -> JudgedPoint:
        """The plan of a point; `enough` is the most of the stage's measure that is within the gap asked for.

        Raises DisagreementError where judge and model cannot be made to agree.
        """
        broken: list[Breach] = []
        for tried in self._points(solver, stage, x, enough):
            point, matrix = tried, solver.matrix
            for _ in range(1 + FIRMER_TIMES):
                found, broken = self._rounded(solver, stage, point)
                if found is not None:
                    return found
                if any(b.rule != "stage" for b in broken):
                    break
                matrix = _firmer(matrix, point, broken)
                firmer = self._exact(replace(solver, matrix=matrix), stage, x)
                if not firmer:
                    break
                point = firmer[0]
        says = "; ".join(b.says for b in broken[:3])
        raise DisagreementError(f"the judge finds what the model does not: {says}")

    def _rounded(self, solver: Solver, stage: StageName, point: Floats) -> tuple[JudgedPoint | None, list[Breach]]:
        """The plan of a point by the first rounding that keeps all; what the last one breaks where none does."""
        broken, roundings = list[Breach](), dict[str, Rounding]()
        for again in self.roundings:
            decisions, judgement = self.judged(point, roundings)
            broken = self._broken(judgement, solver.matrix)
            if not broken:
                self._compare(solver, stage, point, judgement)
                return JudgedPoint(point, decisions, judgement), broken
            roundings = dict.fromkeys(self.concerned(broken), again)
        return None, broken

    def _points(self, solver: Solver, stage: StageName, x: Floats, enough: float) -> Iterator[Floats]:
        """What to try: the point made exact, and the point as it is.

        Earlier stages are kept to the hair first, but where that leaves more than is enough; then by most of the hair, so
        that grams find room in the rest.
        """
        matrix = solver.matrix

        def with_hair(parts: Sequence[float]) -> list[Floats]:
            tried = (self._exact(replace(solver, matrix=matrix.with_hair(part)), stage, x) for part in parts)
            return [point for points in tried for point in points]

        firm = with_hair([0.0])
        if not any(k.hair for k in matrix.kept):
            yield from firm
        elif stage in TIE_BREAKING or (firm and matrix.value(stage, firm[0]) <= enough):
            yield from firm
            yield from with_hair(KEPT_SLACK_SHARES)
        else:
            loose = with_hair(KEPT_SLACK_SHARES)
            most = enough + GRAM_GAP_REL * max(abs(enough), STAGES[stage].smallest)
            if all(matrix.value(stage, point) > most for point in loose):
                loose = [*with_hair(FINER_SLACK_SHARES), *loose]
            best = min((matrix.value(stage, point) for point in loose), default=np.inf)
            as_good = best + GRAM_GAP_REL * max(abs(best), STAGES[stage].smallest)
            yield from sorted([*firm, *loose], key=lambda point: matrix.value(stage, point) > as_good)
        yield x

    def _broken(self, judgement: Judgement, matrix: Matrix) -> list[Breach]:
        """Rules that a plan breaks and that did not give way, and measures of earlier stages that it does not keep."""
        broken = [b for b in judgement.breaches if (b.rule, b.row) not in self.excused]
        for kept in matrix.kept:
            over = judgement.measures[kept.stage] - exact(kept.most)
            if over > 0:
                says = f"{kept.stage} is {float(over):g} over what is kept of it, {kept.most:g}"
                broken.append(Breach("stage", f"kept[{kept.stage}]", over, exact(kept.most), "", says))
        return broken

    def concerned(self, broken: Sequence[Breach]) -> set[str]:
        """The minerals that the broken rows name, by themselves or by an offer; all of them where none is named."""
        problem, named = self._problem, set[str]()
        for breach in broken:
            _, _, key = breach.row.partition("[")
            for name in key.rstrip("]").split(","):
                if name in problem.offers:
                    named.add(problem.offers[name].mineral)
                if name in problem.withdrawals:
                    named.add(problem.withdrawals[name].mineral)
                if name in problem.bids:
                    named.add(problem.bids[name].mineral)
                if name in problem.conversions:
                    named |= {problem.conversions[name].source, problem.conversions[name].into}
                named |= {name} & problem.minerals.keys()
        return named or set(problem.minerals)

    def _exact(self, solver: Solver, stage: StageName, x: Floats) -> list[Floats]:
        """The best continuous parts for these integers, the one to try first at first; none where there is none.

        Tickets without tonnes are taken off, but where that leaves no plan or, of a main stage, a worse one: then they are
        tried first, and rounding makes a gram of each.
        A tie-breaking stage counts whole orders alone, so there the last main stage says what is best.
        """
        matrix, whole = solver.matrix, self.cleanup.apply(solver.matrix, x)
        main = [s for s in self._formulation.stages if s not in TIE_BREAKING]
        by = main[-1] if stage in TIE_BREAKING and main else stage
        bare = self._part(solver, by, whole)
        if bare is not None and (stage in TIE_BREAKING or not self.cleanup.takes_off(x, whole)):
            return [bare]
        with_tickets = self._part(solver, by, x)
        if with_tickets is None or bare is None:
            return [point for point in (bare, with_tickets) if point is not None]
        worth = GRAM_GAP_REL * max(abs(matrix.value(by, bare)), STAGES[by].smallest)
        better = matrix.value(by, with_tickets) < matrix.value(by, bare) - worth
        return [with_tickets, bare] if better else [bare]

    def _part(self, solver: Solver, stage: StageName, integers: Floats) -> Floats | None:
        """The best continuous part for these integers."""
        return continuous_part(solver, stage, integers, self.cleanup.unplaced(solver.matrix, integers))

    def judged(
        self,
        x: Floats,
        roundings: Mapping[str, Rounding],
        pinned: Pinned = NONE_PINNED,
        engaged: tuple[str, ...] = (),
    ) -> tuple[Decisions, Judgement]:
        """The decisions of a point and what the judge says of them; `pinned` orders are as large as they say, and the
        `engaged` houses are so whatever is ordered."""
        values = {key: float(x[k]) for k, key in self._decided}
        decisions = extract(self._problem, self._formulation, values, roundings, pinned)
        decisions = replace(decisions, engaged=engaged)
        weeks = self._judge.cash(decisions)
        decisions = with_money(self._problem, decisions, weeks, values, funded=self._model.on("funding"))
        return decisions, self._judge.judge(decisions)

    def _compare(self, solver: Solver, stage: StageName, x: Floats, judgement: Judgement) -> None:
        """The model's measures against the judge's, every stage; they may differ by what grams come to."""
        grams = self._grams.worth(judgement)
        for name in self._formulation.stages:
            said, judged = solver.matrix.value(name, x), float(judgement.measures[name])
            tolerance = AGREEMENT_REL * max(1.0, abs(judged)) + grams.get(name, 0.0)
            # The variables of a stage that is not minimised to its end may overstate it; none may understate it.
            minimised = name == stage and name not in TIE_BREAKING
            says = f"{name}: the model says {said!r}, the judge {judged!r}"
            if judged - said > tolerance:
                raise DisagreementError(says)
            if minimised and said - judged > tolerance:
                raise OverstatedError(says)


def _firmer(matrix: Matrix, point: Floats, broken: Sequence[Breach]) -> Matrix:
    """The program with less of the stages that a point's plan passes, by a little more than it does; the rest of it stays.

    What the judge counts in full, where the point leaves an earlier stage's hair of it, may be more of another stage than
    what is left of that one's hair.
    """
    over = {b.row: float(b.by) for b in broken}
    upper = matrix.row_upper.copy()
    for kept in matrix.kept:
        if by := over.get(f"kept[{kept.stage}]"):
            value = matrix.value(kept.stage, point) - matrix.offset[kept.stage]
            upper[kept.row] = min(upper[kept.row], value - FIRMER_BY * by)
    return replace(matrix, row_upper=upper)
