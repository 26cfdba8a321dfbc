# `make demo` and `make test` need Python 3.11+ and make, nothing else; PARENTAGE_VENV names another place for .venv.
VENV ?= $(if $(PARENTAGE_VENV),$(PARENTAGE_VENV),.venv)
PYTHON ?= python3
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test lint fix bench zoo accuracy evasion case docs clean

$(READY): pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test,lint]'
	touch $(READY)

demo: $(READY)  ## Audit the example case; print the verdict and the report's path.
	$(BIN)/parentage audit examples/rivo/case.toml --out out/rivo

test: $(READY)  ## Run every test.
	$(BIN)/python -m pytest

lint: $(READY)  ## Check form, types, layers and budgets; change nothing.
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: $(READY)  ## Repair what can be repaired.
	$(BIN)/ruff format src tests benchmarks
	$(BIN)/ruff check --fix src tests benchmarks

bench: $(READY)  ## Measure speed and memory against the machine's limits and the script of today.
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[torch]'
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/verify.py

zoo: $(READY)  ## Train, merge and label the benchmark's models (ZOO names another folder than out/zoo).
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[zoo]'
	$(BIN)/python -m benchmarks.zoo $(if $(ZOO),--out $(ZOO))

accuracy: $(READY)  ## Score the audit and its peers on the zoo; write docs/accuracy.md.
	$(BIN)/python -m benchmarks.zoo.score $(or $(ZOO),out/zoo)

evasion: $(READY)  ## Try to hide the example's merge; write docs/evasion.md.
	$(BIN)/python -m benchmarks.zoo.evasion docs/evasion.md

case: $(READY)  ## Work out the case of June 2026; write its page.
	$(BIN)/python -m benchmarks.cases.rio_2026 docs/cases/rio-2026.md

docs: $(READY)  ## Check that links in the docs lead somewhere and public names are in the glossary.
	$(BIN)/python -m pytest tests/test_docs.py

clean:
	rm -rf $(VENV) out
