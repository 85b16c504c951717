# Every target sets up what it needs. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
SOURCES := generator runtime tests examples benchmarks
BENCH := .venv-bench
BENCH_ENVIRONMENTS := dialspec peers openai sniffio

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types drift docs docs-serve generate soak fuzz bench build clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# Debian splits ensurepip off; without it the environment is made by virtualenv.
.PRECIOUS: %/bin/python
%/bin/python:
	@echo "setting up $*"
	@$(PYTHON) -c 'import sys; sys.exit("dialspec needs Python 3.11 or later" if sys.version_info < (3, 11) else 0)'
	@$(PYTHON) -m venv $* 2>/dev/null || { rm -rf $*; \
	  $(PYTHON) -m pip install --quiet --target build/virtualenv virtualenv && \
	  PYTHONPATH=build/virtualenv $(PYTHON) -m virtualenv --quiet $*; }

$(VENV)/.simulator: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing dialspec with its simulator"
	@$(PIP) install --constraint constraints.txt --editable '.[simulator]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(BIN)/python
	@echo "installing dialspec for development"
	@$(PIP) install --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.simulator

demo: $(VENV)/.simulator ## regenerate, start the simulator, and call five endpoints of three vendors
	@$(BIN)/dialspec generate
	@$(BIN)/python examples/demo.py

test: $(VENV)/.dev ## run the tests, with branch coverage of generator and runtime
	@$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-branch --cov-report=term --cov-fail-under=95 $(ARGS)

check: lint types drift docs ## lint, types, drift and the docs build

lint: $(VENV)/.dev ## ruff and black, and the specs' own lint
	@$(BIN)/ruff check .
	@$(BIN)/black --check --quiet $(SOURCES)
	@$(BIN)/dialspec lint

types: $(VENV)/.dev ## mypy --strict and pyright strict
	@$(BIN)/mypy
	@$(BIN)/basedpyright

drift: $(VENV)/.dev ## fail if generated/ is not what specs and templates make
	@$(BIN)/dialspec generate --check

generate: $(VENV)/.simulator ## regenerate clients and docs
	@$(BIN)/dialspec generate

docs: $(VENV)/.dev ## build the site of the documentation into site/
	@$(BIN)/dialspec docs build

docs-serve: $(VENV)/.dev ## serve the documentation on loopback
	@$(BIN)/dialspec docs serve

soak: $(VENV)/.dev ## harvest 100,000 records under faults, and send 10,000 unsafe calls; takes minutes
	@$(BIN)/python -m pytest -m soak --timeout 3600 -s tests/soak

fuzz: $(VENV)/.dev ## 20,000 damaged specs, 200 killed runs, every hostile text in every slot, many calls of each endpoint; takes hours
	@DIALSPEC_MUTATIONS=20000 DIALSPEC_THOROUGH=1 $(BIN)/python -m pytest --timeout 7200 tests/spec/test_mutated_specs.py tests/trust \
	  tests/e2e/test_generated_arguments.py

# Contenders that cannot be installed together, or would change each other, have environments of their own.
$(BENCH)/%/.ready: benchmarks/environments/%.txt benchmarks/constraints.txt constraints.txt pyproject.toml | $(BENCH)/%/bin/python
	@echo "installing what is measured: $*"
	@$(BENCH)/$*/bin/python -m pip --disable-pip-version-check --quiet install \
	  --constraint constraints.txt --constraint benchmarks/constraints.txt --requirement $<
	@touch $@

bench: $(BENCH_ENVIRONMENTS:%=$(BENCH)/%/.ready) ## measure side by side with peers, and write docs/benchmarks.md; takes about twenty minutes
	@$(BENCH)/dialspec/bin/python -m benchmarks $(ARGS)

build: $(VENV)/.dev ## build wheel and sdist into dist/
	@$(BIN)/python -m build

clean: ## remove the environment and everything built
	rm -rf $(VENV) $(BENCH) build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage*
