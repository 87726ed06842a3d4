"""The program of all futures together (the extensive form): one column for what futures share, one a future for the rest.

minimise  R[measure]    subject to the rows of every future, and with a tail weight for each stage

    tail[stage,s] >= measure[s] - threshold[stage],    tail >= 0
    R = (1 - g) * sum of p[s] * measure[s] + g * (threshold + 1/a * sum of p[s] * tail[s])
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import scipy.sparse as sp

from orebook.exact import ZERO, exact
from orebook.formulation.build import Formulation, build_part
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.hedge.futures import Key, KnownFuture, slots_by_future
from orebook.solver.lp.matrix import Floats, Matrix, Places, matrix_of

ONE_FUTURE = "engaged_ticket"
"""Rows that a house is not engaged without a ticket, which of one future alone would ask too much."""


@dataclass(frozen=True)
class JointProgram:
    """The program of all futures, and of each its formulation, its own program and where its columns stand in the whole."""

    futures: tuple[KnownFuture, ...]
    formulations: tuple[Formulation, ...]
    programs: tuple[Matrix, ...]
    places: tuple[Places, ...]
    matrix: Matrix
    stages: tuple[StageName, ...]
    futures_of_row: tuple[tuple[int, ...], ...]
    """Of each row that has a name, the futures that have it: those not told apart yet share one."""
    risk: RiskMeasure
    thresholds: Mapping[StageName, int]
    """Of each stage of which the worst part counts, the column of its threshold; the tails of the futures follow."""

    def with_tails(self, x: Floats) -> Floats:
        """A point of all futures' columns with those of the risk measure as they are best."""
        x, probabilities = x.copy(), [f.probability for f in self.futures]
        for stage, threshold in self.thresholds.items():
            reached = [
                exact(program.value(stage, x[own])) if stage in program.cost else ZERO
                for program, own in zip(self.programs, self.places, strict=True)
            ]
            least = self.risk.threshold(probabilities, reached)
            x[threshold] = float(least)
            x[threshold + 1 : threshold + 1 + len(reached)] = [float(max(ZERO, m - least)) for m in reached]
        return x

    def columns(self, future: int) -> list[tuple[Key, int]]:
        """Each variable of a future and its column in the whole."""
        keys = map(key_of, self.programs[future].columns)
        return list(zip(keys, self.places[future].tolist(), strict=True))


def joint_program(futures: tuple[KnownFuture, ...], model: Model, risk: RiskMeasure) -> JointProgram:
    """Formulate every future and put them together."""
    slots = slots_by_future(futures, model)
    formulations = tuple(
        build_part(f.world, model, own, f.world.minerals) for f, own in zip(futures, slots, strict=True)
    )
    return _assembled(futures, formulations, tuple(matrix_of(f) for f in formulations), model, risk)


def of_futures(joint: JointProgram, futures: tuple[KnownFuture, ...], model: Model, risk: RiskMeasure) -> JointProgram:
    """The program of all or some of its futures, with the probabilities that they have here and another measure of risk.

    Nothing is formulated anew. Of all futures it has the same columns, but for those of the tail.
    """
    place = {known.future.name: k for k, known in enumerate(joint.futures)}
    chosen = [place[known.future.name] for known in futures]
    formulations, programs = tuple(joint.formulations[k] for k in chosen), tuple(joint.programs[k] for k in chosen)
    return _assembled(futures, formulations, programs, model, risk)


def _assembled(
    futures: tuple[KnownFuture, ...],
    formulations: tuple[Formulation, ...],
    programs: tuple[Matrix, ...],
    model: Model,
    risk: RiskMeasure,
) -> JointProgram:
    places, columns = _columns(futures, programs)
    stages = tuple(s.stage for s in model.stages if any(s.stage in f.stages for f in formulations))
    together, futures_of_row = _together(futures, programs, places, columns, stages)
    matrix = _engaged_by_ticket(together, programs)
    main = [s for s in stages if s not in TIE_BREAKING] if risk.tail_weight and len(futures) > 1 else []
    thresholds = {stage: len(matrix.lower) + k * (1 + len(futures)) for k, stage in enumerate(main)}
    matrix = _with_risk(matrix, futures, programs, places, thresholds, risk)
    return JointProgram(futures, formulations, programs, places, matrix, stages, futures_of_row, risk, thresholds)


