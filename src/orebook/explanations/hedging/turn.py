"""How likely a future has to be for an order of now to enter the plan or to leave it, the others shrinking in proportion.

R of any plans is known at every probability once they are found, so where two of them are as good is arithmetic; the solves on
both sides then show that the order turns there. A ticket is there where at least a tenth of its tonnes is ordered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from orebook.exact import Fraction, exact
from orebook.explanations.hedging.choices import Choice, Choices
from orebook.explanations.hedging.joint_questions import JointAnswer, JointQuestions, Probabilities
from orebook.explanations.hedging.stance import is_worse
from orebook.explanations.questions.shortage import UNSETTLED
from orebook.formats import plain
from orebook.schema.facts import Fact, Figures, Interval
from orebook.schema.stages import STAGES

WIDTH = Fraction(1, 1000)
"""How near both sides of a turn are to each other, where solves can tell: a tenth of a per cent."""
WIDEST = Fraction(1, 10)
STEPS = 12
"""Of the search for a turn; one or two are enough where plans change little."""
MOST_FUTURES = 6
"""Of which an order is asked, the likeliest first, where none is named."""
TURN_GAP_REL = 1e-7
ENTERS, LEAVES, BELOW, ABOVE = "enters", "leaves", "below", "above"


def turn(asked: JointQuestions, future: str | None = None) -> Iterator[Fact]:
    """Of each choice, but for frozen tickets: each turn and both its sides; then one fact on the futures with none, and one on
    those of which it cannot be told.

    `future`: of this one alone. The figures of a side named after stages are what ordering adds to R there.
    """
    if len(asked.futures) < 2:
        return
    choices = Choices(asked)
    names = [future] if future else _names(asked)
    for choice in (*choices.tickets, *choices.left):
        if not choice.frozen(asked):
            have = choices.have(choice)
            yield from _of_choice([_Turning(asked, choice, name, have.get(name)) for name in names])


def _names(asked: JointQuestions) -> list[str]:
    changed = [f for f in asked.futures if f.future.changes]
    likely = sorted(changed, key=lambda f: (-f.probability, f.future.name))
    return [f.future.name for f in likely[:MOST_FUTURES]]


@dataclass
class _Turning:
    """A choice, a future whose probability changes, and the plans found so far with and without."""

    asked: JointQuestions
    choice: Choice
    name: str
    alone: Fraction | None
    """What the future by itself orders of it now; None where that is not known."""
    _found: dict[bool, list[JointAnswer]] = field(default_factory=lambda: {True: [], False: []})

    @cached_property
    def place(self) -> int:
        return next(k for k, f in enumerate(self.asked.futures) if f.future.name == self.name)

    @property
    def now(self) -> Fraction:
        """The probability that the instance has."""
        return self.asked.probabilities[self.place]

    def probabilities(self, p: Fraction) -> Probabilities:
        """Those of all futures where this one's is p."""
        rest = (1 - p) / (1 - self.now)
        return tuple(p if k == self.place else rest * q for k, q in enumerate(self.asked.probabilities))

    def better(self, p: Fraction) -> bool | None:
        """Whether ordering is better at a probability, by proof; None where it is as good, or cannot be told."""
        with_it, without = self._solved(p, ordered=True), self._solved(p, ordered=False)
        if "cut" in (with_it, without):
            return None
        if isinstance(with_it, str) or isinstance(without, str):
            return isinstance(without, str) if with_it != without else None
        if is_worse(self.asked.differences(with_it, without, worse=False)):
            return False
        return True if is_worse(self.asked.differences(without, with_it, worse=False)) else None

    @property
    def ends(self) -> tuple[Fraction, ...]:
        """No chance and certainty, where it may turn: where a future by itself does as the plan does, certainty is no turn."""
        as_planned = self.alone is not None and (
            self.alone >= self.choice.tonnes if self.choice.ordered else self.alone == 0
        )
        return (Fraction(0),) if as_planned else (Fraction(0), Fraction(1))

    @property
    def told(self) -> bool:
        """Whether it is known at the probability that is, and at both ends."""
        return all(self.better(p) is not None for p in (self.now, *self.ends))

    def adds(self, p: Fraction) -> dict[str, Interval]:
        """What ordering adds to R at a probability; nothing where one of the two has no plan."""
        with_it, without = self._solved(p, ordered=True), self._solved(p, ordered=False)
        if isinstance(with_it, str) or isinstance(without, str):
            return {}
        return self.asked.differences(with_it, without, worse=False)

    def _solved(self, p: Fraction, *, ordered: bool) -> JointAnswer | str:
        """The best plans with it or without; at the probability that is, one of them is the plan itself."""
        condition = self.choice.with_some if ordered else self.choice.without_it
        answer: JointAnswer | str
        if p == self.now:
            answer = self.asked.plan if ordered == self.choice.ordered else self.asked.solve(condition)
        else:
            answer = self.asked.solve(condition, probabilities=self.probabilities(p), gap=TURN_GAP_REL)
        if isinstance(answer, JointAnswer) and answer not in self._found[ordered]:
            self._found[ordered].append(answer)
        return answer

    def crossing(self, low: Fraction, high: Fraction) -> Fraction | None:
        """Where the plans found with and without are as good, between two probabilities; None where they are nowhere."""
        first, last = self._by_plans(low), self._by_plans(high)
        if first is None or last is None or first == last:
            return None
        while high - low > Fraction(1, 10**9):
            middle = Fraction(round((low + high) / 2 * 10**10), 10**10)
            if self._by_plans(middle) == first:
                low = middle
            else:
                high = middle
        return Fraction(round((low + high) / 2 * 10**8), 10**8)

    def _by_plans(self, p: Fraction) -> bool | None:
        """Whether the best plan found that orders is better than the best that does not, stage by stage."""
        with_it, without = self._best(p, ordered=True), self._best(p, ordered=False)
        if with_it is None or without is None:
            return None
        for (stage, a), b in zip(with_it.items(), without.values(), strict=True):
            if abs(a - b) > exact(STAGES[stage].least_told) / 10**3:
                return a < b
        return None

    def _best(self, p: Fraction, *, ordered: bool) -> dict[str, Fraction] | None:
        weights, risk = self.probabilities(p), self.asked.risk
        found = [{s: risk.of(weights, m) for s, m in a.measures.items()} for a in self._found[ordered]]
        return min(found, key=lambda reached: tuple(reached.values()), default=None)

    def narrowed(self, here: Fraction, there: Fraction) -> tuple[Fraction, Fraction]:
        """Both sides of a turn, nearer and nearer: the first answers as `here` does, the second as `there`."""
        answer, step = self.better(here), WIDTH / 2
        for _ in range(STEPS):
            if abs(there - here) <= WIDTH or step > WIDEST:
                break
            low, high = min(here, there), max(here, there)
            middle = self.crossing(low, high) or (low + high) / 2
            middle, open_ = Fraction(round(middle * 10**6), 10**6), 0
            for point in (middle - step, middle + step):
                if low < point < high:
                    told = self.better(point)
                    if told is None:
                        open_ += 1
                    elif told == answer and abs(point - there) < abs(here - there):
                        here = point
                    elif told != answer and abs(point - here) < abs(there - here):
                        there = point
            step = step * 4 if open_ else WIDTH / 2
        return here, there


