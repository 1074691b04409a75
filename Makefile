# make ask          set up, build the index if it is missing or stale, and answer a question
# make ask Q="…"    the same with a question of your own
# make test         set up, and run everything that CI runs
# make fuzz         look for inputs that break it, for FUZZ_SECONDS (600)
# make bench        measure, and write docs/performance.md (NEWS=DIR, INDEX=DIR, QUICK=1: benchmarks/bench.py tells)
# make help         what else there is

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
Q ?= How many Pakistani soldiers were killed?

FUZZ_SECONDS ?= 600
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser)
NPM ?= $(shell command -v npm)
CASES ?= 2000
export CHROMIUM

export HF_HUB_OFFLINE ?= 1

.DEFAULT_GOAL := help
.PHONY: help ask repl test lint types contracts suite test-browser without-browser test-api test-mcp fuzz coverage bench messages docs format clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

ask: $(VENV)/.ready ## set up, build the index if it is missing or stale, answer Q="…"
	@$(BIN)/pullquote index --if-stale
	@echo "Question: $$QUESTION"; $(BIN)/pullquote ask "$$QUESTION" || test $$? -eq 1
export QUESTION := $(value Q)

repl: $(VENV)/.ready ## the same in conversation
	@$(BIN)/pullquote index --if-stale
	@$(BIN)/pullquote repl

test: lint types contracts suite $(if $(and $(CHROMIUM),$(NPM)),test-browser,without-browser) ## everything that CI runs

lint: $(VENV)/.ready-dev
	@echo "== ruff"
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .

types: $(VENV)/.ready-dev
	@echo "== mypy"
	@$(BIN)/mypy

contracts: $(VENV)/.ready-dev
	@echo "== import-linter"
	@$(BIN)/lint-imports --no-logo

# The suite runs once, on the wheel as users install it: build/wheel comes before the checkout.
# Many tests wait for a program, so there is one worker process more than there are processors.
suite: $(VENV)/.ready-dev
	@echo "== the wheel, and the tests on it"
	@rm -rf build/wheel dist && $(BIN)/python -m build --wheel --outdir dist . > build.log 2>&1 || (cat build.log; exit 1); rm -f build.log
	@$(PIP) install --no-deps --target build/wheel dist/*.whl
	@PYTHONPATH=$(CURDIR)/build/wheel TESTED_WHEEL=build/wheel $(BIN)/python -m pytest -n $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --maxprocesses 4 --dist loadfile -q $(COVERAGE)

test-browser: $(VENV)/.ready-dev tests/browser/node_modules/.ready ## the reading page in Chromium, judged by axe-core (needs Chromium and Node.js)
	@echo "== the reading page in a browser"
	@$(BIN)/python -m pytest -q tests/browser

without-browser:
	@echo "== the reading page is not tested in a browser: that needs Chromium and Node.js (npm)"

tests/browser/node_modules/.ready: tests/browser/package-lock.json
	@npm ci --prefix tests/browser --no-audit --no-fund --silent
	@touch $@

.venv-api/bin/schemathesis: | $(VENV)/bin/python
	@$(PYTHON) -m venv .venv-api && .venv-api/bin/python -m pip install --quiet schemathesis==4.32.5

test-api: $(VENV)/.ready-dev .venv-api/bin/schemathesis ## schemathesis against the OpenAPI document, CASES=2000
	@$(BIN)/python benchmarks/http_cases.py --cases $(CASES)

.inspector/node_modules/.bin/mcp-inspector:
	@npm install --prefix .inspector --no-audit --no-fund --silent @modelcontextprotocol/inspector@0.15.0

test-mcp: $(VENV)/.ready-dev .inspector/node_modules/.bin/mcp-inspector ## every tool of the MCP server, called by MCP's inspector (needs Node.js)
	@$(BIN)/python benchmarks/mcp_inspector.py

fuzz: $(VENV)/.ready-dev ## look for inputs that break it, for FUZZ_SECONDS=600 shared among the targets of tests/fuzz
	@FUZZ_SECONDS=$(FUZZ_SECONDS) $(BIN)/python -m pytest tests/fuzz --timeout 0 -q

coverage: ## the suite with branch coverage, which takes half as long again
	@$(MAKE) --no-print-directory suite COVERAGE="--cov --cov-report=term"

bench: $(VENV)/.ready-dev ## measure, and write docs/performance.md; NEWS=DIR with articles.jsonl.gz and questions.jsonl, INDEX=DIR built of them, QUICK=1
	@$(BIN)/python benchmarks/bench.py $(if $(NEWS),--news "$(NEWS)") $(if $(INDEX),--index "$(INDEX)") $(if $(QUICK),--quick)

messages: $(VENV)/.ready-dev ## add new sentences to the translations (src/pullquote/translations)
	@PYTHONPATH=tests $(BIN)/python tests/support/update_translations.py

docs: $(VENV)/.ready-dev ## write the help texts of docs/command-line.md anew
	@$(BIN)/python docs/generate_help.py

format: $(VENV)/.ready-dev ## write the code as the linter wants it
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

clean: ## remove what was set up and built
	rm -rf $(VENV) .venv-api .inspector tests/browser/node_modules build dist index/built .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage

$(VENV)/bin/python:
	@echo "== setting up $(VENV) with $(PYTHON)"
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) install --constraint constraints.txt pip  # dependency groups need pip 25.1

$(VENV)/.ready: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "== installing Pullquote and what building an index needs (a few minutes the first time)"
	@$(PIP) install --constraint constraints.txt --editable ".[index,formats,serve]"
	@touch $@

$(VENV)/.ready-dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "== installing Pullquote and what its tests need (a few minutes the first time)"
	@$(PIP) install --constraint constraints.txt --editable ".[index,formats,serve,mcp,postgres,dask]" --group dev
	@touch $@ $(VENV)/.ready
