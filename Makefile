# Lakthan. `make help` lists what can be made. Every step leaves a stamp, so that a second run is quick.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help
MAKEFLAGS += --no-builtin-rules
unexport PYTHONDONTWRITEBYTECODE  # every process of the tests would compile everything anew

PYTHON ?= python3
NPM ?= $(shell command -v npm)
PORT ?= 8000

VENV := .venv
BIN := $(VENV)/bin
STAMPS := $(VENV)/stamps
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input
CATALOGS := $(wildcard src/lakthan/web/locale/*/LC_MESSAGES/*.po)
PROCESSES := --numprocesses auto --maxprocesses 4
READY := $(STAMPS)/package $(STAMPS)/translations node_modules/.package-lock.json

DEBIAN_DEMO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
DEBIAN_TEST := $(DEBIAN_DEMO) chromium gettext poppler-utils postgresql
DEBIAN_SOAK := $(DEBIAN_TEST) libreoffice-writer-nogui

.PHONY: help demo test check soak lock translations clean debian-demo debian-test debian-soak

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(STAMPS)/server $(READY) ## build the demonstration city and serve it (SERVE=0: build only; PORT=8000)
	$(BIN)/lakthan demo --fresh
ifneq ($(SERVE),0)
	$(BIN)/lakthan serve --port $(PORT)
endif

test: $(STAMPS)/dev $(READY) | debian-test ## run all tests: SQLite, PostgreSQL and the browser
	$(BIN)/python -m pytest $(PROCESSES)
	$(BIN)/python -m tests.postgresql $(PROCESSES)

check: $(STAMPS)/dev $(READY) | debian-test ## style, types, import rules, migrations, templates, translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/django-admin makemigrations --check --dry-run --settings lakthan.config.settings
	$(BIN)/python -m pytest --quiet tests/house/test_templates.py tests/house/test_translations.py

soak: $(STAMPS)/dev $(READY) | debian-soak ## run the long counts, minutes to hours
	$(BIN)/python -m pytest -m soak

# compile NAME, INPUTS: write requirements/NAME.txt
compile = $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --no-header --universal \
	--python-version 3.11 $(2) --output-file requirements/$(1).txt

lock: $(STAMPS)/dev ## compile the lock files anew from pyproject.toml and requirements/*.in
	$(call compile,dev,pyproject.toml --extra server requirements/tools.in requirements/build.in)
	$(call compile,server,pyproject.toml --extra server --constraint requirements/dev.txt)
	$(call compile,build,requirements/build.in --constraint requirements/dev.txt)
	$(call compile,node,requirements/node.in --constraint requirements/dev.txt)

translations: $(STAMPS)/dev ## collect the texts of templates and code into the catalogs, and compile them
	$(BIN)/python -m lakthan.web.catalogs collect
	$(BIN)/python -m lakthan.web.catalogs

clean: ## remove what was installed and built, not the data in var
	rm -rf $(VENV) node_modules build dist test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +
	find src -name '*.mo' -delete

debian-demo:
	@requirements/debian.sh $(DEBIAN_DEMO)

debian-test:
	@requirements/debian.sh $(DEBIAN_TEST)

debian-soak:
	@requirements/debian.sh $(DEBIAN_SOAK)

$(STAMPS)/venv: | debian-demo
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Lakthan needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	mkdir -p $(STAMPS)
	@touch $@

$(STAMPS)/server: requirements/build.txt requirements/server.txt | $(STAMPS)/venv
	$(PIP) --require-hashes -r requirements/build.txt -r requirements/server.txt
	@touch $@

$(STAMPS)/dev: requirements/dev.txt | $(STAMPS)/venv
	$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@ $(STAMPS)/server

$(STAMPS)/package: pyproject.toml CHANGELOG.md README.md
	$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

$(STAMPS)/translations: $(CATALOGS) | $(STAMPS)/package
	$(BIN)/python -m lakthan.web.catalogs
	@touch $@

node_modules/.package-lock.json: package.json package-lock.json | $(STAMPS)/venv
ifeq ($(NPM),)
	$(PIP) --require-hashes -r requirements/node.txt
endif
	$(or $(NPM),$(BIN)/npm) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@
