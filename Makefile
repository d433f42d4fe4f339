# Everything runs in .venv, which each target sets up when it is missing or out of date.
# PYTHON=/path/to/python3.12 picks the Python it is made with.
.DEFAULT_GOAL := help
.PHONY: help setup demo test check checks format lint types layers knowledge gate docs fix wheel lock \
	knowledge-tools encoder-tools train folds gazetteer licences web clean
unexport PYTHONPATH PYTHONHOME

BIN := .venv/bin
CODE := src tests benchmarks scripts training
DATA := src/dateline/knowledge
GOLD ?= ../shared/gold/train
TEXTS ?= ../shared/data/texts
FOLDS ?= 3

help:  ## Show the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/\1\t\2/p' Makefile | expand -t 12

setup:  ## Prepare .venv with the locked packages and the dateline command
	@scripts/setup.sh

demo: setup  ## Code the sample dispatches; writes build/demo/index.html
	@$(BIN)/python scripts/demo.py build/demo

test: setup  ## Run every test
	$(BIN)/python -m pytest $(ARGS)

check: checks test gate  ## Everything that must hold before a change is merged

checks: format lint types layers knowledge  ## What holds without running the tests

format: setup
	$(BIN)/ruff format --check $(CODE)

lint: setup
	$(BIN)/ruff check $(CODE)

types: setup
	$(BIN)/mypy

layers: setup
	$(BIN)/lint-imports

knowledge: setup  ## Check the data files and the examples of their entries
	$(BIN)/dateline lint

gate: setup  ## Score the gold dispatches and compare with the floors
	$(BIN)/python benchmarks/quality.py

docs: setup  ## Write the generated pages anew (docs/codebook.md, docs/commands.md)
	$(BIN)/python scripts/write_docs.py

fix: setup  ## Format the code and mend what ruff can mend
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

licences: setup  ## Check the licences of all locked packages; writes build/sbom.json
	@$(BIN)/python scripts/licences.py --quiet --sbom build/sbom.json

web:  ## Build the pages of the review desk anew (needs Node 20.19 or newer)
	scripts/build_web.sh

wheel: setup  ## Build the wheel, install it in a clean environment and try it
	@scripts/try_wheel.sh build/wheel

lock:  ## Write requirements/*.txt anew (needs uv; ARGS=--upgrade for newer versions)
	scripts/lock.sh $(ARGS)

knowledge-tools: setup
	$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements/knowledge.txt

train: knowledge-tools encoder-tools  ## Train all classifiers anew (GOLD=folder of gold records, TEXTS=open texts)
	$(BIN)/python training/train.py $(GOLD) --texts $(TEXTS)
	$(BIN)/python training/encoder.py $(GOLD) --texts $(TEXTS)

folds: knowledge-tools  ## Cross-validate the linear classifiers (FOLDS=3)
	$(BIN)/python training/train.py $(GOLD) --texts $(TEXTS) --folds $(FOLDS)

encoder-tools: setup
	$(BIN)/python -m pip install -qq --require-hashes --only-binary :all: -r requirements/encoder.txt

gazetteer: knowledge-tools  ## Make the gazetteer anew from GeoNames extracts
	$(BIN)/python scripts/build_gazetteer.py $(DATA)/gazetteer/geonames.sqlite

clean:  ## Remove what was built (not .venv)
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache src/*.egg-info
