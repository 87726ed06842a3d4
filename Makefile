# Python 3.11 and make are all that is needed: the rest comes into .venv from the locks, held to their hashes.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
UPGRADE := --upgrade
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --group build

# A file's tests run in one process, so that what they share is worked out once; in the order of tests/conftest.py.
TOGETHER := -n 2 --dist loadfile --no-loadscope-reorder

.PHONY: plan serve quick static test coverage durations prove bench bench-small lock
.NOTPARALLEL:

plan: .venv/.package  ## this week's buy plan of the reserve, in plans/vault
	$(BIN)/orebook solve instances/vault

serve: .venv/.package  ## the service, its workers and the workbench, on this machine alone
	$(BIN)/orebook serve

static: .venv/.dev .venv/.package  ## what can be told without running anything
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src

quick: static  ## the same, and the tests that are not slow: under two minutes
	$(BIN)/python -m pytest $(TOGETHER) -m "not slow"

test: static  ## everything that has to hold before a change is taken: under half an hour
	$(BIN)/python -m pytest $(TOGETHER)

coverage: .venv/.dev .venv/.package  ## what part of each room all tests run, against the floors in tests/floors.toml
	rm -rf .coverage-data
	$(BIN)/coverage run -m pytest $(TOGETHER)
	$(BIN)/coverage combine --quiet
	$(BIN)/python -m tests.floors

durations: .venv/.dev  ## the slowest tests as they last ran
	$(BIN)/python -m tests.durations

prove: .venv/.dev .venv/.package  ## thousands of drawn problems against other solvers and against every plan; goes on where it was
	$(BIN)/python -m tests.prove tight --draws 10000 --jobs 2
	$(BIN)/python -m tests.prove digits --draws 5000 --jobs 2
	$(BIN)/python -m tests.prove giveway --draws 10000 --jobs 2
	$(BIN)/python -m tests.prove oracle --draws 400 --jobs 2
	$(BIN)/python -m tests.prove news --draws 100 --jobs 2
	$(BIN)/python -m tests.prove patched --draws 100 --jobs 2
	$(BIN)/python -m tests.prove roundtrip --draws 40 --jobs 2
	$(BIN)/python -m tests.prove hedged --draws 500 --jobs 2
	$(BIN)/python -m tests.prove prices --draws 40 --jobs 2
	$(BIN)/python -m tests.prove planted --draws 40 --jobs 2
	$(BIN)/python -m tests.prove properties --draws 10 --jobs 2
	$(BIN)/python -m tests.prove killing --draws 40
	$(BIN)/python -m tests.prove slowing --draws 10
	$(BIN)/python -m tests.prove soak --draws 2
	$(BIN)/python -m tests.prove described --draws 10
	$(BIN)/python -m tests.prove mutants --draws 200 --jobs 2
	$(BIN)/python -m tests.explanations.refuting --plans 50

bench: .venv/.dev .venv/.package  ## everything that tests/bench/RESULTS.md shows, measured again; many hours
	$(BIN)/python -m tests.bench all

bench-small: .venv/.dev .venv/.package  ## the same on less, in under five minutes
	$(BIN)/python -m tests.bench small

lock: .venv/.dev  ## the newest releases that pyproject.toml allows; with UPGRADE= all pins stay and what is new is added
	$(COMPILE) --extra service --extra postgres $(UPGRADE) --output-file requirements.lock
	$(COMPILE) --extra service --extra postgres $(UPGRADE) --extra dev --extra pdf --extra scip --extra gurobi --constraint requirements.lock --output-file requirements-dev.lock

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.runtime: requirements.lock | .venv/bin/python
	$(INSTALL) --require-hashes --requirement $<
	touch $@

.venv/.dev: requirements-dev.lock | .venv/bin/python
	$(INSTALL) --require-hashes --requirement $<
	touch $@ .venv/.runtime

.venv/.web: .web/fetch.py .web/package-lock.json | .venv/bin/python  ## the workbench's front-end packages; Node where there is none
	command -v npm >/dev/null || $(INSTALL) --require-hashes --requirement .web/node.lock
	$(BIN)/python .web/fetch.py
	touch $@

.venv/.package: pyproject.toml .venv/.runtime .venv/.web
	$(INSTALL) --no-deps --no-build-isolation --editable .
	touch $@
