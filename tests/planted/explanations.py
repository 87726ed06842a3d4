"""Faults in what is said of a plan."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROOM = "explanations"
SHORTAGE, SLACKS, FIRMNESS = (
    f"{ROOM}/questions/shortage.py",
    f"{ROOM}/engine/slacks.py",
    f"{ROOM}/questions/firmness.py",
)
MONOTONICITY, INTERVALS = f"{ROOM}/engine/monotonicity.py", f"{ROOM}/engine/intervals.py"
MEND = f"{ROOM}/test_shortage.py::test_of_two_mends_the_cheaper_is_named"
MONEY = f"{ROOM}/test_shortage.py::test_money_alone_is_the_cause_and_its_mend_is_to_the_dollar"
AT_LIMIT = f"{ROOM}/test_slacks.py::test_shares_at_their_limit_are_kept"
BY_HAND = f"{ROOM}/test_slacks.py::test_what_is_left_by_hand"
CLASSES = f"{ROOM}/test_confidence.py::test_a_ticket_in_half_of_the_near_plans_is_interchangeable"
BEFOREHAND = f"{ROOM}/test_ablations.py::test_what_a_row_does_is_known_beforehand"
CURVE = f"{ROOM}/test_margins.py::test_the_curve_goes_down_with_the_budget"
OPEN = f"{ROOM}/test_margins.py::test_what_is_open_in_the_plan_is_open_in_the_figure"

SHORTAGES = [
    Mutant(
        "the dearest mend is called the cheapest",
        SHORTAGE,
        "min(enough, key=lambda item: costs[item[0]])",
        "max(enough, key=lambda item: costs[item[0]])",
        (MEND,),
    ),
    Mutant(
        "the first mend is called the cheapest",
        SHORTAGE,
        "min(enough, key=lambda item: costs[item[0]])",
        "enough[0]",
        (MEND,),
    ),
    Mutant(
        "what a cause costs with the wrong sign",
        SHORTAGE,
        "answer.plan.document.costs.total_usd - self.alone.plan.document.costs.total_usd",
        "self.alone.plan.document.costs.total_usd - answer.plan.document.costs.total_usd",
        (MONEY,),
    ),
    Mutant(
        "days won back with the wrong sign",
        SHORTAGE,
        "else self._short(self.alone) - self._short(answer)",
        "else self._short(answer) - self._short(self.alone)",
        (MONEY,),
    ),
    Mutant(
        "the target missed by least is told",
        SHORTAGE,
        "target = max((c for c",
        "target = min((c for c",
        (f"{ROOM}/test_shortage.py::test_the_target_that_is_missed_by_most_is_told",),
    ),
    Mutant(
        "minerals ranked without what they weigh",
        SHORTAGE,
        "+ worth * (c.short_days + critical)",
        "+ (c.short_days + critical)",
        (f"{ROOM}/test_shortage.py::test_what_weighs_most_is_told_first",),
    ),
    Mutant(
        "causes named together that are not needed",
        SHORTAGE,
        "if case.could_win(_all(fewer)) > bar:",
        "if case.could_win(_all(fewer)) < bar:",
        (f"{ROOM}/test_shortage.py::test_two_causes_that_only_help_together_are_named_together",),
    ),
    Mutant(
        "cover is told though an earlier stage differs",
        f"{ROOM}/engine/stage_differences.py",
        "better = worse = False",
        "worse = False",
        (f"{ROOM}/test_stage_differences.py::test_what_can_only_help_helps_the_first_stage_that_differs",),
    ),
    Mutant(
        "the bound of held minerals taken for that of all plans",
        f"{ROOM}/engine/stage_differences.py",
        "Proven(min(counterfactuals.bound(changes, stage), found.high), found.high)",
        "Proven(max(counterfactuals.bound(changes, stage), found.low), found.high)",
        (f"{ROOM}/test_stage_differences.py::test_of_held_minerals_the_bound_is_that_of_all_plans",),
    ),
    Mutant(
        "a store's least room is how much room is left",
        f"{ROOM}/engine/least_limits.py",
        "(getattr(s, used) - own for",
        "(own - getattr(s, used) for",
        (f"{ROOM}/test_shortage.py::test_a_store_is_mended_by_the_room_that_is_needed",),
    ),
    Mutant(
        "an offer at the least score called one that scores too little",
        f"{ROOM}/engine/shortage_causes.py",
        "offer.esg_score < (least or 0.0)",
        "offer.esg_score <= (least or 0.0)",
        (f"{ROOM}/test_ablations.py::test_an_offer_at_a_limit_is_not_kept_out",),
    ),
    Mutant(
        "less cost said as more",
        f"{ROOM}/words/shortage.py",
        'f"{usd(-cost)} less than now"',
        'f"{usd(-cost)} more than now"',
        (MEND,),
    ),
]
LIMITS = [
    Mutant(
        "a house at the least share of a split that does not count",
        SLACKS,
        "tonnes >= least * (1 - PART)",
        "tonnes > least",
        (AT_LIMIT,),
    ),
    Mutant("a least share's slack with the wrong sign", SLACKS, "supplied - least", "least - supplied", (AT_LIMIT,)),
    Mutant(
        "a largest share of what one house supplies",
        SLACKS,
        "most = exact(share.max_share) * total",
        "most = exact(share.max_share) * supplied",
        (BY_HAND,),
    ),
    Mutant(
        "a limit that frozen tickets lift by nothing",
        SLACKS,
        "most = max(limit if isinstance(limit, Fraction) else exact(limit), stands)",
        "most = min(limit if isinstance(limit, Fraction) else exact(limit), stands)",
        (BY_HAND,),
    ),
    Mutant(
        "a house's money counted in tonnes",
        SLACKS,
        "for name, usd in _total((t.house, t.order_cash_usd) for t in tickets).items()",
        "for name, usd in _total((t.house, t.tonnes) for t in tickets).items()",
        (BY_HAND,),
    ),
]
SURE = [
    Mutant("half of the near plans called most", FIRMNESS, "2 * stands > plans", "2 * stands >= plans", (CLASSES,)),
    Mutant(
        "firm though no plan that differs is known",
        FIRMNESS,
        '"firm" if known else "likely"',
        '"firm" if plans else "likely"',
        (CLASSES,),
    ),
    Mutant(
        "near plans as dear as they like",
        FIRMNESS,
        "last: most[last] + leeway}",
        "last: most[last] * (1 + 100 * LAST_STAGE_LEEWAY_REL)}",
        (f"{ROOM}/test_confidence.py::test_an_equal_that_costs_more_than_the_leeway_is_none",),
    ),
]
KNOWN = [
    Mutant(
        "tickets that stand taken to keep every rule",
        MONOTONICITY,
        'removal.about.rule == "frozen" and not _stand_alone(counterfactuals)',
        'removal.about.rule == "frozen" and _stand_alone(counterfactuals)',
        (f"{ROOM}/test_ablations.py::test_what_a_rule_does_is_known_beforehand",),
    ),
    Mutant(
        "a price that rises called one that falls",
        MONOTONICITY,
        "return new.landed > old.landed or",
        "return new.landed < old.landed or",
        (BEFOREHAND,),
    ),
    Mutant(
        "shares of all cash forgotten where a price falls",
        MONOTONICITY,
        'return "other" if in_cash or drawn or',
        'return "other" if drawn or',
        (BEFOREHAND,),
    ),
    Mutant(
        "content at the limit called restricted",
        MONOTONICITY,
        "offer.restricted_content_pct > most and",
        "offer.restricted_content_pct >= most and",
        (f"{ROOM}/test_ablations.py::test_an_offer_at_a_limit_is_not_kept_out",),
    ),
    Mutant(
        "what is known of a plan in which policy gave way",
        MONOTONICITY,
        "if counterfactuals.plan.document.given_up:",
        "if not counterfactuals.plan.document.given_up:",
        (f"{ROOM}/test_ablations.py::test_where_policy_gave_way_nothing_is_known", BEFOREHAND),
    ),
]
FIGURES = [
    Mutant(
        "days won told as days lost",
        f"{ROOM}/engine/gains.py",
        "days = {mineral: short - after[mineral]",
        "days = {mineral: after[mineral] - short",
        (CURVE,),
    ),
    Mutant(
        "a difference from bound to bound",
        INTERVALS,
        "self.low - base.high, self.high - base.low",
        "self.low - base.low, self.high - base.high",
        (f"{ROOM}/test_intervals.py::test_a_difference_reaches_from_the_one_end_to_the_other", OPEN),
    ),
    Mutant(
        "what is known beforehand cuts one end alone",
        INTERVALS,
        "min(low, at_most), min(high, at_most)",
        "low, min(high, at_most)",
        (f"{ROOM}/test_intervals.py::test_a_difference_reaches_from_the_one_end_to_the_other",),
    ),
    Mutant(
        "an interval that ends at zero tells a difference",
        INTERVALS,
        "interval[0] > 0 or interval[1] < 0",
        "interval[0] >= 0 or interval[1] <= 0",
        (f"{ROOM}/test_intervals.py::test_an_interval_tells_where_it_leaves_zero_out",),
    ),
    Mutant(
        "more said where there is less",
        f"{ROOM}/words/stage_measures.py",
        "word = worse if high > 0 else better",
        "word = better if high > 0 else worse",
        (CURVE,),
    ),
]
MUTANTS = [*SHORTAGES, *LIMITS, *SURE, *KNOWN, *FIGURES]
