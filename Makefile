# Targets for users and developers; `make` without a target lists them.
SHELL := /bin/sh
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Stamp files: the packages for reports are installed, and the packages for development.
RUNS := $(VENV)/.runs
READY := $(VENV)/.ready

# Python stores compiled modules even if the environment forbids it. Otherwise every process would
# compile pandas again, which takes two seconds of processor time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help setup report test test-all checked pytest lint types browser-ready faults mutants docs versions lab data notebooks golden bench geometry lock release clean

help: ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: $(READY) ## make .venv from the pinned lock files, once

# Python compiles modules on first import; compiling the whole environment now takes minutes.
# An existing environment is updated, never cleared. pip changes nothing before it has all files, so
# the environment with the older pins remains usable if a download fails.
INSTALL = $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile \
	$(if $(wildcard $@),--retries 1)
GO_ON = { test -e $@ && echo "$(VENV): the newer pins could not be installed, so it is unchanged; run make setup to try again"; }

$(RUNS): requirements-report.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "adoption needs Python 3.11 or newer; run make PYTHON=python3.11")'
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "adoption needs venv and pip; on Debian, run apt-get install python3-venv"; exit 2; }
	@test -x $(BIN)/python || { echo "setting up $(VENV): a minute, once"; $(PYTHON) -m venv $(VENV); }
	@{ $(INSTALL) --require-hashes -r requirements-report.lock && \
		$(INSTALL) --no-deps --no-build-isolation -e . && touch $@; } || $(GO_ON)

$(READY): requirements.lock $(RUNS)
	@{ $(INSTALL) --require-hashes -r requirements.lock && touch $@; } || $(GO_ON)

report: $(RUNS) ## build the data, run the notebooks, publish reports/latest/index.html
	@$(BIN)/adoption build
	@$(BIN)/adoption report

# Tests of `make versions`; VERSIONS="-m 'not slow' tests" runs all of them.
VERSIONS ?= -m "not slow" tests/test_law.py tests/test_status.py tests/test_api.py tests/test_docstrings.py \
	tests/test_export.py tests/build/test_run.py tests/build/test_write.py tests/forecast \
	tests/reports/test_page.py tests/reports/test_pool.py

# One process more than cores, because a test often waits for a browser or a page. Each process uses
# one thread. The longest modules have few tests, so ordering modules by number of tests is slow.
WORKERS := $(shell echo $$(($$(getconf _NPROCESSORS_ONLN) + 1)))
PYTEST := OPENBLAS_NUM_THREADS=1 OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadscope \
	--no-loadscope-reorder --durations 10 --nbval

test: checked ## everything a change must pass: lint, types, unit, notebooks, browser
	@$(MAKE) --no-print-directory -j 2 types pytest

test-all: checked ## make test, and rare failures: kills, full disks, damaged files, every page
	@$(MAKE) --no-print-directory -j 2 types pytest SLOW=1

checked: setup lint
	@$(BIN)/adoption build --check
	@$(MAKE) --no-print-directory browser-ready

# Functions for JupyterLab, where pandas stores text in Arrow arrays.
ARROW := $(addprefix tests/test_,api.py compared.py docstrings.py episodes.py held.py spells.py status.py)

pytest: setup
	@$(PYTEST) $(if $(SLOW),,-m "not slow" --other-processor computed --forked) notebooks tests
	@$(if $(SLOW),$(PYTEST) --other-processor all notebooks)
	@$(if $(SLOW),$(PYTEST) --arrow -m "not slow" $(ARROW))

lint: setup ## check the style of the code and the direction of imports
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache >/dev/null || $(BIN)/lint-imports --no-cache

types: setup ## check the types of the code
	@$(BIN)/mypy

browser-ready:
	@$(BIN)/python tests/browser/find.py --install

faults: setup ## show that each fault of tests/faults.toml is caught by its test
	@$(BIN)/python -m tests.faults -n 2

mutants: setup ## change the core in small ways and show which changes no test detects
	@$(BIN)/mutmut run
	@$(BIN)/mutmut results

# The documentation needs no update of an existing environment.
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

# JupyterLab does not autosave, so trying a notebook leaves its tracked file unchanged.
lab: setup ## explore the notebooks in JupyterLab
	@JUPYTER_CONFIG_PATH=tools/jupyter$${JUPYTER_CONFIG_PATH:+:$$JUPYTER_CONFIG_PATH} $(BIN)/jupyter lab --ServerApp.root_dir=. --LabApp.default_url=/lab/tree/notebooks \
		--LabApp.custom_css=True --ServerApp.static_custom_path=tools/jupyter/custom

data: setup ## make data/processed from data/raw and data/reference
	@$(BIN)/adoption build

notebooks: setup ## run the notebooks in place to update their committed outputs and pictures
	@$(BIN)/jupyter nbconvert --log-level WARN --to notebook --execute --inplace \
		--ExecutePreprocessor.record_timing=False notebooks/*.ipynb
	@$(BIN)/python -m tools.pictures

golden: setup ## regenerate tests/golden; read the difference before you commit it
	@$(BIN)/python -m tests.sentences

bench: setup report ## measure speed, and store the tables with commit and machine
	@$(BIN)/python -m tools.bench $(ONLY)

geometry: setup ## regenerate the map's topology from its npm package (needs npm)
	@$(BIN)/python -m tools.topology

# With hashes, pip only accepts pins that name the extras. The packages for reports have the same
# pins as the complete list.
COMPILE := uv pip compile --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--no-emit-index-url --no-header --quiet pyproject.toml

lock: ## update the pinned dependencies (needs uv)
	@$(COMPILE) --all-extras -o requirements.lock
	@echo hatchling | $(COMPILE) - --extra report -c requirements.lock -o requirements-report.lock

release: setup ## make the wheel, its bill of materials and the data of VERSION in dist/, and check them
	@rm -rf dist
	@$(BIN)/python -m tools.release "$(VERSION)" dist
	@$(BIN)/twine check --strict dist/*.whl
	@$(BIN)/python -m pytest -q tests/test_start.py -k wheel
	@$(BIN)/python -m pytest -q tests/test_docs.py -k benchmark --runxfail

clean: ## remove generated files: .venv, reports, caches
	@rm -rf $(VENV) .versions docs/html reports dist mutants .pytest_cache .mypy_cache .ruff_cache .hypothesis
