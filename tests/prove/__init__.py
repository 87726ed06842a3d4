"""Proofs by drawing: thousands of small hostile problems, each solved and held against what others find.

`python -m tests.prove KIND` runs a kind and goes on where it was; `make prove` runs them all.

draws.py      instances as rows, drawn from a seed: tight ones in the sizes of a national reserve
wilder.py     what some of them have besides, each seldom
hostile.py    instances with hostile digits
stages.py     models, drawn: any list of stages, any slack, any level of the rules that may give way
tight.py      each stage of a solve against plain HiGHS (presolve off and on) and SCIP; who is right, a judged plan says
peers.py      what those solvers find, and the plan that their point stands for, made exact
digits.py     instances that `check` accepts, with hostile digits: solved, verified, frozen and solved again
giveway.py    what gives way, against every plan there is
oracle.py     tiny problems, a batch a draw, against every plan there is
planted.py    problems with a plan planted in them, a batch a draw
killing.py    a service whose processes are killed at random
soak.py       a service with a thousand runs queued at once
described.py  a service held against its own description
mutants.py    a fault planted in a copy of the package, whose tests must fail
standing.py   what any plan must be: verified, in whole grams and lots, no stock below nothing
ledger.py     draws in processes that may be killed, a line a draw in a file, gone on with where it ended
"""
