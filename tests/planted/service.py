"""Faults in the service and its store."""

from __future__ import annotations

from tests.planted.mutant import Mutant

ROOM = "service"
RUNS, TICKETS, KEYS = (f"{ROOM}/store/{name}.py" for name in ("runs", "tickets", "keys"))
ONCE, TAGS = f"{ROOM}/web/idempotency.py", f"{ROOM}/web/etags.py"
STEPS = f"{ROOM}/test_deeds.py::test_tickets_go_a_step_at_a_time_and_all_or_none"
LOST = f"{ROOM}/test_deeds.py::test_a_run_lost_too_often_fails"
END = f"{ROOM}/test_deeds.py::test_an_end_is_the_last_attempts_and_is_told_with_it"
ASKED = f"{ROOM}/test_deeds.py::test_a_run_that_waits_is_cancelled_and_one_that_runs_is_asked"
OPENS = f"{ROOM}/test_deeds.py::test_a_key_opens_by_its_secret_alone"
WEEKS = f"{ROOM}/test_deeds.py::test_weeks_are_settled_up_to_the_first_open_ticket"
COUNTS_ONCE = f"{ROOM}/test_instances.py::test_an_idempotency_key_makes_a_request_count_once"
IF_MATCH = f"{ROOM}/test_actions.py::test_if_match_names_versions"

STATES = [
    Mutant(
        "a worker whose run was taken from it ends it",
        RUNS,
        'Run.id == run.id, Run.attempt == run.attempt, Run.state == "running"',
        'Run.id == run.id, Run.state == "running"',
        (END,),
    ),
    Mutant(
        "a run that has ended ends again",
        RUNS,
        'Run.id == run.id, Run.attempt == run.attempt, Run.state == "running"',
        "Run.id == run.id, Run.attempt == run.attempt",
        (END,),
    ),
    Mutant(
        "what came last is taken first", RUNS, "(having, Run.at, Run.id)", "(having, Run.at.desc(), Run.id)", (ASKED,)
    ),
    Mutant("a try too many", RUNS, "run.losses + 1 >= tries", "run.losses + 1 > tries", (LOST,)),
    Mutant("a loss that does not count", RUNS, ", losses=Run.losses + 1", "", (LOST,)),
    Mutant(
        "a run asked to stop is cancelled",
        RUNS,
        'Run.state == "running"), stop=True)',
        'Run.state == "running"), cancel=True)',
        (ASKED,),
    ),
    Mutant(
        "a run that has ended may be cancelled",
        RUNS,
        'and_(Run.id == run_id, Run.state == "queued")',
        "and_(Run.id == run_id)",
        (END,),
    ),
    Mutant(
        "a ticket ordered that nobody approved",
        TICKETS,
        "{(PROPOSED, APPROVED), ",
        "{(PROPOSED, APPROVED), (PROPOSED, ORDERED), ",
        (STEPS,),
    ),
    Mutant(
        "who approves takes an order back",
        TICKETS,
        "if old != state and (back or (old, state) != BACK)}",
        "if old != state}",
        (STEPS,),
    ),
    Mutant(
        "the tickets that can go do, though others cannot",
        TICKETS,
        "    if stuck:\n        return stuck\n",
        "    if stuck == list(going):\n        return stuck\n",
        (STEPS,),
    ),
    Mutant("a week with an open ticket is settled", TICKETS, "t.week < first_open]", "t.week <= first_open]", (WEEKS,)),
    Mutant(
        "weeks settled up to the last open ticket",
        TICKETS,
        "first_open = min((t.week",
        "first_open = max((t.week",
        (WEEKS,),
    ),
]
AUDITED = [
    Mutant(
        "the audit has the state before the end",
        RUNS,
        'f"runs/{run.id}", state=ended.state,',
        'f"runs/{run.id}", state=run.state,',
        (END,),
    ),
    Mutant(
        "the audit has tickets that stayed as they were",
        TICKETS,
        'f"{offer}/{week}" for offer, week in going]',
        'f"{offer}/{week}" for offer, week in keys]',
        (STEPS,),
    ),
    Mutant(
        "a row for a deed that changed nothing",
        TICKETS,
        "    if going:\n",
        "    if keys:\n",
        (STEPS,),
    ),
    Mutant(
        "pages of the audit overlap",
        f"{ROOM}/store/audit.py",
        "Audit.id < before",
        "Audit.id <= before",
        (f"{ROOM}/test_deeds.py::test_pages_of_the_audit_do_not_overlap",),
    ),
]
DOORS = [
    Mutant(
        "secrets kept as they are",
        KEYS,
        "return hashlib.sha256(secret.encode()).hexdigest()",
        "return secret",
        (OPENS,),
    ),
    Mutant(
        "a key opens by its id",
        KEYS,
        " or not secrets.compare_digest(key.hash, _hash(secret)):",
        ":",
        (OPENS,),
    ),
    Mutant(
        "a key taken back still opens",
        KEYS,
        "return key.revoked_at is None and (key.expires_at",
        "return (key.expires_at",
        (OPENS,),
    ),
    Mutant(
        "another request under the same key gets the first's answer",
        ONCE,
        "if known.request != request.hash:",
        "if known.key != request.key:",
        (COUNTS_ONCE,),
    ),
    Mutant(
        "an answer that came before is not called so",
        ONCE,
        'known.answer.get("at_path"), replayed=True)',
        'known.answer.get("at_path"))',
        (COUNTS_ONCE,),
    ),
    Mutant("a tag that is badly written allows a change", TAGS, " and tag == version_tag(number)}", "}", (IF_MATCH,)),
    Mutant(
        "any tag allows any change",
        TAGS,
        'None if "*" in tags else frozenset(numbers)',
        "frozenset(numbers) or None",
        (IF_MATCH,),
    ),
    Mutant(
        "an edit is stored over another's",
        f"{ROOM}/actions/versions.py",
        "expected = ExpectedVersion.only(edit.base)",
        "expected = ExpectedVersion(None, edit.base)",
        (f"{ROOM}/test_actions.py::test_an_edit_that_was_overtaken_is_not_stored",),
    ),
]
MUTANTS = [*STATES, *AUDITED, *DOORS]
