"""A few of many draws that stand for all: fast forward selection, inside groups that are never mixed.

Heitsch and Roemisch, Math. Program. 118 (2009) 371-406: one draw after the other is kept, each the one that brings all draws
nearest to what is kept. A draw is stood for by the nearest kept one of its own group only, and every group keeps one at least.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np

from orebook.scenarios.volatility import Floats

NEARER = 1e-12
"""By so much, of what it was, the distance in all must fall for another draw to be kept."""


def kept(points: Floats, groups: Sequence[Hashable], most: int) -> list[tuple[int, int]]:
    """(place of a kept draw, how many draws it stands for, itself among them), by place.

    `points` has a row a draw, all of them alike in probability; there are no more groups than `most`. Draws that are the
    same as one that is kept are not kept besides.
    """
    places = {group: [k for k, g in enumerate(groups) if g == group] for group in dict.fromkeys(groups)}
    parts = [_Part(points[mine], mine) for mine in places.values()]
    for _ in range(most - len(parts)):
        best = max(parts, key=lambda part: part.gain)
        if best.gain <= NEARER * sum(part.apart for part in parts):
            break
        best.keep()
    return sorted(pair for part in parts for pair in part.counts())


class _Part:
    """A group: the distances between its draws, what is kept of it, and how far each is from the nearest kept one."""

    def __init__(self, points: Floats, places: list[int]) -> None:
        self._places = places
        square = (points**2).sum(axis=1)
        between = square[:, np.newaxis] + square - 2 * points @ points.T
        self._between = np.sqrt(np.maximum(between, 0.0))
        np.fill_diagonal(self._between, 0.0)
        self._kept = [int(self._between.sum(axis=1).argmin())]
        self._look()

    def _look(self) -> None:
        self._nearest: Floats = self._between[:, self._kept].min(axis=1)
        after = np.minimum(self._between, self._nearest[:, np.newaxis]).sum(axis=0)
        self.apart = float(self._nearest.sum())
        self._next = int(after.argmin())
        self.gain = self.apart - float(after[self._next])

    def keep(self) -> None:
        """Keep the draw that brings the group nearest to what is kept."""
        self._kept.append(self._next)
        self._look()

    def counts(self) -> list[tuple[int, int]]:
        """Each kept draw and how many of the group are nearest to it."""
        nearest = self._between[:, self._kept].argmin(axis=1)
        return [(self._places[k], int((nearest == n).sum())) for n, k in enumerate(self._kept)]
