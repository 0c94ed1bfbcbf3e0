# Each target sets up what it needs. `make demo` and `make test` are all a newcomer has to know.
PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed

# What writes no rows of its own, or asks the engine alone: it is tested once, and not on each database.
NO_DATABASE := apps/budgeting/test_mine.py apps/outlook/test_compute.py apps/reports architecture benchmarks engines formats kernel packaging sources test_documents.py test_messages.py test_tutorial.py

# Else every process compiles every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup demo test check bench screenshots assets messages lock clean help

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

$(STAMP): requirements/dev.txt pyproject.toml hatch_build.py
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Samskap needs Python 3.11 or newer. Call make with PYTHON=python3.12, say."; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

setup: $(STAMP) assets ## Make the virtual environment and build the assets

demo: setup ## Run Samskap with a living example municipality
	$(BIN)/samskap demo

test: setup ## Run every test on SQLite, those of rows on PostgreSQL too
	$(BIN)/python -m pytest -n 2
	SAMSKAP_TEST_DATABASE=postgresql $(BIN)/python -m pytest -n 2 -m "not browser and not slow" $(addprefix --ignore tests/,$(NO_DATABASE))

check: setup ## Lint, types, import contracts, fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -n 2 -m "not browser and not slow"

bench: setup .venv/.bench ## Run the benchmarks, all of them, and fail if a demanded figure is not reached
	@failed=0; for file in $$(grep -l '^if __name__' benchmarks/*/*.py); do echo "== $$file"; $(BIN)/python "$$file" || failed=1; done; exit $$failed

.venv/.bench: $(STAMP) requirements/bench.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch .venv/.bench

screenshots: setup ## Take pictures of every page, and the README's
	$(BIN)/python -m tests.journeys.screenshots

assets: $(STAMP) ## Build styles, scripts and translations
	$(BIN)/python hatch_build.py

messages: $(STAMP) ## Collect the texts of the interface into the catalogues
	$(BIN)/python -m samskap.project.messages

lock: $(STAMP) ## Pin every dependency with its hashes
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --no-emit-index-url --no-emit-find-links -q pyproject.toml -o requirements/run.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --no-emit-index-url --no-emit-find-links -q pyproject.toml --group dev -o requirements/dev.txt
	$(BIN)/uv pip compile --universal --generate-hashes --no-annotate --no-header --python-version 3.11 --no-emit-index-url --no-emit-find-links -q pyproject.toml --group bench -c requirements/dev.txt -o requirements/bench.txt

clean: ## Remove what was built
	rm -rf .venv frontend/node_modules dist build src/samskap/web/static/samskap
