"""From a point of the joint program to a judged plan a future; what futures share is rounded once, to be the same in all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from orebook.decisions import Decisions
from orebook.errors import DisagreementError
from orebook.exact import Fraction
from orebook.judge.judgement import Breach, Judgement
from orebook.risk_measure import RiskMeasure
from orebook.rounding.amounts import Rounding
from orebook.rounding.extract import NONE_PINNED, Pinned
from orebook.schema.model import Model
from orebook.schema.stages import STAGES, TIE_BREAKING, StageName
from orebook.solver.finalise.continuous_part import continuous_part
from orebook.solver.finalise.finalise import AGREEMENT_REL, KEPT_SLACK_SHARES, Finaliser
from orebook.solver.hedge.joint_program import JointProgram
from orebook.solver.lp.matrix import Floats
from orebook.solver.lp.solver import Solver


@dataclass(frozen=True)
class JudgedFutures:
    """A point of the joint program, and of each future the decisions and the judgement that it stands for."""

    x: Floats
    decisions: tuple[Decisions, ...]
    judgements: tuple[Judgement, ...]

    def measures(self, stage: StageName) -> list[Fraction]:
        """A stage's measure in each future; 0 where it does not apply."""
        return [judgement.measures.get(stage, Fraction(0)) for judgement in self.judgements]


