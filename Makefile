# What a developer runs. `make help` lists it; every target brings the environment that it needs.

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
LOCK := .venv/lock/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --no-header --no-annotate \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --build-deps-for editable
# Output goes to a stamp only when the step succeeded, so a broken install is tried again.
RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install serve test check lint rules unit reference clients compiled browser score bench bench-api schema \
	schema-check facts format lock wheel graphiql clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(RUNTIME)  ## make .venv with the locked dependencies and the program `chancery`

serve: $(RUNTIME)  ## read seeds/ into the database and serve http://127.0.0.1:8000
	@$(BIN)/chancery ingest seeds
	@exec $(BIN)/chancery serve

test: check unit clients browser  ## everything that CI runs

check: lint rules schema-check  ## style, types, import contracts, rule examples, the printed schema

lint: $(DEVELOPMENT)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

rules: $(DEVELOPMENT)
	$(BIN)/chancery check

unit: $(DEVELOPMENT)  ## the tests that need neither Node nor a browser
	$(BIN)/python -m pytest -n 2 -m "not browser and not clients"

clients: $(DEVELOPMENT)  ## GraphQL clients, code generators and audits against the server; needs Node 20 and npm
	$(BIN)/python -m pytest -m clients

reference: $(DEVELOPMENT)  ## all examples and gold texts read by Lark's own Earley parser too, and compared
	REFERENCE_TEXTS=1000000 $(BIN)/python -m pytest tests/engine/test_reference.py

compiled: .venv/.compiled-0  ## the compiled engine reads gold texts and quiet ones, and proposes edits; needs a C compiler
	$(BIN)/python -P -m pytest -o pythonpath=.venv/compiled-0 tests/engine/test_gold.py tests/engine/test_quiet.py \
		tests/engine/test_proposals.py -k "not sample and not first"

browser: $(DEVELOPMENT)  ## GraphiQL in a headless Chromium
	$(BIN)/python -m pytest -m browser

score: $(DEVELOPMENT)  ## how well the annotated articles are read
	$(BIN)/python -m tests.tables

bench: .venv/.bench .venv/.compiled-3  ## words per second beside spaCy, and limits; TEXTS= more texts, ARTICLES= how many for the memory
	COMPILED=.venv/compiled-3 $(BIN)/python -m tests.bench.speed $(TEXTS)

bench-api: $(DEVELOPMENT) .venv/.datasette  ## requests per second beside PostGraphile; needs Node, wrk and PostgreSQL
	$(BIN)/python -m tests.bench.api.compare --datasette .venv/datasette/bin/datasette $(BENCH)

schema: $(RUNTIME)  ## print the GraphQL schema into schema.graphql
	$(BIN)/chancery schema > .venv/schema.graphql
	mv .venv/schema.graphql schema.graphql

schema-check: $(RUNTIME)
	$(BIN)/chancery schema | diff -u schema.graphql - || { echo "schema.graphql is stale: run 'make schema'" >&2; exit 1; }

facts: $(RUNTIME)  ## write the table of facts, slots and values into rules/README.md
	$(BIN)/chancery facts --into rules/README.md

format: $(DEVELOPMENT)  ## format the code and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: .venv/lock/bin/pip-compile  ## write the locks anew from pyproject.toml; UPGRADE=--upgrade for newer versions
	$(LOCK) $(UPGRADE) --output-file requirements.txt pyproject.toml
	$(LOCK) $(UPGRADE) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

wheel: $(DEVELOPMENT)  ## write dist/*.whl, for use without a checkout; COMPILED=1 compiles the engine (needs a C compiler)
	$(if $(COMPILED),HATCH_BUILD_HOOKS_ENABLE=1) $(BIN)/python -m hatchling build --target wheel --directory dist

graphiql:  ## build GraphiQL anew into api/static/graphiql (needs Node 20.19 or newer)
	cd api/graphiql && npm ci --ignore-scripts --no-audit --no-fund && npm run build

clean:  ## remove the environment, caches and the default database
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info build dist \
		tests/api/clients/.venv tests/api/clients/generated chancery.db chancery.db-wal chancery.db-shm
	find api engine tests -name __pycache__ -type d -prune -exec rm -rf {} +
	find api tests -name node_modules -type d -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Chancery needs Python 3.11 or newer; found $$($(PYTHON) --version 2>&1). Say which one: make PYTHON=python3.12" >&2; \
		exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make a virtual environment. On Debian: apt-get install python3-venv" >&2; exit 1; }
	$(PYTHON) -m venv .venv

# Bytecode comes with all packages but editable ones; where Python may write none, each start would compile the sources.
$(RUNTIME): requirements.txt pyproject.toml | .venv/bin/python
	$(PIP) install --quiet --require-hashes -r requirements.txt
	$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q api engine
	@touch $@

$(DEVELOPMENT): requirements-dev.txt $(RUNTIME)
	$(PIP) install --quiet --require-hashes -r requirements-dev.txt
	@touch $@

# Not locked: a yardstick, which nothing else needs.
.venv/.bench: $(RUNTIME)
	$(PIP) install --quiet --editable '.[bench]'
	@touch $@

# The engine compiled from the sources as they are, so far optimised (0-3), in a place that only tests and the bench use.
# Its stamp is as old as the beginning of the build: what is edited meanwhile is compiled the next time.
.venv/.compiled-%: $(DEVELOPMENT) $(shell find engine rules -type f ! -name "*.pyc")
	rm -rf .venv/compiled-$* .venv/wheel-$*
	@touch .venv/.begun-$*
	HATCH_BUILD_HOOKS_ENABLE=1 MYPYC_OPT_LEVEL=$* $(BIN)/python -m hatchling build --target wheel --directory .venv/wheel-$*
	$(PIP) install --quiet --no-deps --no-index --target .venv/compiled-$* .venv/wheel-$*/*.whl
	@mv .venv/.begun-$* $@

.venv/.datasette: | .venv/bin/python
	$(PYTHON) -m venv .venv/datasette
	.venv/datasette/bin/python -m pip --disable-pip-version-check install --quiet datasette-graphql
	@touch $@

.venv/lock/bin/pip-compile: | .venv/bin/python
	$(PYTHON) -m venv .venv/lock
	.venv/lock/bin/python -m pip --disable-pip-version-check install --quiet pip-tools
