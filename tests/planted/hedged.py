"""Faults in what is said of hedged plans."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROOM = "explanations/hedging"
STANCE, TURN, TAIL, CHOICES = (f"{ROOM}/{name}.py" for name in ("stance", "turn", "tail", "choices"))
CONDITIONAL, QUESTIONS, JOINT = (
    "solver/hedge/conditional_solve.py",
    f"{ROOM}/joint_questions.py",
    "solver/hedge/joint_program.py",
)
TESTS = "hedge/test_facts.py"
HEDGE = f"{TESTS}::test_the_ban_makes_todays_order_a_hedge"
WAIT = f"{TESTS}::test_what_one_future_alone_would_order_now_can_wait"
NO_REGRET = f"{TESTS}::test_what_every_future_would_order_is_no_regret"
TURNS = f"{TESTS}::test_the_order_turns_where_both_cost_the_same"
LEAVES = f"{TESTS}::test_an_order_leaves_where_the_other_future_is_likely"
WORST = f"{TESTS}::test_the_worst_tenth_and_what_helps_it"

MUTANTS = [
    Mutant(
        "a hedge called no-regret",
        STANCE,
        "HEDGE if regret or open_ else NO_REGRET",
        "NO_REGRET if regret or open_ else HEDGE",
        (HEDGE, NO_REGRET),
    ),
    Mutant(
        "doing without a ticket asked with it",
        STANCE,
        "answer = asked.solve(choice.without_it)",
        "answer = asked.solve(choice.with_it)",
        (HEDGE,),
    ),
    Mutant(
        "a future that is worse off called as well off",
        STANCE,
        "return low > 0",
        "return low < 0",
        (HEDGE,),
    ),
    Mutant(
        "a ticket that no future lacks by much is in no plan",
        STANCE,
        "if tonnes >= choice.tonnes - SAME_T]",
        "if tonnes >= choice.tonnes + SAME_T]",
        (HEDGE,),
    ),
    Mutant(
        "a change that forbids the ticket in no week",
        CHOICES,
        "max_week_t=0",
        "max_week_t=1000",
        (f"{TESTS}::test_what_a_fact_says_is_had_again_by_its_changes",),
    ),
    Mutant(
        "what is forbidden may be ordered",
        CONDITIONAL,
        "_set(lower, upper, place.get((name, (*key, tier))), 0.0)",
        "_set(lower, upper, None, 0.0)",
        (HEDGE,),
    ),
    Mutant(
        "a lot counted as a tonne",
        CONDITIONAL,
        "float(slot.offer.lot_t or 1.0) if lots else 1.0",
        "1.0",
        (WAIT,),
    ),
    Mutant(
        "the other futures do not shrink",
        TURN,
        "rest = (1 - p) / (1 - self.now)",
        "rest = Fraction(1)",
        (TURNS,),
    ),
    Mutant(
        "what enters said to leave",
        TURN,
        "ENTERS if turning.better(sides[1]) else LEAVES",
        "LEAVES if turning.better(sides[1]) else ENTERS",
        (TURNS, LEAVES),
    ),
    Mutant(
        "one side of a turn asked at the other's probability",
        TURN,
        "_changes(turning, p))",
        "_changes(turning, sides[0]))",
        (f"{TESTS}::test_what_a_fact_says_is_had_again_by_its_changes",),
    ),
    Mutant(
        "one future asked in place of another",
        QUESTIONS,
        "if f.future.name == alone)",
        "if f.future.name != alone)",
        (HEDGE,),
    ),
    Mutant(
        "the first of the futures formulated for all that are chosen",
        JOINT,
        "chosen = [place[known.future.name] for known in futures]",
        "chosen = list(range(len(futures)))",
        (WAIT,),
    ),
    Mutant(
        "the mean told for the worst part",
        TAIL,
        "return asked.risk.worst(asked.probabilities, answer.measures[stage])",
        "return _mean(asked, stage, answer)",
        (WORST,),
    ),
    Mutant(
        "the mildest futures make the worst part",
        TAIL,
        "(-f.measures.get(stage, 0.0), f.future)",
        "(f.measures.get(stage, 0.0), f.future)",
        (WORST,),
    ),
]
