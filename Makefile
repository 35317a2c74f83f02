# The face of the project: `make` lists what it can do.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# What a report needs is installed; then what developers and their tests need as well.
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready

# What is imported is compiled once, also where the environment asks Python to keep nothing: else
# each process that starts compiles pandas and all else anew, for two seconds of the processor.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup report test test-all checked pytest lint types browser-ready faults mutants docs versions lab data notebooks golden bench geometry lock release clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from the pinned lock files, once

# What is imported is compiled when it first is; to compile all that is installed takes minutes.
# An environment that is there is installed over, never cleared; pip changes nothing before it has
# all files. Where it cannot have them, the environment of the older pins goes on working.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
	$(if $(wildcard $@),--retries 1)
GO_ON = { test -e $@ && echo "$(VENV) goes on with what it has: the newer pins could not be installed; make setup tries again"; }

$(RUNS): requirements-report.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "adoption needs Python 3.11 or newer: make PYTHON=python3.11")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "adoption needs venv and pip: on Debian, apt-get install python3-venv"; exit 2; }
	@test -x $(BIN)/python || { echo "setting up $(VENV): a minute, once"; $(PYTHON) -m venv $(VENV); }
	@{ $(INSTALL) --require-hashes -r requirements-report.lock && \
		$(INSTALL) --no-deps --no-build-isolation -e . && touch $@; } || $(GO_ON)

$(READY): requirements.lock $(RUNS)
	@{ $(INSTALL) --require-hashes -r requirements.lock && touch $@; } || $(GO_ON)

report: $(RUNS) ## build the data, run the notebooks, publish reports/latest/index.html
	@$(BIN)/adoption build
	@$(BIN)/adoption report

# What `make versions` runs; `make versions VERSIONS="-m 'not slow' tests"` runs all.
VERSIONS ?= -m "not slow" tests/test_law.py tests/test_status.py tests/test_api.py tests/test_docstrings.py \
	tests/test_export.py tests/build/test_run.py tests/build/test_write.py tests/forecast \
	tests/reports/test_page.py tests/reports/test_pool.py

# A process more than cores, since one often waits for a browser or a page; so none needs threads.
# The longest modules have few tests and would come last if those with the most came first.
WORKERS := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope \
	--no-loadscope-reorder --durations 10 --nbval

test: checked ## everything a change must pass: lint, types, unit, notebooks, browser
	@$(MAKE) --no-print-directory -j 2 types pytest

test-all: checked ## the same, and what seldom breaks: kills, full disks, damaged files, every page
	@$(MAKE) --no-print-directory -j 2 types pytest SLOW=1

checked: setup lint
	@$(BIN)/adoption build --check
	@$(MAKE) --no-print-directory browser-ready

# What users call in JupyterLab, where pandas keeps text as Arrow's.
ARROW := $(addprefix tests/test_,api.py compared.py docstrings.py episodes.py held.py spells.py status.py)

pytest: setup
	@$(PYTEST) $(if $(SLOW),,-m "not slow" --other-processor computed --forked) notebooks tests
	@$(if $(SLOW),$(PYTEST) --other-processor all notebooks)
	@$(if $(SLOW),$(PYTEST) --arrow -m "not slow" $(ARROW))

lint: setup ## style of the code, and that imports point one way
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

types: setup ## types of the code
	@$(BIN)/mypy

browser-ready:
	@$(BIN)/python tests/browser/find.py --install

faults: setup ## show that each fault of tests/faults.toml is caught by its test
	@$(BIN)/python -m tests.faults -n 2

mutants: setup ## change the core in small ways and show which changes no test sees
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results

# Of the environment that is there, whatever changed in the lock files since.
docs: ## make the guide for researchers and the reference: docs/html/index.html
	@test -x $(BIN)/python || $(MAKE) --no-print-directory setup
	@$(BIN)/python -m tools.reference

versions: setup ## test with the oldest and the newest dependencies allowed (needs uv)
	@for resolution in lowest-direct highest; do \
		uv venv --quiet --clear --python 3.11 .versions/$$resolution && \
		uv pip install --quiet --python .versions/$$resolution/bin/python \
			--resolution $$resolution -e ".[all,test]" && \
		echo "$$resolution:" && .versions/$$resolution/bin/adoption build --check && \
		.versions/$$resolution/bin/python -m pytest -q $(VERSIONS) || exit 1; \
	done

# Trying a notebook leaves its tracked file as it is: nothing is saved but by hand.
lab: setup ## explore the notebooks in JupyterLab
	@JUPYTER_CONFIG_PATH=tools/jupyter$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH} $(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks \
		--LabApp.custom_css=True --ServerApp.static_custom_path=tools/jupyter/custom

data: setup ## make data/processed from data/raw and data/reference
	@$(BIN)/adoption build

notebooks: setup ## run the notebooks in place, so that their committed outputs and pictures are current
	@$(BIN)/jupyter nbconvert --log-level WARN --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False notebooks/*.ipynb
	@$(BIN)/python -m tools.pictures

golden: setup ## make tests/golden again; read the difference before you commit it
	@$(BIN)/python -m tests.sentences

bench: setup report ## measure speed side by side, and keep the tables with commit and machine
	@$(BIN)/python -m tools.bench $(ONLY)

geometry: setup ## make the map's topology again from its npm package (needs npm)
	@$(BIN)/python -m tools.topology

# Extras are kept in the names: pip, asked for hashes, takes no other pin for them. What a report
# needs is pinned as all is.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-header --quiet pyproject.toml

lock: ## pin the dependencies again (needs uv)
	@$(COMPILE) --all-extras -o requirements.lock
	@echo hatchling | $(COMPILE) - --extra report -c requirements.lock -o requirements-report.lock

release: setup ## make the wheel, its bill of materials and the data of VERSION in dist/, and check them
	@rm -rf dist
	@$(BIN)/python -m tools.release "$(VERSION)" dist
	@$(BIN)/twine check --strict dist/*.whl
	@$(BIN)/python -m pytest -q tests/test_start.py -k wheel
	@$(BIN)/python -m pytest -q tests/test_docs.py -k benchmark --runxfail

clean: ## remove what was made: .venv, reports, caches
	@rm -rf $(VENV) .versions docs/html reports dist mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
