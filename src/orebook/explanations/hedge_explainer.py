"""The questions about a hedged plan as Python calls that return facts."""

from __future__ import annotations

from orebook import arguments
from orebook.errors import RefutedError
from orebook.explanations.hedging.catalogue import ARGUMENTS, ask, refuse_unknown
from orebook.explanations.hedging.joint_questions import SOLVE_LIMIT_S, JointQuestions
from orebook.hedged import HedgedPlan
from orebook.schema.facts import Fact
from orebook.solver.lp.stop import Stop


class HedgeExplainer:
    """Asks a hedged plan; solves are kept, so that questions asked together share them.

    `hedged`: solved just now, or opened from its folder.
    `seconds`: the time of one solve of all futures, 20 where None; a question takes thirty times that at most.
    `stop`: ends a question early from another thread.

    Every call raises InputError for a name that is not there, and RefutedError where an answer did not stand up to its check.
    What a solve did not bring to its end in time is told as such.

        >>> import orebook
        >>> explainer = orebook.explain(orebook.hedge("teaching/ban", audit=False))
        >>> for fact in explainer.stance():
        ...     print(fact)
        100 t of china-now in week 1 is a hedge: as-it-stands by itself would not have it; 1 of 2 futures by themselves would
        order so much. Doing without it means USD 4,550 more cost.
    """

    def __init__(self, hedged: HedgedPlan, *, seconds: float | None = None, stop: Stop | None = None) -> None:
        arguments.refuse(arguments.number("seconds", seconds, 0))
        self._asked_of = JointQuestions(hedged, SOLVE_LIMIT_S if seconds is None else seconds, stop or Stop())

    def stance(self) -> list[Fact]:
        """How sure each order of now is: `no-regret`, `hedge` or `wait` (as `about.against`), and what the other way costs.

        >>> import orebook
        >>> explainer = orebook.explain(orebook.hedge("teaching/ban", audit=False))
        >>> [(fact.about.offer, fact.about.against, fact.figures["alone"]) for fact in explainer.stance()]
        [('china-now', 'hedge', 1.0)]
        """
        return self._asked("stance")

    def turn(self, future: str | None = None) -> list[Fact]:
        """How likely a future has to be for an order of now to enter the plan or leave it, solved on both sides.

        `future`: its name; None: the likeliest that change anything, each.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.hedge("teaching/ban", audit=False))
            >>> turn, below, above = explainer.turn("ban")
            >>> turn.about.against, round(turn.figures["at_pct"], 2)
            ('enters', 6.67)
            >>> below.figures["ordered"], above.figures["ordered"]
            (0.0, 1.0)
        """
        return self._asked("turn", *([future] if future else []))

    def worth(self) -> list[Fact]:
        """What knowing the future would be worth, and what planning for all futures is.

        >>> import orebook
        >>> explainer = orebook.explain(orebook.hedge("teaching/ban", audit=False))
        >>> [(fact.about.against, round(fact.figures["found_usd"])) for fact in explainer.worth()]
        [('knowing', 350), ('hedging', 4550)]
        """
        return self._asked("worth")

    def tail(self) -> list[Fact]:
        """The futures that make the worst part, what is short in them, and which ticket of now would help them most.

        >>> import orebook
        >>> explainer = orebook.explain(orebook.hedge("teaching/newsvendor", audit=False))
        >>> worst, help = explainer.tail()
        >>> worst.about.future, help.about.offer, round(help.figures["cost_usd"]), round(help.figures["mean_cost_usd"])
        ('demand-100', 'now', -2250, 1250)
        """
        return self._asked("tail")

    def exposed(self, origin: str | None = None) -> list[Fact]:
        """What a bar that no future foresees would strand of the main plan, as `Explainer.exposed` has it.

        `origin`: every week of it that strands anything; None: of each origin the worst week.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.hedge("teaching/ban", audit=False))
            >>> [(fact.about.origin, fact.figures["stranded_t"]) for fact in explainer.exposed()]
            [('china', 100.0)]
        """
        return self._asked("exposed", *([origin] if origin else []))

    def _asked(self, *question: str) -> list[Fact]:
        refuse_unknown(self._asked_of.hedged, [question], lambda kind: ARGUMENTS.get(kind, kind))
        facts, why = ask(self._asked_of, question)
        if why:
            raise RefutedError(why)
        return facts
