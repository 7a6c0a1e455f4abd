# The commands of the project; `make run` and `make test` set up what they need on a fresh machine.
PYTHON ?= python3
BIN := .venv/bin
export DATA_DIR ?= $(CURDIR)/var
export HOST ?= 127.0.0.1
export PORT ?= 8000

.PHONY: run test check bench browser pictures words proof

run: .venv/installed
	@DEMO=1 BASE_URL=http://$(HOST):$(PORT) $(BIN)/python manage.py setup
	@DEMO=1 BASE_URL=http://$(HOST):$(PORT) $(BIN)/python manage.py up

test: .venv/installed-test
	@$(BIN)/python -m tests.run

browser: .venv/installed-test
	@$(BIN)/python -m tests.run --browser

pictures: .venv/installed-test
	@$(BIN)/python -m tests.journeys.pictures

# Bring the catalogues of people's words to what the source says, and compile them.
words: .venv/installed-test
	@DEMO=1 DATA_DIR=$(CURDIR)/var/check $(BIN)/python -m tests.languages.catalogues

check: .venv/installed-test
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet
	@DEMO=1 DATA_DIR=$(CURDIR)/var/check $(BIN)/python manage.py check
	@env BASE_URL=https://help.example EMAIL_URL=smtp://localhost:25 DATA_DIR=$(CURDIR)/var/check \
		$(BIN)/python manage.py check --deploy --fail-level WARNING
	@DEMO=1 DATA_DIR=$(CURDIR)/var/check $(BIN)/python manage.py makemigrations --check --dry-run

# Each large proof whole; `make test` runs a part of it.
proof: .venv/installed-test
	@PROOF=1 $(BIN)/python -m tests.run tests/faults tests/laws/test_odd_requests.py \
		tests/feedback/intake/test_broken_pictures.py tests/feedback/stripping/test_properties.py \
		tests/consent/access/test_oracle.py tests/consent/centre/test_verifying_receipts.py
	@PROOF=1 $(BIN)/python -m tests.run --browser tests/journeys/test_receipt.py

bench: .venv/installed-test .venv-bench/installed
	@$(BIN)/python -m bench

.venv/installed: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check uv
	@$(BIN)/uv --system-certs pip install -q --python $(BIN)/python --require-hashes -r requirements.txt
	@touch $@

.venv/installed-test: requirements-test.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --disable-pip-version-check uv
	@$(BIN)/uv --system-certs pip install -q --python $(BIN)/python --require-hashes -r requirements-test.txt
	@touch .venv/installed $@

# What the stripping is measured beside; `make bench` alone uses it.
.venv-bench/installed: requirements-bench.txt .venv/installed-test
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@$(BIN)/uv --system-certs pip install -q --python .venv-bench/bin/python --require-hashes -r requirements-bench.txt
	@touch $@
