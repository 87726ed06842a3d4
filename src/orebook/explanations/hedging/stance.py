"""How sure each order of now is: `no-regret`, a `hedge`, or to `wait` with; and what the other way would cost.

A ticket is no-regret where every future by itself would have it, or would be as well off with it; else it is a hedge: some
future by itself would not have it. What is left for later is to wait with where some future by itself would order it now, or
where every future orders as much of the mineral later.
"""

from __future__ import annotations

from collections.abc import Iterator

from orebook.explanations.engine.intervals import tells
from orebook.explanations.hedging.choices import SAME_T, Choice, Choices
from orebook.explanations.hedging.joint_questions import JointQuestions
from orebook.explanations.questions.shortage import UNSETTLED
from orebook.schema.facts import Fact, Figures, Interval
from orebook.schema.stages import stage_of

NO_REGRET, HEDGE, WAIT = "no-regret", "hedge", "wait"


def stance(asked: JointQuestions) -> Iterator[Fact]:
    """A fact a ticket of now, then one for each offer that is left for later, and each mineral.

    The figures named after stages are what doing without the ticket, or ordering now what is left, adds to R.
    """
    choices = Choices(asked)
    for choice in choices.tickets:
        yield _ticket(asked, choices, choice)
    for choice in choices.left:
        yield _left(asked, choices, choice)


def _ticket(asked: JointQuestions, choices: Choices, choice: Choice) -> Fact:
    figures = _told(choices, choice)
    lacking = sorted(
        (name for name, tonnes in choices.have(choice).items() if tonnes < choice.tonnes - SAME_T),
        key=lambda name: (choices.have(choice)[name], name),
    )
    regret, as_good, open_ = None, 0, len(asked.futures) - len(choices.alone)
    for name in lacking:
        worse = _worse_alone(asked, choices, choice, name)
        as_good += worse is False
        open_ += worse is None
        if worse:
            regret = name
            break
    figures["as_good"] = as_good
    kind = HEDGE if regret or open_ else NO_REGRET
    if kind == HEDGE and regret is None:
        figures[UNSETTLED] = open_
    figures |= _without(asked, choice)
    changes = () if "frozen" in figures else choice.forbidding(asked.hedged.problem)
    about = choice.about(asked, kind, regret)
    return Fact(kind="stance", about=about, figures=figures, method="solve", changes=changes)


def _left(asked: JointQuestions, choices: Choices, choice: Choice) -> Fact:
    """What ordering it now would cost; of a mineral, in the best way."""
    figures = _told(choices, choice)
    answer = asked.solve(choice.with_it)
    if isinstance(answer, str):
        figures["blocked" if answer == "no plan" else UNSETTLED] = 1
    else:
        figures |= asked.differences(answer, worse=True)
    would = [name for name, tonnes in choices.have(choice).items() if tonnes > SAME_T]
    about = choice.about(asked, WAIT, max(would, key=lambda n: _probability(asked, n)) if would else None)
    return Fact(kind="stance", about=about, figures=figures, method="solve")


def _told(choices: Choices, choice: Choice) -> Figures:
    """Its tonnes, how many futures' own plans order so much now, and what each orders."""
    have = choices.have(choice)
    there = [tonnes for tonnes in have.values() if tonnes >= choice.tonnes - SAME_T]
    figures: Figures = {"tonnes": float(choice.tonnes), "futures": len(choices.asked.futures), "alone": len(there)}
    if have:
        figures["least_t"] = float(min(have.values()))
    return {**figures, **{f"alone_t.{name}": float(tonnes) for name, tonnes in have.items()}}


def _without(asked: JointQuestions, choice: Choice) -> Figures:
    """What doing without the ticket adds; `frozen` where it stands anyway, `blocked` where nothing is left without it."""
    if choice.frozen(asked):
        return {"frozen": 1}
    answer = asked.solve(choice.without_it)
    if isinstance(answer, str):
        return {"blocked" if answer == "no plan" else UNSETTLED: 1}
    return {**asked.differences(answer, worse=True)}


def _worse_alone(asked: JointQuestions, choices: Choices, choice: Choice, name: str) -> bool | None:
    """Whether a future by itself is worse off with the ticket; None where that cannot be told."""
    answer = asked.solve(choice.with_it, alone=name)
    if answer == "cut":
        return None
    if isinstance(answer, str):
        return True
    return is_worse(asked.differences(answer, choices.alone[name], worse=True))


def is_worse(differences: dict[str, Interval]) -> bool | None:
    """Whether differences, stage by stage, are to the bad; None where the first that is not nothing cannot be told."""
    for figure, (low, high) in differences.items():
        dust = stage_of(figure).least_told
        if tells((low, high)) and max(abs(low), abs(high)) >= dust:
            return low > 0
        if max(-low, high) >= dust:
            return None
    return False


def _probability(asked: JointQuestions, name: str) -> float:
    return next(float(f.probability) for f in asked.futures if f.future.name == name)
