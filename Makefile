# make demo: install, make a fictional person's exports, ingest, report.
# make test: install what the tests need, run every check.
# make torture: fuzzing and the long checks of what strangers may send; hours, FUZZ=10000 for minutes.
# make docs: write the reference of commands, settings and columns into docs/.
# make bench: time and memory of ingest and report beside other programs and beside what is wanted;
#   BENCH="--gmail 20000 --small 180000 --life 1000000" for full size, BENCH="--only report" for a part.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

# Tests and benchmarks start hundreds of processes: what Python compiles is kept, as it is for users.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test lint types imports tests bench accuracy torture cluster-demo clean docs
.DEFAULT_GOAL := demo

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt -r requirements/runtime.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.runtime requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

demo: $(VENV)/.runtime
	$(BIN)/netaudit demo data/raw/demo
	$(BIN)/netaudit ingest data/raw/demo/demo.mbox data/raw/demo/demo-linkedin.zip data/raw/demo/demo.ics --out data/out/demo
	$(BIN)/netaudit report --out data/out/demo

test: lint types imports tests

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

imports: $(VENV)/.dev
	$(BIN)/lint-imports

tests: $(VENV)/.dev
	$(BIN)/python -m pytest -n auto

bench: $(VENV)/.dev
	$(BIN)/python benchmarks/bench.py $(BENCH)
	$(BIN)/python benchmarks/text_cost.py

# make accuracy: how well messages are read, on labelled texts of others (../shared), and people told
# apart, on fictional ones; how p_active, strength and findings foretell what came next, on real
# mailboxes; what a finding's confidence is worth on the demo. `benchmarks/activity.py --chart
# docs/pictures/calibration.svg` draws the chart of the methods.
accuracy: $(VENV)/.dev
	$(BIN)/python benchmarks/text.py
	$(BIN)/python benchmarks/identity.py
	$(BIN)/python benchmarks/activity.py
	$(BIN)/python benchmarks/confidence.py

FUZZ ?= 1000000
torture: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/fuzz.txt
	PYTHONPATH=. $(BIN)/python -m tests.torture --runs $(FUZZ)

# make cluster-demo: a Dask scheduler and two workers on this machine, the same archive with and without,
#   from files and from an object store.
cluster-demo: $(VENV)/.dev
	$(BIN)/python benchmarks/cluster.py

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .import_linter_cache .hypothesis .fuzz