def _of_choice(turnings: list[_Turning]) -> Iterator[Fact]:
    none, open_ = list[_Turning](), list[_Turning]()
    for turning in turnings:
        facts = list(_turns(turning))
        yield from facts
        if not facts:
            (none if turning.told else open_).append(turning)
    for figure, without in (("turns", none), (UNSETTLED, open_)):
        if without:
            now = {f"probability_pct.{t.name}": float(100 * t.now) for t in without}
            figures: Figures = {
                "tonnes": float(without[0].choice.tonnes),
                figure: len(without) * (figure != "turns"),
                **now,
            }
            yield _fact(without[0], None, figures, named=len(without) == 1)


def _turns(turning: _Turning) -> Iterator[Fact]:
    """A turn between the probability that is and none at all, and one between it and certainty, where there are such."""
    ordered, now = turning.choice.ordered, turning.now
    if turning.better(now) is not ordered:
        return
    figures: Figures = {"tonnes": float(turning.choice.tonnes), "probability_pct": float(100 * now)}
    for end in turning.ends:
        if turning.better(end) is (not ordered):
            sides = sorted(turning.narrowed(now, end))
            at = turning.crossing(*sides)
            told: Figures = {**figures, "turn_pct": (float(100 * sides[0]), float(100 * sides[1]))}
            if at is not None:
                told["at_pct"] = float(100 * at)
            yield _fact(turning, ENTERS if turning.better(sides[1]) else LEAVES, told)
            for side, p in zip((BELOW, ABOVE), sides, strict=True):
                shown: Figures = {**figures, "ordered": int(bool(turning.better(p))), "probability_pct": float(100 * p)}
                yield _fact(turning, side, {**shown, **turning.adds(p)}, _changes(turning, p))


def _fact(
    turning: _Turning, against: str | None, figures: Figures, changes: tuple[str, ...] = (), *, named: bool = True
) -> Fact:
    about = turning.choice.about(turning.asked, against, turning.name if named else None)
    return Fact(kind="turn", about=about, figures=figures, method="solve", changes=changes)


def _changes(turning: _Turning, p: Fraction) -> tuple[str, ...]:
    """What makes the probabilities those, in the instance."""
    weights = zip(turning.asked.futures, turning.probabilities(p), strict=True)
    return tuple(f"{_row(f.future.name)}.probability={plain(q, 12)}" for f, q in weights)


def _row(future: str) -> str:
    """The address of a future's row; a name with a slash is no key of one part."""
    return f"futures[future={future}]" if "/" in future else f"futures.{future}"
