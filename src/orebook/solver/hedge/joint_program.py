"""The program of all futures together (the extensive form): one column for what futures share, one a future for the rest.

minimise  R[measure]    subject to the rows of every future, and with a tail weight for each stage

    tail[stage,s] >= measure[s] - threshold[stage],    tail >= 0
    R = (1 - g) * sum of p[s] * measure[s] + g * (threshold + 1/a * sum of p[s] * tail[s])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from orebook.formulation.build import Formulation, build_part
from orebook.risk_measure import RiskMeasure
from orebook.schema.model import Model
from orebook.schema.stages import TIE_BREAKING, StageName
from orebook.solver.hedge.futures import Key, KnownFuture, slots_by_future
from orebook.solver.lp.matrix import Floats, Matrix, matrix_of

Places = NDArray[np.intp]

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
    matrix = _engaged_by_ticket(_together(futures, programs, places, columns, stages), programs)
    return JointProgram(
        futures, formulations, programs, places, _with_risk(matrix, futures, programs, places, stages, risk), stages
    )


def key_of(variable: Any) -> Key:
    """Component and index of a variable."""
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
) -> Matrix:
    """The rows of all, each that futures share once; a shared column within the bounds of all of them."""
    width = len(columns)
    lower, upper = np.full(width, -np.inf), np.full(width, np.inf)
    integer, block = np.zeros(width, bool), np.full(width, -1, np.int32)
    blocks = tuple(sorted({name for program in programs for name in program.blocks}))
    number = {name: k for k, name in enumerate(blocks)}
    rows, row_lower, row_upper, names = list[sp.csr_array](), list[Floats](), list[Floats](), list[Any]()
    cost = {stage: np.zeros(width) for stage in stages}
    offset = dict.fromkeys(stages, 0.0)
    seen: set[bytes] = set()
    for future, program, own in zip(futures, programs, places, strict=True):
        lower[own], upper[own] = np.maximum(lower[own], program.lower), np.minimum(upper[own], program.upper)
        integer[own] |= program.integer
        mine = np.array([number[name] for name in program.blocks], np.int32)
        block[own] = np.where(program.block >= 0, mine[program.block] if len(mine) else -1, -1)
        moved = sp.csr_array(
            (program.A.data.copy(), own[program.A.indices], program.A.indptr), shape=(program.A.shape[0], width)
        )
        moved.sort_indices()
        new = [k for k in range(moved.shape[0]) if _row(program, k) != ONE_FUTURE and _is_new(moved, program, k, seen)]
        rows.append(sp.csr_array(moved[new]))
        row_lower.append(program.row_lower[new])
        row_upper.append(program.row_upper[new])
        names += [program.rows[k] for k in new]
        for stage in stages:
            if stage in program.cost:
                np.add.at(cost[stage], own, float(future.probability) * program.cost[stage])
                offset[stage] += float(future.probability) * program.offset[stage]
    return Matrix(
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


def _is_new(moved: sp.csr_array, program: Matrix, k: int, seen: set[bytes]) -> bool:
    """Whether no future before has this row."""
    start, end = moved.indptr[k], moved.indptr[k + 1]
    text = b"|".join(
        (
            moved.indices[start:end].tobytes(),
            moved.data[start:end].tobytes(),
            program.row_lower[k].tobytes(),
            program.row_upper[k].tobytes(),
        )
    )
    if text in seen:
        return False
    seen.add(text)
    return True


def _with_risk(
    matrix: Matrix,
    futures: Sequence[KnownFuture],
    programs: Sequence[Matrix],
    places: Sequence[Places],
    stages: Sequence[StageName],
    risk: RiskMeasure,
) -> Matrix:
    """The program with the mean of the worst part in the objective of each main stage; as it is where that has no weight."""
    main = [stage for stage in stages if stage not in TIE_BREAKING]
    if not risk.tail_weight or len(futures) == 1:
        return matrix
    width, more = len(matrix.lower), len(main) * (1 + len(futures))
    total = width + more
    rows, low = list[sp.csr_array](), list[float]()
    cost = {stage: np.append(vector, np.zeros(more)) for stage, vector in matrix.cost.items()}
    offset, lower = dict(matrix.offset), np.append(matrix.lower, np.zeros(more))
    for place, stage in enumerate(main):
        threshold = width + place * (1 + len(futures))
        lower[threshold] = -np.inf
        cost[stage] = (1 - risk.tail_weight) * cost[stage]
        offset[stage] = (1 - risk.tail_weight) * offset[stage]
        cost[stage][threshold] = risk.tail_weight
        for k, (future, program, own) in enumerate(zip(futures, programs, places, strict=True)):
            tail = threshold + 1 + k
            cost[stage][tail] = risk.tail_weight / risk.tail * float(future.probability)
            row = np.zeros(total)
            if stage in program.cost:
                np.add.at(row, own, -program.cost[stage])
            row[threshold], row[tail] = 1.0, 1.0
            rows.append(sp.csr_array(row.reshape(1, -1)))
            low.append(program.offset.get(stage, 0.0))
    wide = sp.csr_array((matrix.A.data, matrix.A.indices, matrix.A.indptr), shape=(matrix.A.shape[0], total))
    return Matrix(
        A=sp.csr_array(sp.vstack([wide, *rows], format="csr")),
        row_lower=np.append(matrix.row_lower, low),
        row_upper=np.append(matrix.row_upper, np.full(len(low), np.inf)),
        lower=lower,
        upper=np.append(matrix.upper, np.full(more, np.inf)),
        integer=np.append(matrix.integer, np.zeros(more, bool)),
        cost=cost,
        offset=offset,
        rows=(*matrix.rows, *(None,) * len(low)),
        columns=(*matrix.columns, *(None,) * more),
        rule_of=matrix.rule_of,
        block=np.append(matrix.block, np.full(more, -1, np.int32)),
        blocks=matrix.blocks,
        pyomo=matrix.pyomo,
    )
