"""The questions about a plan as Python calls, whoever answers them: the library here, or a service."""

from __future__ import annotations

from abc import ABC, abstractmethod

from orebook.errors import InputError
from orebook.reading.text import fault
from orebook.schema.facts import Fact

ARGUMENTS = {
    "shortage": "mineral",
    "firmness": "mineral",
    "margin": "what",
    "exposed": "origin",
    "ration": "withdrawal",
    "rotation": "mineral",
    "whole": "mineral",
}
"""kind of question -> the argument that says what it is about, where they differ."""


class Asking(ABC):
    """One call a kind of question; `_asked` has it answered."""

    def shortages(self, mineral: str | None = None) -> list[Fact]:
        """Why minerals are short of their targets, the heaviest first, and the cheapest single mend of each.

        `mineral`: of this one alone; of one that is not short, how far its target is met.

            >>> import orebook
            >>> plan = orebook.solve("teaching/budget", audit=False)
            >>> for fact in orebook.explain(plan).shortages():
            ...     print(fact.kind, fact.about.mineral, fact.about.against)
            shortage cobalt None
            shortage cobalt budget
            shortage cobalt lot or minimum
            mend cobalt budget
            shortage tin None
            shortage tin budget
            shortage tin lot or minimum
            mend tin budget
        """
        return self._asked("shortage", *([mineral] if mineral else []))

    def baselines(self) -> list[Fact]:
        """What the plan wins over the prior one priced today, a rule of thumb, buying nothing, and no policy.

        >>> import orebook
        >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
        >>> [(fact.about.against, fact.figures["cover_days"]) for fact in explainer.baselines()]
        [('thumb', (0.0, 0.0)), ('nothing', (31.0, 31.0)), ('no policy', (0.0, 0.0))]
        """
        return self._asked("baselines")

    def rules(self, rule: str | None = None, row: str | None = None) -> list[Fact]:
        """What each rule and row costs: whether it is tight, and the best plan without it.

        `rule`: one of the model's, `floors`, `duties` or `commission`.
        `row`: one row of it alone, named as facts name it, such as `share_max[*,house,traxys]`.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
            >>> [(f.about.rule, f.figures["cover_days"]) for f in explainer.rules("budget")]
            [('budget', (-9.0, -9.0))]
        """
        if row and not rule:
            raise InputError([fault("row", None, "no_rule", f'"{row}" is asked without its rule; name that too')])
        return self._asked("rule", *([rule] if rule else []), *([row] if row else []))

    def margins(self, what: str | None = None) -> list[Fact]:
        """What the next 1, 5 and 10 % of the budget, the stores and the houses buy.

        `what`: `budget`, `curve` (the budget's, as points), `stores`, `houses`, or the name of a store or house;
          None: all.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
            >>> [(f.figures["added_pct"], f.figures["cover_days"]) for f in explainer.margins("budget")]
            [(1.0, (0.0, 0.0)), (5.0, (-1.0, -1.0)), (10.0, (-2.0, -2.0))]
        """
        return self._asked("margin", *([what] if what else []))

    def ticket(self, offer: str, week: int) -> list[Fact]:
        """What doing without a ticket costs, the offers that it beats and by how much, and what keeps cheaper ones out.

        `offer`, `week`: the ticket's; weeks count from 1.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
            >>> [fact.figures["landed_usd_per_t"] for fact in explainer.ticket("tin", 1)]
            [30000.0, 30000.0]
        """
        return self._asked("ticket", offer, str(week))

    def offer(self, offer: str) -> list[Fact]:
        """What it costs to use an offer without a ticket, what gives way, and the price at which it would enter.

        `offer`: its name; one that has a ticket has no such facts.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/quote", audit=False))
            >>> fact, *_ = explainer.offer("fixed")
            >>> fact.about.house, fact.method
            ('mercuria', 'solve')
        """
        return self._asked("offer", offer)

    def exposed(self, origin: str | None = None) -> list[Fact]:
        """What a bar that nobody foresees would strand: tickets, t, USD and days of use, by arithmetic alone.

        `origin`: every week of it that strands anything; `no origin named` for offers without one. None: of each origin
          the worst week, the worst origin first.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
            >>> [(f.about.origin, f.about.week, f.figures["stranded_usd"]) for f in explainer.exposed()]
            [('no origin named', 2, 610000.0)]
        """
        return self._asked("exposed", *([origin] if origin else []))

    def ration(self, withdrawal: str | None = None) -> list[Fact]:
        """Who goes without: t asked for, served and not, days of use, and what keeps the rest (`about.against`:
        `entitlement`, `must`, `storage` or `stock`); of an entitlement also what a tonne more is worth, solved.

        `withdrawal`: that one, served in full or not. None: every one that is not, who lacks most days first.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/entitlement", audit=False))
            >>> [(f.about.withdrawal, f.figures["unserved_t"], f.about.against) for f in explainer.ration()]
            [('second', 10.0, 'entitlement'), ('third', 5.0, 'entitlement')]
        """
        return self._asked("ration", *([withdrawal] if withdrawal else []))

    def whole(self, mineral: str | None = None) -> list[Fact]:
        """When each target is met again: days wanted, least days in any week, days at the end, the first week from which on it
        stays met (`whole_week`), the first in which offers and lead times would let it be (`soonest_week`); what keeps it is
        `about.against`. By arithmetic: how far money and room reach is told of the plan as it is.

        `mineral`: that one alone, met all along or not. None: every one that is missed in some week, the latest first.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
            >>> [(f.about.mineral, f.about.against, f.figures["end_days"]) for f in explainer.whole()]
            [('cobalt', 'money', 8.0), ('tin', 'money', 7.0)]
        """
        return self._asked("whole", *([mineral] if mineral else []))

    def rotation(self, mineral: str | None = None) -> list[Fact]:
        """What leaves for its age, by mineral: t that would lapse in the plan if none left, what is drawn, lent, sold and
        converted of it, what lapses all the same; and, solved, what letting goods lapse would be worth.

        `mineral`: that one alone. None: every one of which some would lapse.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/shelf", audit=False))
            >>> [(f.about.mineral, f.figures["would_lapse_t"], f.figures["sold_t"]) for f in explainer.rotation()]
            [('gallium', 50.0, 50.0)]
        """
        return self._asked("rotation", *([mineral] if mineral else []))

    def confidence(self) -> list[Fact]:
        """What is proven and what is left open, when prices are from, and which inputs are assumed.

        >>> import orebook
        >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
        >>> [(f.about.against, f.figures["gap_share"]) for f in explainer.confidence() if "gap_share" in f.figures]
        [('cover', 0.0), ('cost', 0.0), ('tickets', 0.0)]
        """
        return self._asked("confidence")

    def firmness(self, mineral: str) -> list[Fact]:
        """How firm a mineral's tickets are, by plans that are nearly as good: `firm`, `likely` or `interchangeable`.

        `mineral`: its name.

            >>> import orebook
            >>> explainer = orebook.explain(orebook.solve("teaching/budget", audit=False))
            >>> [fact.about.against for fact in explainer.firmness("tin")]
            ['firm', 'near plans']
        """
        return self._asked("firmness", mineral)

    @abstractmethod
    def _asked(self, *question: str) -> list[Fact]:
        """The facts that answer a question: its kind, and what it is about."""
