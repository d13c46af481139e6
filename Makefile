# Chi trả. Two commands are enough: `make run` and `make test`.

.DEFAULT_GOAL := help
.PHONY: help run setup test test-setup test-sqlite test-postgres test-browser check format bench translations plan pictures clean

PYTHON ?=
PORT ?= 8000
CHITRA_DEMO ?= 1
export PYTHON PORT CHITRA_DEMO
BIN := .venv/bin

##@ To use

run: setup ## Set up what is missing, open the house on http://127.0.0.1:8000, print one sign-in per role
	@deploy/run.sh

setup: ## Only set up: system libraries, .venv, translations, database
	@deploy/system_packages.sh run
	@deploy/environment.sh run
	@mkdir -p var && chmod 700 var
	@$(BIN)/python -m deploy.translations compile
	@$(BIN)/flask --app app migrate

bench: setup ## Measure speed against the limits named in provider/bench (BENCH=name for one)
	@$(BIN)/flask --app app bench $(BENCH)

##@ To work on it

test: test-setup ## Everything: linters, all tests on SQLite, the database tests on PostgreSQL
	@deploy/test.sh

test-setup:
	@deploy/system_packages.sh test
	@deploy/environment.sh test
	@$(BIN)/python -m deploy.translations compile

check: test-setup ## Read the code: ruff, mypy, the stairs
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo --no-cache

test-sqlite: test-setup ## All tests on SQLite (TESTS=path for some)
	$(BIN)/python -m pytest -q -n 2 --dist loadgroup $(TESTS)

test-postgres: test-setup ## The tests that use a database, on a throw-away PostgreSQL server (TESTS=path for some)
	deploy/throwaway_postgres.sh $(BIN)/python -m pytest -q -n 2 --dist loadgroup -m "database and not e2e" $(TESTS)

test-browser: test-setup ## Only the journeys in a real browser
	$(BIN)/python -m pytest -q -m e2e tests/journeys

translations: test-setup ## Collect the sentences from the code into provider/translations, and compile them
	@$(BIN)/python -m deploy.translations collect
	@$(BIN)/python -m deploy.translations compile

plan: test-setup ## Draw the plan of the house in the README anew
	@$(BIN)/python -m deploy.plan_of_the_house

pictures: test-setup ## Take the pictures of the README anew, from a demo month
	@$(BIN)/python -m deploy.pictures

clean: ## Remove what was built: .venv and caches; the database in var/ stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find provider/translations -name '*.mo' -delete 2>/dev/null || true

help: ## Show this
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@/ { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo
