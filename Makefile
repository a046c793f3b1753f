# Kanglu. `make` lists the doors; each sets up what it needs.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup run test check bench soak

help: ## list the doors
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: $(VENV)/ready ## the environment and everything in it

$(VENV)/bin/pip:
	@echo "Making the environment in $(VENV) …"
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Kanglu needs Python 3.11 or newer. Set PYTHON=python3.11.")'
	@$(PYTHON) -m venv $(VENV) || { echo "Python has no venv here. On Debian: apt-get install python3-venv"; rm -rf $(VENV); exit 1; }

$(VENV)/ready: requirements.txt | $(VENV)/bin/pip
	@echo "Installing what runs Kanglu …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/checked: tests/requirements.txt $(VENV)/ready
	@echo "Installing what checks Kanglu …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r tests/requirements.txt
	@touch $@

run: setup ## the site, the worker and the chat in one process on PORT (8000)
	@$(BIN)/python wsgi.py

ARGS ?= -n 2 --dist loadfile
test: $(VENV)/checked ## every test, on real parts (ARGS=tests/bot for some)
	@$(BIN)/python -m pytest $(ARGS)

soak: $(VENV)/checked ## the long proofs: kill -9 under load, fuzz … (about two hours; ONLY=polling for one)
	@$(BIN)/python -m tests.soak $(ONLY)

bench: $(VENV)/checked ## every measurement, as a table and in bench.json (ONLY=records for one)
	@$(BIN)/python -m tests.bench $(ONLY)

check: $(VENV)/checked ## style, types, arrows, tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(MAKE) --no-print-directory test
