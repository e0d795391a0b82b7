# Every target sets up what it needs on a machine that has Python 3.11+ and Node 20+.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEV_READY := $(VENV)/.ready-dev
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: demo test e2e screenshots vsix lint format bench truth acceptance clean

demo: $(READY)
	$(BIN)/backwright demo

test: $(DEV_READY)
	$(BIN)/python -m pytest -n 2 tests --ignore tests/e2e/vscode

# In real editors, one after the other. What can't be installed here is skipped, and named.
e2e: $(DEV_READY)
	$(BIN)/python -m pytest -rs tests/e2e

# The pictures of the documentation, taken while the same tests run.
screenshots: $(DEV_READY)
	mkdir -p docs/images
	BACKWRIGHT_SHOTS=$(CURDIR)/docs/images $(BIN)/python -m pytest -rs tests/e2e/vscode

# The extension for VS Code, with the server's wheel in it.
vsix: $(DEV_READY)
	$(BIN)/python vscode-client/build.py

lint: $(DEV_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	if command -v node >/dev/null; then $(BIN)/python vscode-client/build.py --lint; \
	else echo "NOT LINTED, as node is not installed: vscode-client"; fi

format: $(DEV_READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Ratios within one run; nothing here passes or fails.
bench: $(DEV_READY)
	for file in tests/bench/bench_*.py; do $(BIN)/python $$file || exit 1; done

# Real backends from package registries: what their framework reports against what is read.
truth: $(DEV_READY)
	cd tests && ../$(BIN)/python -m truth

# The slow checks in full: every mutant of every handler of the samples.
acceptance: $(DEV_READY)
	BACKWRIGHT_ALL_MUTANTS=1 $(BIN)/python -m pytest -n 2 tests

clean:
	rm -rf $(VENV)

$(VENV)/pyvenv.cfg:
	$(PYTHON) -m venv $(VENV)

$(READY): $(VENV)/pyvenv.cfg pyproject.toml
	$(PIP) install -e .
	touch $@

$(DEV_READY): $(READY)
	$(PIP) install -e ".[dev]"
	touch $@
