# make run    the whole system with a simulated log, at http://127.0.0.1:8050/ (Ctrl-C stops it)
# make test   all tests, on a Kafka and a TimescaleDB of their own
# make check  lint, types and unit tests, in seconds

SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
STAMPS := .venv/stamps
PROCESSES ?= 2
# A PYTHONPATH from outside would bring other code in; hashes are checked, so a cache is as good as the source.
unexport PYTHONPATH

.PHONY: help setup run test lint check fix bench lock schema sql screens packages packages-for-tests software
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# //p' Makefile | head -3
	@echo "also: make setup fix bench lock schema sql screens"

# Everything that `make run` needs, without starting anything. A second run takes seconds.
setup: packages $(STAMPS)/project software

packages:
	@PYTHON=$(PYTHON) infra/deploy/debian_packages.sh

packages-for-tests:
	@PYTHON=$(PYTHON) infra/deploy/debian_packages.sh --tests

$(STAMPS)/venv: | packages
	@echo "Making the Python environment in .venv …"
	@$(PYTHON) -m venv .venv
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/dependencies: requirements.lock $(STAMPS)/venv
	@echo "Installing Python packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(STAMPS)/project: pyproject.toml $(STAMPS)/dependencies
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $@

software: $(STAMPS)/project
	@$(BIN)/ioc setup --software

run: setup
	@exec $(BIN)/ioc up --demo

# make test ARGS="tests/integration -k store". Two processes, each with its own Kafka and database; ARGS="-n 0": one.
# Whole files go to a process, the longest first (tests/conftest.py): without --no-loadscope-reorder, by their number of tests.
test: setup packages-for-tests
	@$(BIN)/pytest -n $(PROCESSES) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(STAMPS)/project
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

check: lint
	@$(BIN)/pytest --quiet -n 2 tests/unit tests/test_repository.py tests/test_structure.py

fix: $(STAMPS)/project
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: setup
	@$(BIN)/python -m benchmarks.case_path $(ARGS)

# Writes requirements.lock anew from pyproject.toml: with hashes, without any host.
lock: $(STAMPS)/project
	@$(BIN)/uv pip compile --quiet --system-certs --universal --generate-hashes --no-emit-index-url \
		--python-version 3.11 pyproject.toml --group dev -o requirements.lock

# Writes infra/db/schema.sql anew: the sum of the migrations and policies.
schema: setup
	@IOC_TEST_WRITE_SCHEMA=1 $(BIN)/pytest --quiet tests/integration/test_schema.py

# Writes those queries anew that are one text for several tables or columns.
sql: $(STAMPS)/project
	@$(BIN)/python -m infra.db.written_sql

# Takes the pictures in docs/screens/ and holds the screens against what they must show.
screens: setup packages-for-tests
	@IOC_TEST_PICTURES=1 $(BIN)/pytest tests/screens $(ARGS)