def key_of(variable: Any) -> Key:
    """Component and index of a variable or a row."""
    return variable.parent_component().local_name, variable.index()


def _columns(
    futures: Sequence[KnownFuture], programs: Sequence[Matrix]
) -> tuple[tuple[Places, ...], list[tuple[int, int]]]:
    """Where the columns of each future stand in the whole, and of each column of the whole one future's that it is."""
    shared: dict[Key, int] = {}
    places, columns = list[Places](), list[tuple[int, int]]()
    for k, (future, program) in enumerate(zip(futures, programs, strict=True)):
        own = np.empty(len(program.columns), np.intp)
        for j, variable in enumerate(program.columns):
            key = key_of(variable)
            if future.shares(key):
                if key not in shared:
                    shared[key] = len(columns)
                    columns.append((k, j))
                own[j] = shared[key]
            else:
                own[j] = len(columns)
                columns.append((k, j))
        places.append(own)
    return tuple(places), columns


def _together(
    futures: Sequence[KnownFuture],
    programs: Sequence[Matrix],
    places: Sequence[Places],
    columns: Sequence[tuple[int, int]],
    stages: Sequence[StageName],
) -> tuple[Matrix, tuple[tuple[int, ...], ...]]:
    """The rows of all, each that futures share once, and whose each is; a shared column within the bounds of all of them."""
    width = len(columns)
    lower, upper = np.full(width, -np.inf), np.full(width, np.inf)
    integer, block = np.zeros(width, bool), np.full(width, -1, np.int32)
    blocks = tuple(sorted({name for program in programs for name in program.blocks}))
    block_of = {name: k for k, name in enumerate(blocks)}
    rows, row_lower, row_upper, names = list[sp.csr_array](), list[Floats](), list[Floats](), list[Any]()
    cost = {stage: np.zeros(width) for stage in stages}
    offset = dict.fromkeys(stages, 0.0)
    place: dict[Hashable, int] = {}
    owners: list[list[int]] = []
    for number, (future, program, own) in enumerate(zip(futures, programs, places, strict=True)):
        lower[own], upper[own] = np.maximum(lower[own], program.lower), np.minimum(upper[own], program.upper)
        integer[own] |= program.integer
        mine = np.array([block_of[name] for name in program.blocks], np.int32)
        block[own] = np.where(program.block >= 0, mine[program.block] if len(mine) else -1, -1)
        moved = sp.csr_array(
            (program.A.data.copy(), own[program.A.indices], program.A.indptr), shape=(program.A.shape[0], width)
        )
        moved.sort_indices()
        new = list[int]()
        for k in (k for k in range(moved.shape[0]) if _row(program, k) != ONE_FUTURE):
            at = place.setdefault(_row_identity(moved, program, k), len(owners))
            if at == len(owners):
                owners.append([])
                new.append(k)
            owners[at].append(number)
        rows.append(sp.csr_array(moved[new]))
        row_lower.append(program.row_lower[new])
        row_upper.append(program.row_upper[new])
        names += [program.rows[k] for k in new]
        for stage in stages:
            if stage in program.cost:
                np.add.at(cost[stage], own, float(future.probability) * program.cost[stage])
                offset[stage] += float(future.probability) * program.offset[stage]
    matrix = Matrix(
        A=sp.csr_array(sp.vstack(rows, format="csr")),
        row_lower=np.concatenate(row_lower),
        row_upper=np.concatenate(row_upper),
        lower=lower,
        upper=upper,
        integer=integer,
        cost=cost,
        offset=offset,
        rows=tuple(names),
        columns=tuple(programs[k].columns[j] for k, j in columns),
        rule_of={name: rule for program in programs for name, rule in program.rule_of.items()},
        block=block,
        blocks=blocks,
        pyomo=tuple(program.pyomo for program in programs),
    )
    return matrix, tuple(map(tuple, owners))


