# Needs Python 3.11, 3.12 or 3.13 with venv, git and make. Everything else comes from uv.lock.
PYTHON ?= python3
UV_VERSION := 0.13.9
UV := .tools/bin/uv
RUN := $(UV) run --locked

# The Python of this machine, never one that uv would download.
export UV_PYTHON_DOWNLOADS := never
export UV_PYTHON = $(shell $(PYTHON) -c 'import os, sys; print(os.path.realpath(sys.executable))')
unexport VIRTUAL_ENV

.PHONY: demo test lint fix clean

demo: $(UV)  ## plans the demonstration season; leaves out/ with plan, map and schedule
	$(RUN) --no-dev tourpool plan data/demo --out out

test: lint  ## every gate
	$(RUN) pytest

lint: $(UV)  ## formatting, types and floors
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy
	$(RUN) lint-imports

fix: $(UV)  ## mends what ruff can mend
	$(RUN) ruff check --fix .
	$(RUN) ruff format .

# The version is in the name of the mark, so that a new pin brings a new uv.
$(UV): .tools/uv-$(UV_VERSION)
.tools/uv-$(UV_VERSION):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' || { \
	  echo "tourpool needs Python 3.11, 3.12 or 3.13, and '$(PYTHON)' is `$(PYTHON) -V 2>&1`." >&2; \
	  echo "Name another one, for example: make demo PYTHON=python3.12" >&2; exit 1; }
	$(PYTHON) -m venv --clear .tools
	.tools/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

clean:  ## removes all that make made
	rm -rf .tools .venv .venv-newest build dist out *.egg-info .*_cache .hypothesis