class JointFinaliser:
    """Settles points of a joint program; any program with its columns will do. `excused` are rows given up, by future."""

    def __init__(
        self,
        joint: JointProgram,
        model: Model,
        risk: RiskMeasure,
        excused: Sequence[frozenset[tuple[str, str]]],
    ) -> None:
        self._joint, self._risk = joint, risk
        self._probabilities = [f.probability for f in joint.futures]
        self._each = [
            Finaliser(f.world, model, formulation, program, rows)
            for f, formulation, program, rows in zip(
                joint.futures, joint.formulations, joint.programs, excused, strict=True
            )
        ]

    def risk_of(self, judged: JudgedFutures, stage: StageName) -> Fraction:
        """R of a stage; of one that breaks ties the mean."""
        risk = RiskMeasure(self._risk.tail, 0.0) if stage in TIE_BREAKING else self._risk
        return risk.of(self._probabilities, judged.measures(stage))

    def finalise(self, solver: Solver, stage: StageName, x: Floats) -> JudgedFutures:
        """The plans of a point. Raises DisagreementError where judge and model cannot be made to agree."""
        broken: list[Breach] = []
        for point in self._points(solver, stage, x):
            judged, broken = self._judged(point, solver)
            if not broken:
                self._compare(solver, stage, point, judged)
                return judged
        says = "; ".join(b.says for b in broken[:3])
        raise DisagreementError(f"the judge finds what the model does not: {says}")

    def _points(self, solver: Solver, stage: StageName, x: Floats) -> Iterator[Floats]:
        """The point made exact, earlier stages kept to the hair and then by most of it, and the point as it is."""
        matrix = solver.matrix
        for part in (0.0, *KEPT_SLACK_SHARES) if matrix.kept else (0.0,):
            point = self._exact(replace(solver, matrix=matrix.with_hair(part)), stage, x)
            if point is not None:
                yield point
        yield x

    def _exact(self, solver: Solver, stage: StageName, x: Floats) -> Floats | None:
        """The best amounts for these whole numbers, tickets without tonnes taken off."""
        main = [s for s in self._joint.stages if s not in TIE_BREAKING]
        aim = main[-1] if stage in TIE_BREAKING and main else stage
        for integers in (self._cleaned(x), x):
            none = np.concatenate(
                [
                    own[finaliser.cleanup.unplaced(program, integers[own])]
                    for finaliser, program, own in zip(
                        self._each, self._joint.programs, self._joint.places, strict=True
                    )
                ]
            )
            found = continuous_part(solver, aim, integers, none)
            if found is not None:
                return found
        return None

    def _cleaned(self, x: Floats) -> Floats:
        """The point with the on-off columns of each future in line; a house is engaged where any future has a ticket of it."""
        cleaned = x.copy()
        engaged = {own[j] for own, columns in self._engaged() for j in columns}
        kept = dict.fromkeys(engaged, False)
        for finaliser, program, own in zip(self._each, self._joint.programs, self._joint.places, strict=True):
            part = finaliser.cleanup.apply(program, x[own])
            for j, value in zip(own.tolist(), part.tolist(), strict=True):
                if j in kept:
                    kept[j] = kept[j] or value > 0
                else:
                    cleaned[j] = value
        for j, on in kept.items():
            cleaned[j] = float(on)
        return cleaned

    def _engaged(self) -> Iterator[tuple[np.ndarray, list[int]]]:
        """Of each future, where its columns stand and which of them engage a house."""
        for program, own in zip(self._joint.programs, self._joint.places, strict=True):
            names = [v.parent_component().local_name for v in program.columns]
            yield own, [j for j, name in enumerate(names) if name == "engaged"]

    def _judged(self, x: Floats, solver: Solver) -> tuple[JudgedFutures, list[Breach]]:
        """Each future's plan, rounded again where a rule breaks; first without, then with what futures share settled."""
        first = [self._one(k, x, {}, NONE_PINNED, ())[0] for k in range(len(self._each))]
        pinned, engaged = self._shared(first), self._houses(first)
        found, broken = list[tuple[Decisions, Judgement]](), list[Breach]()
        for k, finaliser in enumerate(self._each):
            roundings: Mapping[str, Rounding] = {}
            mine: list[Breach] = []
            for again in finaliser.roundings:
                decisions, judgement = self._one(k, x, roundings, pinned, engaged)
                mine = [b for b in judgement.breaches if (b.rule, b.row) not in finaliser.excused]
                if not mine:
                    break
                roundings = dict.fromkeys(finaliser.concerned(mine), again)
            broken += mine
            found.append((decisions, judgement))
        judged = JudgedFutures(x, tuple(d for d, _ in found), tuple(j for _, j in found))
        return judged, [*broken, *self._kept(judged, solver)]

    def _one(
        self, k: int, x: Floats, roundings: Mapping[str, Rounding], pinned: Pinned, engaged: tuple[str, ...]
    ) -> tuple[Decisions, Judgement]:
        own = {key: tonnes for key, tonnes in pinned.items() if key[1] < self._joint.futures[k].known_week}
        there = tuple(h for h in engaged if h in self._joint.futures[k].world.houses)
        return self._each[k].judged(x[self._joint.places[k]], roundings, own, there)

    def _houses(self, decided: list[Decisions]) -> tuple[str, ...]:
        """Every house that has a ticket in some future."""
        futures = zip(self._joint.futures, decided, strict=True)
        return tuple(sorted({f.world.terms(o.week).offers[o.offer].house for f, d in futures for o in d.orders}))

    def _shared(self, decided: list[Decisions]) -> Pinned:
        """What is ordered in weeks that futures share: the most that any of them was rounded to."""
        most: dict[tuple[str, int, Fraction | None], Fraction] = {}
        for future, decisions in zip(self._joint.futures, decided, strict=True):
            for order in decisions.orders:
                key = (order.offer, order.week, order.tier)
                if order.week < future.known_week:
                    most[key] = max(most.get(key, order.tonnes), order.tonnes)
        return most

    def _kept(self, judged: JudgedFutures, solver: Solver) -> Iterator[Breach]:
        """Measures of earlier stages that the plans do not keep."""
        for kept in solver.matrix.kept:
            over = self.risk_of(judged, kept.stage) - Fraction(kept.most)
            if over > 0:
                says = f"{kept.stage} is {float(over):g} over what is kept of it, {kept.most:g}"
                yield Breach("stage", f"kept[{kept.stage}]", over, Fraction(kept.most), "", says)

    def _compare(self, solver: Solver, stage: StageName, x: Floats, judged: JudgedFutures) -> None:
        """What the model says of the stage held against the judge."""
        said, found = solver.matrix.value(stage, x), float(self.risk_of(judged, stage))
        tolerance = AGREEMENT_REL * max(STAGES[stage].smallest, abs(found))
        if found - said > tolerance or (stage not in TIE_BREAKING and said - found > tolerance):
            raise DisagreementError(f"{stage}: the model says {said!r}, the judge {found!r}")