def _row(program: Matrix, k: int) -> str:
    """The component that a row is of."""
    name: str = program.rows[k].parent_component().local_name
    return name


def _engaged_by_ticket(matrix: Matrix, programs: Sequence[Matrix]) -> Matrix:
    """Where a house is engaged by its tickets alone: a ticket in any of the futures is one."""
    if not any(_row(program, k) == ONE_FUTURE for program in programs for k in range(len(program.rows))):
        return matrix
    tickets: dict[int, list[int]] = {
        j: [] for j, column in enumerate(matrix.columns) if column.parent_component().local_name == "engaged"
    }
    for k in (k for k in range(len(matrix.rows)) if _row(matrix, k) == "house_engaged"):
        of_row = matrix.A.indices[matrix.A.indptr[k] : matrix.A.indptr[k + 1]].tolist()
        (house,) = (j for j in of_row if j in tickets)
        tickets[house] += [j for j in of_row if j != house]
    rows = sp.lil_array((len(tickets), len(matrix.lower)))
    for row, (house, placed) in enumerate(tickets.items()):
        rows[row, placed], rows[row, house] = -1.0, 1.0
    most = np.zeros(len(tickets))
    return matrix.with_rows(sp.csr_array(rows), np.full(len(tickets), -np.inf), most)


def _row_identity(moved: sp.csr_array, program: Matrix, k: int) -> tuple[Hashable, ...]:
    """All that makes a row what it is, and its name: two that ask the same are two where policy gives way."""
    start, end = moved.indptr[k], moved.indptr[k + 1]
    figures = (moved.indices[start:end], moved.data[start:end], program.row_lower[k], program.row_upper[k])
    return (key_of(program.rows[k]), *(part.tobytes() for part in figures))


def _with_risk(
    matrix: Matrix,
    futures: Sequence[KnownFuture],
    programs: Sequence[Matrix],
    places: Sequence[Places],
    thresholds: Mapping[StageName, int],
    risk: RiskMeasure,
) -> Matrix:
    """The program with the mean of the worst part in the objective of the stages that have a threshold."""
    if not thresholds:
        return matrix
    width, more = len(matrix.lower), len(thresholds) * (1 + len(futures))
    rows, low = sp.lil_array((len(thresholds) * len(futures), width + more)), list[float]()
    cost = {stage: np.append(vector, np.zeros(more)) for stage, vector in matrix.cost.items()}
    offset, lower = dict(matrix.offset), np.append(matrix.lower, np.zeros(more))
    for stage, threshold in thresholds.items():
        lower[threshold] = -np.inf
        cost[stage] = (1 - risk.tail_weight) * cost[stage]
        offset[stage] = (1 - risk.tail_weight) * offset[stage]
        cost[stage][threshold] = risk.tail_weight
        for k, (future, program, own) in enumerate(zip(futures, programs, places, strict=True)):
            tail, row = threshold + 1 + k, len(low)
            cost[stage][tail] = risk.tail_weight / risk.tail * float(future.probability)
            counted = program.cost.get(stage, np.zeros(len(own)))
            rows[row, own[counted != 0]] = -counted[counted != 0]
            rows[row, [threshold, tail]] = 1.0
            low.append(program.offset.get(stage, 0.0))
    wide = replace(
        matrix,
        A=sp.csr_array((matrix.A.data, matrix.A.indices, matrix.A.indptr), shape=(matrix.A.shape[0], width + more)),
        lower=lower,
        upper=np.append(matrix.upper, np.full(more, np.inf)),
        integer=np.append(matrix.integer, np.zeros(more, bool)),
        cost=cost,
        offset=offset,
        columns=(*matrix.columns, *(None,) * more),
        block=np.append(matrix.block, np.full(more, -1, np.int32)),
    )
    return wide.with_rows(sp.csr_array(rows), np.array(low), np.full(len(low), np.inf))
