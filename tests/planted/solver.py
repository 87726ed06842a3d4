"""Faults in the search for plans and in what is proven of them."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROOM = "solver"
GAPS, STAGE, WARM, MATRIX = (
    f"{ROOM}/lp/gaps.py",
    f"{ROOM}/run/stage.py",
    f"{ROOM}/alternatives/warm_start.py",
    f"{ROOM}/lp/matrix.py",
)
CUTS, CONDITIONING, DUALITY = f"{ROOM}/cuts/block_cuts.py", f"{ROOM}/lp/conditioning.py", f"{ROOM}/lp/duality.py"
FINALISE, CONFLICT, AUDIT = (
    f"{ROOM}/finalise/finalise.py",
    f"{ROOM}/infeasibility/conflict.py",
    f"{ROOM}/audit/audit.py",
)
SLACK = f"{ROOM}/test_gaps.py::test_a_slack_lets_go_whatever_the_sign"
GAP = f"{ROOM}/test_gaps.py::test_a_gap_is_a_part_of_the_value"
MERGE = f"{ROOM}/test_merge.py::test_the_higher_bound_and_the_better_plan_are_kept"
FACES = f"{ROOM}/test_cuts.py::test_they_lift_the_relaxation_and_hold"
LOST = f"{ROOM}/test_conditioning.py::test_no_plan_is_lost_and_hardly_any_won"
AGREE = f"{ROOM}/test_finalise.py::test_the_model_may_overstate_what_it_does_not_minimise_and_understate_nothing"
CLASHES = f"{ROOM}/test_quick_xplain.py::test_no_row_of_a_clash_can_be_left_out"
SEARCHED = f"{ROOM}/test_audit.py::test_a_bound_that_takes_a_search"
CONFIRMED = f"{ROOM}/test_audit.py::test_all_claims_must_be_confirmed"
GRAM = "test_rounding.py::test_loose_tonnes_go_to_the_gram_that_is_asked_for"

STAGES = [
    Mutant(
        "a slack of money earned that binds the more",
        GAPS,
        "value + slack * abs(value) + kept_padding(value)",
        "value + slack * value + kept_padding(value)",
        (SLACK,),
    ),
    Mutant(
        "a kept stage without its padding",
        GAPS,
        "value + slack * abs(value) + kept_padding(value)",
        "value + slack * abs(value)",
        (SLACK,),
    ),
    Mutant(
        "small values padded by nothing", GAPS, "REL * max(1.0, abs(value))", "REL * min(1.0, abs(value))", (SLACK,)
    ),
    Mutant("a gap of the bound", GAPS, "/ max(abs(value), STAGES", "/ max(abs(bound), STAGES", (GAP,)),
    Mutant("a gap below none", GAPS, "return max(0.0, value - bound) /", "return abs(value - bound) /", (GAP,)),
    Mutant(
        "enough that is not within the gap",
        GAPS,
        "max((1 - gap) * abs(bound), ",
        "max(abs(bound), ",
        (f"{ROOM}/test_gaps.py::test_what_is_enough_is_within_the_gap",),
    ),
    Mutant(
        "the part of a hair that is left out",
        MATRIX,
        "kept.most - (1 - part) * kept.hair",
        "kept.most - part * kept.hair",
        (f"{ROOM}/test_gaps.py::test_a_part_of_a_hair_is_kept",),
    ),
    Mutant(
        "the lower of two bounds",
        STAGE,
        "bound = max(self._bound, outcome.bound)",
        "bound = min(self._bound, outcome.bound)",
        (MERGE,),
    ),
    Mutant(
        "the worse of two plans",
        STAGE,
        "self._value(start) < self._value(x)",
        "self._value(start) > self._value(x)",
        (MERGE,),
    ),
    Mutant("a bound taken back", STAGE, "        if bound > self._bound:\n", "        if bound < np.inf:\n", (MERGE,)),
    Mutant(
        "a plan lost where the solver has none",
        STAGE,
        "x = outcome.x if outcome.has_plan else start\n",
        "x = outcome.x if outcome.has_plan else None\n",
        (f"{ROOM}/test_merge.py::test_a_solver_without_a_plan_loses_none",),
    ),
]
STARTS = [
    Mutant(
        "the prior plan's last week left out",
        WARM,
        "if order.offer in problem.offers and order.week <= problem.weeks)\n",
        "if order.offer in problem.offers and order.week < problem.weeks)\n",
        (f"{ROOM}/test_warm_start.py::test_the_prior_plan_is_begun_from_as_far_as_it_is_there",),
    ),
    Mutant(
        "held minerals closed where they have tickets",
        WARM,
        "(offer.name, week) not in self._orders",
        "(offer.name, week) in self._orders",
        (f"{ROOM}/test_warm_start.py::test_a_held_mineral_has_its_tickets_and_no_other",),
    ),
    Mutant(
        "a start that is only the most there may be",
        WARM,
        "        for low in (fixed, lower):\n",
        "        for low in (lower, fixed):\n",
        (f"{ROOM}/test_warm_start.py::test_a_start_has_these_tickets_and_no_more",),
    ),
    Mutant(
        "a ticket that is too large is none",
        WARM,
        "below = [p for p in slot.pieces if p.low <= tonnes]",
        "below = [p for p in slot.pieces if p.low > tonnes]",
        (f"{ROOM}/test_warm_start.py::test_a_start_has_these_tickets_and_no_more",),
    ),
]
BOUNDS = [
    Mutant(
        "a cut padded to the wrong side",
        CUTS,
        "float(bound - CUT_PADDING_REL * self.scale)",
        "float(bound + CUT_PADDING_REL * self.scale)",
        (FACES,),
    ),
    Mutant(
        "prices of what a mineral has for itself",
        CUTS,
        "np.where(matrix.row_block < 0, relaxed.row_dual, 0.0)",
        "np.where(matrix.row_block >= 0, relaxed.row_dual, 0.0)",
        (FACES,),
    ),
    Mutant(
        "a mineral's rows and its cut both count",
        CUTS,
        "np.append(np.where(own, 0.0, y), np.ones(len(found)))",
        "np.append(y, np.ones(len(found)))",
        (f"{ROOM}/test_cuts.py::test_a_plan_that_cuts_alone_prove_is_not_kept_waiting",),
    ),
    Mutant(
        "limits put inwards where dust is dropped",
        CONDITIONING,
        "np.where(light, row_lower - most, row_lower), np.where(light, row_upper - least, row_upper)",
        "np.where(light, row_lower - least, row_lower), np.where(light, row_upper - most, row_upper)",
        (LOST,),
    ),
    Mutant(
        "entries that matter dropped as dust",
        CONDITIONING,
        "np.maximum(np.abs(least), np.abs(most)) <= spare",
        "np.minimum(np.abs(least), np.abs(most)) <= spare",
        (LOST,),
    ),
    Mutant(
        "the other side of a row",
        DUALITY,
        "side = np.where(y > 0, matrix.row_lower, matrix.row_upper)",
        "side = np.where(y > 0, matrix.row_upper, matrix.row_lower)",
        (f"{ROOM}/test_duality.py::test_by_hand",),
    ),
    Mutant(
        "the dearer end of a column",
        DUALITY,
        "matrix.lower[j] if weight > 0 else matrix.upper[j]",
        "matrix.lower[j] if weight < 0 else matrix.upper[j]",
        (f"{ROOM}/test_duality.py::test_by_hand",),
    ),
]
ENDS = [
    Mutant(
        "loose tonnes rounded down where up is asked for",
        "rounding/whole_grams.py",
        "gram_above(amount.tonnes) if up else gram_below(amount.tonnes)",
        "gram_below(amount.tonnes) if up else gram_above(amount.tonnes)",
        (GRAM,),
    ),
    Mutant(
        "what pays rounded up to what is dearer",
        "rounding/whole_grams.py",
        '(rounding == "dearer" and not amount.pays)',
        '(rounding == "dearer")',
        (GRAM,),
    ),
    Mutant(
        "rounding past an order's limits",
        "rounding/amounts.py",
        "tonnes=max(low, min(high, tonnes))",
        "tonnes=max(low, tonnes)",
        (GRAM,),
    ),
    Mutant(
        "a measure that the model understates passes",
        FINALISE,
        "if judged - said > tolerance:",
        "if said - judged > tolerance:",
        (AGREE,),
    ),
    Mutant(
        "a measure that nobody minimised must agree",
        FINALISE,
        "if minimised and said - judged > tolerance:",
        "if said - judged > tolerance:",
        (AGREE,),
    ),
    Mutant(
        "a kept stage that may be passed",
        FINALISE,
        "            if over > 0:\n",
        "            if over < 0:\n",
        (f"{ROOM}/test_finalise.py::test_a_kept_stage_is_broken_by_what_is_over_it",),
    ),
    Mutant(
        "a share given up by tonnes",
        f"{ROOM}/infeasibility/policy_rows.py",
        "self.excess(x) / (self.bought(x) * self.limit)",
        "self.excess(x) / self.limit",
        (f"{ROOM}/test_policy_rows.py::test_a_share_gives_way_by_a_part_of_what_is_bought",),
    ),
    Mutant(
        "a row given up by its own unit",
        f"{ROOM}/infeasibility/policy_rows.py",
        "self.excess(x) / (self.bought(x) * self.limit)",
        "self.excess(x) / self.bought(x)",
        (f"{ROOM}/test_policy_rows.py::test_tonnes_give_way_by_a_part_of_the_limit",),
    ),
    Mutant(
        "a share of cash below nothing is of none",
        f"{ROOM}/infeasibility/policy_rows.py",
        "else abs(self._whole(x)) or 1.0",
        "else max(self._whole(x), 0.0) or 1.0",
        (f"{ROOM}/test_policy_rows.py::test_a_share_of_cash_below_nothing_is_of_its_size",),
    ),
    Mutant(
        "rows of a clash that could be left out",
        CONFLICT,
        "= search([*background, *second], bool(second), left)",
        "= search(background, bool(second), left)",
        (CLASHES,),
    ),
    Mutant(
        "a clash half found",
        CONFLICT,
        "= search([*background, *left], bool(left), right)",
        "= search([*background, *left], not left, right)",
        (CLASHES,),
    ),
    Mutant(
        "a mend by as much as is there",
        CONFLICT,
        "float(row @ outcome.x) - limit if upper_side else",
        "float(row @ outcome.x) if upper_side else",
        ("explanations/test_conflict.py::test_a_mend_is_the_least",),
    ),
    Mutant(
        "the last process has the last word",
        AUDIT,
        'verdict if answer == "confirmed" else answer',
        "answer",
        (CONFIRMED,),
    ),
    Mutant(
        "what was not told in time is confirmed",
        AUDIT,
        'True if verdict == "confirmed" else "timed out"',
        'True if verdict != "refuted" else "timed out"',
        (f"{ROOM}/test_audit.py::test_a_plan_is_marked_by_what_was_said",),
    ),
    Mutant(
        "a bound refuted by what tolerances blur",
        f"{ROOM}/audit/recheck.py",
        "claim.bound - GRAM_GAP_REL * max",
        "claim.bound + GRAM_GAP_REL * max",
        (SEARCHED,),
    ),
    Mutant(
        "a claim that nobody looks into",
        f"{ROOM}/audit/recheck.py",
        'claim.stage not in ("cost", "value") and under(claim) < 0',
        'claim.stage not in ("cost", "value") or under(claim) < 0',
        (f"{ROOM}/test_audit.py::test_which_claims_are_plain",),
    ),
]
MUTANTS = [*STAGES, *STARTS, *BOUNDS, *ENDS]
