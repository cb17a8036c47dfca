# Everything runs in the project's own environment, .venv; `make demo` and `make test` need git, make and Python 3.11+.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check format bench stress clean

demo: $(STAMP)  ## the main job on a fresh config repository
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/demo.sh

test: $(STAMP)  ## the whole suite
	@PATH="$(CURDIR)/$(BIN):$$PATH" scripts/tools.sh
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(STAMP)  ## format, lint, types, layers, generated files, workflows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/generate.py --check
	$(BIN)/gitscale lint
	$(BIN)/zizmor --offline --quiet --persona pedantic .github action.yml ci/github
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml ci/github/*/action.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci ci/gitlab/*.yml
	$(BIN)/pre-commit validate-manifest .pre-commit-hooks.yaml

format: $(STAMP)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/python scripts/generate.py

bench: $(STAMP)  ## figures, side by side with their peers
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[dev,bench]'
	$(BIN)/python -m benchmarks

stress: $(STAMP)  ## 8 writers, hand-made commits beside them, 200 kills, every step failing, 10,000 syncs
	$(BIN)/python -m benchmarks.stress writers
	$(BIN)/python -m benchmarks.stress hand
	$(BIN)/python -m benchmarks.stress kill
	$(BIN)/python -m benchmarks.stress crash
	$(BIN)/python -m benchmarks.stress soak

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing into $(VENV) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@$(BIN)/python -m compileall -q gitscale  # where bytecode is not written, every start would compile anew
	@touch $(STAMP)

clean:
	rm -rf $(VENV) .tools build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
