# The one list of commands. `make` alone shows them.
PYTHON ?= python3
BIN := .venv/bin

help: ## show this list
	@grep -E '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 16

setup: ## install what the program needs: Debian packages, .venv, the command agent-desktop
	@$(PYTHON) tools/setup.py run

setup-test:
	@$(PYTHON) tools/setup.py test

demo: setup ## open the workstation with a made-up company and practice calls (no display: a tour of it, checked)
	@$(BIN)/agent-desktop demo

run: setup ## open the workstation
	@$(BIN)/agent-desktop run

doctor: setup ## say what this computer still needs
	@$(BIN)/agent-desktop doctor

test: setup-test ## run all tests, without display or sound card
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

lint: setup-test ## style, types, layers, unused dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

bench: setup-test ## measure; writes build/bench.json
	@$(BIN)/python -m benchmarks

soak: setup-test ## the tests that take long
	@$(BIN)/python -m pytest -m soak

shots: setup ## screenshots of every screen, light and dark, in build/shots
	@$(BIN)/agent-desktop shots --dir build/shots

messages: setup-test ## collect what is to be translated, compile what has been; LANGUAGE=pl begins another
	@$(BIN)/python tools/messages.py $(LANGUAGE)

lock: ## write requirements.lock anew from pyproject.toml
	@$(PYTHON) tools/lock.py

.PHONY: help setup setup-test demo run doctor test lint bench soak shots messages lock
