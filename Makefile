# `make run` and `make test` are all a newcomer types; both make .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
UV := $(shell command -v uv 2>/dev/null)
EXTRAS ?= dev
# In our own order: see tests/conftest.py. A worker that died is not made anew: it would only hang
# once more, in the same test.
PYTEST := $(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder --max-worker-restart 0
GOLD ?= tests/golden/news/report

.PHONY: install run test check bench chaos quality gallery clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml
ifneq ($(UV),)
	test -x $(BIN)/python || $(UV) venv --python $(PYTHON) $(VENV)
	$(UV) pip install --python $(BIN)/python -e '.[$(EXTRAS)]'
else
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --disable-pip-version-check -q -e '.[$(EXTRAS)]'
endif
	touch $@

run: install
	$(BIN)/svodka run

test: install
	$(PYTEST) -m 'not browser'

check: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PYTEST)

bench: install
	$(BIN)/python -m bench

chaos: install
	$(BIN)/python -m bench.chaos

quality: install
	@$(BIN)/python -m bench.quality.table $(GOLD)

gallery: install
	$(BIN)/python -m bench.gallery

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find bot storage tests bench -name __pycache__ -type d -prune -exec rm -rf {} +
