"""The least of a linear sum under linear rows, in fractions and to the last digit: a tableau, two phases, Bland's rule."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from orebook.exact import Fraction

ZERO, ONE = Fraction(0), Fraction(1)
Name = tuple[str, str, int]
Terms = Mapping[Name, Fraction]


@dataclass
class Rows:
    """Rows over variables that are 0 or more, each by its name."""

    equal: list[tuple[Terms, Fraction]] = field(default_factory=list)
    most: list[tuple[Terms, Fraction]] = field(default_factory=list)


def least(cost: Terms, rows: Rows) -> dict[Name, Fraction] | None:
    """A point of the least cost; None where no point keeps the rows. The cost must have a least."""
    names = list(dict.fromkeys([*cost, *(name for terms, _ in (*rows.equal, *rows.most) for name in terms)]))
    place = {name: k for k, name in enumerate(names)}
    listed: list[tuple[Terms, Fraction, int | None]] = [(terms, b, None) for terms, b in rows.equal]
    listed += [(terms, b, len(names) + k) for k, (terms, b) in enumerate(rows.most)]  # each with a slack of its own
    width = len(names) + len(rows.most)
    table = []
    for k, (terms, b, slack) in enumerate(listed):
        row = [ZERO] * (width + len(listed) + 1)
        for name, amount in terms.items():
            row[place[name]] += amount
        if slack is not None:
            row[slack] = ONE
        row[-1] = b
        row = [-x for x in row] if b < 0 else row
        row[width + k] = ONE  # what the row lacks, to be brought to nothing first
        table.append(row)
    basis = [width + k for k in range(len(listed))]
    lacking = [ZERO] * width + [ONE] * len(listed)
    if _minimise(table, basis, lacking, width + len(listed)) > 0:
        return None
    for k, column in enumerate(basis):
        if column >= width:
            instead = next((c for c in range(width) if table[k][c]), None)
            if instead is not None:
                _pivot(table, basis, k, instead)
    weights = [cost.get(name, ZERO) for name in names] + [ZERO] * (width - len(names) + len(listed))
    _minimise(table, basis, weights, width)
    return {name: next((table[r][-1] for r, c in enumerate(basis) if c == k), ZERO) for name, k in place.items()}


def _minimise(table: list[list[Fraction]], basis: list[int], cost: Sequence[Fraction], columns: int) -> Fraction:
    """Pivot until no column of the first `columns` lowers the cost; what it is then."""
    while True:
        entering = next(
            (c for c in range(columns) if c not in basis and _reduced(table, basis, cost, c) < 0),
            None,
        )
        if entering is None:
            return sum((cost[c] * row[-1] for row, c in zip(table, basis, strict=True)), ZERO)
        ratios = [(row[-1] / row[entering], basis[k], k) for k, row in enumerate(table) if row[entering] > 0]
        assert ratios, "without end"
        _pivot(table, basis, min(ratios)[2], entering)


def _reduced(table: list[list[Fraction]], basis: list[int], cost: Sequence[Fraction], column: int) -> Fraction:
    paid = (cost[c] * row[column] for row, c in zip(table, basis, strict=True) if cost[c] and row[column])
    return cost[column] - sum(paid, ZERO)


def _pivot(table: list[list[Fraction]], basis: list[int], row: int, column: int) -> None:
    by = table[row][column]
    table[row] = [x / by for x in table[row]]
    for k, other in enumerate(table):
        if k != row and other[column]:
            factor = other[column]
            table[k] = [x - factor * y if y else x for x, y in zip(other, table[row], strict=True)]
    basis[row] = column
