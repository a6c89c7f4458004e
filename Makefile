# onrecord, from a fresh checkout: needs Python 3.11 or newer and make. `make` alone prints the targets.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
MODEL := models/onrecord-en
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# NumPy and scikit-learn take it when Python starts: a server whose parent ran OpenMP deadlocks after the fork.
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help install install-audit install-dev serve train docs test lint types corpus gate pytest format bench bench-archive bench-load lock clean

help: ## print this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1@\2/p' $(MAKEFILE_LIST) | awk -F@ '{printf "%-20s %s\n", $$1, $$2}'

serve: install $(MODEL)/manifest.json ## serve the model over HTTP (HOST=127.0.0.1 PORT=8000)
	@echo "serve: starting on http://$(HOST):$(PORT)"
	@exec $(BIN)/onrecord serve --host $(HOST) --port $(PORT)

test: lint types corpus gate pytest ## check everything that CI checks
	@echo "test: all passed"

train: install ## rebuild the model from data/
	@echo "train: building $(MODEL) from data/"
	@$(BIN)/onrecord train --out $(MODEL)

bench: install $(MODEL)/manifest.json ## measure speed and memory
	@echo "bench: scoring"
	@$(BIN)/python -m benchmarks.scoring

bench-archive: install-dev $(MODEL)/manifest.json ## measure speed and memory of auditing an archive
	@echo "bench: auditing an archive"
	@$(BIN)/python -m benchmarks.archive

bench-load: install-dev $(MODEL)/manifest.json ## measure the service under load
	@echo "bench-load: the service on the loopback"
	@$(BIN)/python -m benchmarks.load

docs: install $(MODEL)/manifest.json ## write the examples in README.md anew
	@echo "docs: README.md"
	@$(BIN)/python -m docs.refresh

lint: install-dev
	@echo "lint: ruff"
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet

types: install-dev
	@echo "types: mypy"
	@$(BIN)/mypy --no-error-summary

corpus: install
	@echo "corpus: checking data/"
	@$(BIN)/onrecord corpus check

gate: install $(MODEL)/manifest.json
	@echo "gate: measuring $(MODEL) on data/evaluation"
	@$(BIN)/onrecord evaluate --model $(MODEL) --check-gate

pytest: install-dev $(MODEL)/manifest.json
	@echo "pytest: tests/"
	@$(BIN)/python -m pytest --quiet

format: install-dev ## format the code and mend what ruff can
	@echo "format: ruff"
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format --quiet

install: $(VENV)/.installed ## make .venv with what running needs

install-audit: $(VENV)/.installed-audit ## and with what auditing archives needs

install-dev: $(VENV)/.installed-dev ## and with what developing needs

lock: ## renew the files of locked requirements
	@echo "lock: resolving the newest versions that pyproject.toml allows"
	@tools=$$(mktemp -d) && trap 'rm -rf "$$tools"' EXIT && \
	$(PYTHON) -m venv "$$tools" && \
	"$$tools/bin/python" -m pip install --quiet --disable-pip-version-check uv && \
	compile() { "$$tools/bin/uv" pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" pyproject.toml --extra build "$$@"; } && \
	compile --output-file requirements.lock && \
	compile --extra audit --constraints requirements.lock --output-file requirements-audit.lock && \
	compile --extra audit --extra dev --constraints requirements-audit.lock --output-file requirements-dev.lock

clean: ## remove .venv, the model and caches
	@echo "clean: removing what make built"
	@rm -rf $(VENV) models .mypy_cache .pytest_cache .ruff_cache .hypothesis *.egg-info

# The stamps are written last, so that an installation cut short is begun anew.
$(VENV)/.packages: requirements.lock
	@echo "install: making $(VENV) from $<"
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("onrecord needs Python 3.11 or newer: make PYTHON=…")'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) --require-hashes --only-binary :all: --requirement $<
	@touch $@

$(VENV)/.installed: pyproject.toml $(VENV)/.packages
	@$(PIP) --no-deps --no-build-isolation --editable .
	@faults=$$($(BIN)/python -m pip check) || { echo "$$faults: run 'make lock'" >&2; exit 1; }
	@touch $@

$(VENV)/.installed-audit: requirements-audit.lock $(VENV)/.installed
	@echo "install: adding $<"
	@$(PIP) --require-hashes --only-binary :all: --requirement $<
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@echo "install: adding $<"
	@$(PIP) --require-hashes --only-binary :all: --requirement $<
	@touch $@

$(MODEL)/manifest.json: | $(VENV)/.installed
	@echo "train: no $(MODEL) yet, building it from data/"
	@$(BIN)/onrecord train --out $(MODEL)
