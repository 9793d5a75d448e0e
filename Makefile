# Every target sets up what it needs: Python packages in .venv, Node packages in
# node_modules, styles and scripts in app/static/dist, compiled translations.

PYTHON ?= python3
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime
DEVELOP := $(VENV)/.develop
PACKAGES := node_modules/.installed
PICTURES := test-results/story
MANIFEST := app/static/dist/manifest.json
CATALOGUES := $(wildcard app/translations/*/LC_MESSAGES/*.po)
TRANSLATIONS := $(CATALOGUES:.po=.mo)
LIGHTHOUSE := bench/lighthouse/node_modules/.installed
SOCKET_IO := bench/load/node_modules/.installed
# What only some benchmarks need: all without ARGS, else those that are named.
wanted_by = $(if $(ARGS),$(filter $(1),$(ARGS)),all)
yardsticks = $(if $(call wanted_by,visit),$(LIGHTHOUSE)) \
    $(if $(call wanted_by,fanout --short),$(SOCKET_IO))
# Folders too, so that a removed file counts as a change.
ASSETS := $(shell find app/static/src 2>/dev/null)

# What is compiled once is kept: many pytest processes and servers read the same files.
unexport PYTHONDONTWRITEBYTECODE

# The machine's Node and npm, unless they had to be put into .venv.
with_node := PATH="$(CURDIR)/$(BIN):$$PATH"
has_node := node -e 'const [a, b] = process.versions.node.split(".").map(Number); \
    process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' && npm --version

pip_install := $(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes
pip_compile := CUSTOM_COMPILE_COMMAND="make lock" ../$(BIN)/pip-compile --quiet --strip-extras \
    --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host

texts := app/translations/messages.pot
extract := $(BIN)/pybabel --quiet extract --mapping pyproject.toml --sort-by-file --no-location \
    --project Dialograum --add-comments "Note:" \
    --keyword _l --keyword _n:1,2 --keyword lazy_ngettext:1,2 \
    --output-file $(texts) .
begin := $(BIN)/pybabel --quiet init --input-file $(texts) --output-dir app/translations --locale de
update := $(BIN)/pybabel --quiet update --input-file $(texts) --output-dir app/translations \
    --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width 100

# A file's tests share servers, so they stay together. Benchmarks and faults want the machine for
# themselves; browsers come apart from the many, whom they would slow down. Of their files the
# longest come early by their names. Each takes several processes, so two tests at a time are enough.
# ARGS may leave nothing of one of the runs: pytest calls that 5. All run, even if one has failed.
# One more than there are cores, up to four, since tests wait for databases and sockets, too.
workers := $(shell $(PYTHON) -c 'import os; print(min(4, 1 + (os.cpu_count() or 1)))')
side_by_side := $(BIN)/python -m pytest --numprocesses $(workers) --dist loadfile
in_browsers := $(BIN)/python -m pytest --numprocesses 2 --dist loadfile --no-loadscope-reorder
none_chosen := 5

# $(call quietly,NAME,COMMAND): one line for a step; what it printed only if it failed.
quietly = @printf '%s\n' '$(1)'; said=$$({ $(2); } 2>&1) || { printf '%s\n' "$$said" >&2; exit 1; }

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check lint bench faults screenshots assets translations compiled lock clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: $(RUNTIME) $(MANIFEST) $(TRANSLATIONS) ## serve on http://127.0.0.1:8000 (HOST=… PORT=…)
	@exec $(BIN)/python wsgi.py

test: $(DEVELOP) $(MANIFEST) $(TRANSLATIONS) ## all checks and tests (ARGS=… for pytest)
	@scripts/install_test_needs
	@$(MAKE) --no-print-directory lint
	@failed=; \
	$(side_by_side) -m "not browser and not alone" $(ARGS) || [ $$? = $(none_chosen) ] || failed=1; \
	$(in_browsers) -m "browser and not alone" $(ARGS) || [ $$? = $(none_chosen) ] || failed=1; \
	$(BIN)/python -m pytest -m alone $(ARGS) || [ $$? = $(none_chosen) ] || failed=1; \
	[ -z "$$failed" ]

check: $(DEVELOP) $(MANIFEST) $(TRANSLATIONS) lint ## the fast part of it: no browser, no PostgreSQL
	@$(side_by_side) -m "not browser and not postgresql and not alone" $(ARGS)

lint: $(DEVELOP)
	$(call quietly,ruff,$(BIN)/ruff check . && $(BIN)/ruff format --check .)
	$(call quietly,mypy,$(BIN)/mypy)
	$(call quietly,import-linter,$(BIN)/lint-imports --no-logo)
	$(call quietly,djlint,$(BIN)/djlint --lint app/templates)

bench: $(DEVELOP) $(MANIFEST) $(TRANSLATIONS) $(yardsticks) ## the benchmarks (ARGS=… for some, --short)
	@$(with_node) $(BIN)/python -m bench.run $(ARGS)

faults: $(DEVELOP) $(MANIFEST) $(TRANSLATIONS) ## the fault tests at full length (ARGS=… for pytest)
	@scripts/install_test_needs
	@FAULTS=full $(BIN)/python -m pytest tests/faults $(ARGS)

screenshots: $(DEVELOP) $(MANIFEST) $(TRANSLATIONS) ## the README's pictures, made by the browser test
	@scripts/install_test_needs
	@STORY_PICTURES=$(PICTURES) $(BIN)/python -m pytest -q -m browser tests/browser/test_flash_poll.py
	@cp $(PICTURES)/*-poll-phone-de-light.png docs/screenshots/phone.png
	@cp $(PICTURES)/*-suggestions-cockpit-light.png docs/screenshots/cockpit.png
	@cp $(PICTURES)/*-aspects-screen-light.png docs/screenshots/screen.png

assets: $(MANIFEST) ## styles and scripts

translations: $(RUNTIME) ## gather the texts into app/translations, and compile them
	$(call quietly,texts,$(extract) && $(if $(CATALOGUES),$(update),$(begin)))
	@$(MAKE) --no-print-directory compiled

compiled: $(TRANSLATIONS)
	@:

lock: $(DEVELOP) ## pin what requirements/*.in and package.json name (ARGS=--upgrade for newer)
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11) and \
	    "Lock with the oldest Python that is supported, 3.11: newer ones pick packages it lacks.")'
	$(call quietly,pip-tools,$(BIN)/python -m pip install -qq --disable-pip-version-check pip-tools)
	$(call quietly,requirements,cd requirements && for name in runtime develop node; do \
	    $(pip_compile) $(ARGS) --output-file $$name.txt $$name.in || exit 1; done)
	$(call quietly,package-lock.json,for at in . bench/lighthouse bench/load; do \
	    (cd $$at && $(with_node) npm install --package-lock-only) || exit 1; done)

clean: ## remove what was built, but neither packages nor data
	@rm -rf app/static/dist $(texts) $(TRANSLATIONS)
	@rm -rf .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find app bench migrations scripts tests -name __pycache__ -prune -exec rm -rf {} + 2>/dev/null; true

$(BIN)/python:
	$(call quietly,Python in $(VENV),PYTHON="$(PYTHON)" scripts/make_venv)

$(RUNTIME): requirements/runtime.txt | $(BIN)/python
	$(call quietly,Python packages,$(pip_install) -r $<)
	@touch $@

$(DEVELOP): requirements/develop.txt | $(BIN)/python
	$(call quietly,Python packages for checks and tests,$(pip_install) -r $<)
	@touch $@ $(RUNTIME)

$(PACKAGES): package.json package-lock.json requirements/node.txt | $(BIN)/python
	@{ $(with_node); $(has_node); } >/dev/null 2>&1 || \
	    { echo 'Node.js in $(VENV)' && $(pip_install) -r requirements/node.txt; }
	$(call quietly,Node packages,$(with_node) npm ci)
	@touch $@

$(MANIFEST): $(PACKAGES) $(wildcard scripts/build_*.mjs) $(ASSETS)
	$(call quietly,styles and scripts,$(with_node) node scripts/build_assets.mjs)

$(LIGHTHOUSE) $(SOCKET_IO): %/node_modules/.installed: %/package.json %/package-lock.json | $(PACKAGES)
	$(call quietly,Node packages of $*,cd $* && $(with_node) npm ci)
	@touch $@

%.mo: %.po | $(RUNTIME)
	$(call quietly,translation $<,$(BIN)/pybabel -q compile --input-file $< --output-file $@)
