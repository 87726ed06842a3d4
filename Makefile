# Python 3.11 and make are all that is needed: the rest comes into .venv from the locks, held to their hashes.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links pyproject.toml --group build

.PHONY: plan serve test prove bench bench-small lock
.NOTPARALLEL:

plan: .venv/.package  ## this week's buy plan of the reserve, in plans/vault
	$(BIN)/orebook solve instances/vault

serve: .venv/.package  ## the service, its workers and the workbench, on this machine alone
	$(BIN)/orebook serve

test: .venv/.dev .venv/.package  ## everything that has to hold before a change is taken
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	$(BIN)/python -m pytest -n 2

prove: .venv/.dev .venv/.package  ## thousands of drawn problems against other solvers and against every plan; goes on where it was
	$(BIN)/python -m tests.prove tight --draws 10000 --jobs 2
	$(BIN)/python -m tests.prove digits --draws 5000 --jobs 2
	$(BIN)/python -m tests.prove giveway --draws 10000 --jobs 2
	$(BIN)/python -m tests.oracle --draws 10000
	$(BIN)/python -m tests.properties --planted 1000
	$(BIN)/python -m tests.explain.refuting --plans 50

bench: .venv/.dev .venv/.package  ## everything that tests/bench/RESULTS.md shows, measured again; many hours
	$(BIN)/python -m tests.bench all

bench-small: .venv/.dev .venv/.package  ## the same on less, in under five minutes
	$(BIN)/python -m tests.bench small

lock: .venv/.dev  ## the newest releases that pyproject.toml allows
	$(COMPILE) --extra service --extra postgres --upgrade --output-file requirements.lock
	$(COMPILE) --extra service --extra postgres --upgrade --extra dev --extra pdf --extra scip --extra gurobi --constraint requirements.lock --output-file requirements-dev.lock

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
