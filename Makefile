# 执笔 Zhibi. `make run` starts the application, `make test` passes the tests; both set up what they need.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PORT ?= 8000
HOST ?= 127.0.0.1
VENV := .venv
BIN := $(VENV)/bin
# The first Python of at least 3.11 on the path; `make PYTHON=… run` chooses another.
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)

.PHONY: help run setup setup-dev browser office test test-postgresql check format docs lock screens bench bench-index bench-search fuzz clean

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 17

run: setup ## set up, index the sample corpus, start the application and print the sign-in link (PORT=8000)
	@$(BIN)/zhibi ingest --if-empty corpus/samples
	@exec $(BIN)/zhibi serve --host $(HOST) --port $(PORT)

setup: $(VENV)/.run-ready ## install the locked requirements; leaves .venv/bin/zhibi

setup-dev: $(VENV)/.dev-ready

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Zhibi needs Python 3.11 or later with venv; none is on the path. On Debian: apt-get install python3 python3-venv"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

# uv installs in seconds what pip takes a minute for; where uv has no wheel or no way to the index, pip does it.
# uv does not read pip's settings, so a mirror named there is handed on.
$(VENV)/.run-ready: requirements/run.lock requirements/installer.lock pyproject.toml | $(BIN)/python
	@echo "setting up $(VENV) from the locked requirements …"
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/installer.lock
	@$(call install,requirements/run.lock)
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation --no-index -e .
	@$(BIN)/python -m compileall -q service prompts corpus eval
	@touch $@

# The tests start hundreds of processes; where Python may not keep what it compiled, each would compile its imports anew.
$(VENV)/.dev-ready: requirements/dev.lock $(VENV)/.run-ready
	@$(call install,requirements/dev.lock)
	@$(BIN)/python -m compileall -q -j 0 $(VENV)/lib >/dev/null 2>&1 || true
	@touch $@

define install
mirror="$${PIP_INDEX_URL:-$$($(BIN)/python -m pip config get global.index-url 2>/dev/null)}"; \
env $${mirror:+UV_DEFAULT_INDEX=$$mirror} $(BIN)/uv pip install -q -p $(BIN)/python --require-hashes -r $(1) \
  || $(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r $(1)
endef

browser: ## a Chromium and Chinese fonts for the page tests
	@if ! command -v chromium >/dev/null && ! command -v chromium-browser >/dev/null && ! command -v google-chrome >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing Chromium for the page tests …"; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 \
	      || { echo "apt-get could not install chromium and fonts-noto-cjk"; exit 2; }; \
	  else \
	    echo "The page tests need Chromium. Install it with: sudo apt-get install chromium fonts-noto-cjk"; exit 2; \
	  fi; \
	fi

office: ## LibreOffice, antiword and Poppler for the tests of Word and PDF files
	@if ! command -v soffice >/dev/null || ! command -v antiword >/dev/null || ! command -v pdftotext >/dev/null; then \
	  if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	    echo "installing LibreOffice, antiword and Poppler for the tests of files …"; \
	    { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends libreoffice-writer-nogui antiword poppler-utils fonts-noto-cjk; } >/dev/null 2>&1 \
	      || { echo "apt-get could not install libreoffice-writer-nogui, antiword, poppler-utils and fonts-noto-cjk"; exit 2; }; \
	  else \
	    echo "The tests of files need: sudo apt-get install libreoffice-writer-nogui antiword poppler-utils fonts-noto-cjk"; exit 2; \
	  fi; \
	fi

# One worker more than there are cores: a page test waits for its browser half of the time.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2); echo $$((n + 1)))
PYTEST = $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder
# First what reads or writes the record over PostgreSQL, then everything over SQLite (tests/over_databases.py).
TESTS = $(PYTEST) --database postgresql && $(PYTEST)

COMPILED = $(BIN)/python -m compileall -q service corpus eval prompts

test: setup-dev browser office ## set up and pass all tests
	@$(COMPILED)
	@$(TESTS)

test-postgresql: setup-dev browser office ## pass all tests over PostgreSQL, those too that the tests above run over SQLite alone
	@$(COMPILED)
	@$(PYTEST) --database postgresql --whole

check: setup-dev browser office ## format, lint, types, import rules, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@$(COMPILED)
	@$(TESTS)

format: setup-dev ## format and mend what the linter can
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix -q .

docs: setup-dev ## write the generated pages anew
	@$(BIN)/python -m docs.generate

lock: setup ## resolve the requirements anew and write the lock files
	@cd requirements && for set in run dev installer peers fuzz; do \
	  case $$set in run) args="../pyproject.toml";; dev) args="../pyproject.toml --group ../pyproject.toml:dev -c run.lock";; fuzz) args="fuzz.in -c run.lock";; *) args="$$set.in";; esac; \
	  ../$(BIN)/uv pip compile $$args --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header -q -U -o $$set.lock || exit 1; \
	done

bench: setup-dev browser $(VENV)-peers/.ready ## print the figures of the closing notes, in half an hour at most
	@$(BIN)/python -m eval.bench $(VENV)-peers/bin/python

screens: setup-dev browser ## take the twelve pictures of docs/screens anew
	@$(BIN)/python -m tests.web.take_screens docs/screens

bench-index: setup-dev ## print the figures of the corpus at more sizes, and of copies among 100,000 reports (half an hour and more)
	@$(BIN)/python -m eval.bench.index $(SECTIONS)
	@$(BIN)/python -m eval.bench.likeness $(REPORTS)

bench-search: setup-dev ## print how well past sections are found, by each leg and joined (LABELS=FILE adds labels)
	@$(BIN)/python -m tests.corpus.measure_search $(if $(LABELS),--headings $(LABELS))

# The readers we measure against need versions that ours must not have, so they live apart.
$(VENV)-peers/.ready: requirements/peers.lock
	@$(PYTHON) -m venv $(VENV)-peers
	@$(VENV)-peers/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/peers.lock
	@touch $@

fuzz: setup ## fuzz the number grammar and the checker, 25 minutes each, in an environment of its own
	@test -x .fuzz/bin/python || $(PYTHON) -m venv .fuzz
	@.fuzz/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/fuzz.lock
	@mkdir -p .fuzz/numbers .fuzz/check
	@.fuzz/bin/python -m tests.fuzz.fuzz_numbers -max_total_time=1500 -max_len=400 -artifact_prefix=.fuzz/ .fuzz/numbers
	@.fuzz/bin/python -m tests.fuzz.fuzz_check -max_total_time=1500 -max_len=500 -timeout=60 -artifact_prefix=.fuzz/ .fuzz/check

clean: ## remove the environment and caches, not your data
	@rm -rf $(VENV) $(VENV)-peers .fuzz .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
