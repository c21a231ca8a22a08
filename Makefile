# make demo    sets all up and runs the main jobs: reads the example reports, fills ledgers, sets an invented week side by
#              side, and opens it in the desk
# make test    sets all up and passes the tests
PY      := .venv/bin/python
BIN     := .venv/bin
TABLES  := dateline/data/gazetteer.sqlite

.PHONY: demo test check bench tables golden pin web setup clean

setup: .venv/ready $(TABLES)

.venv/ready: requirements/dev.txt pyproject.toml large/pyproject.toml
	python3 -c 'import sys; sys.exit("dateline needs Python 3.11 or later, not %d.%d" % sys.version_info[:2] if sys.version_info < (3, 11) else 0)'
	python3 -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements/dev.txt
	$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . -e ./large
	touch $@

tables $(TABLES): .venv/ready
	$(PY) -m training.tables.gazetteer

demo: setup
	@sh demo.sh $(BIN)

test: setup check
	$(PY) -m pytest

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup
	$(PY) -m benchmarks

golden: setup          # write the golden records again; look at the difference before committing it
	$(PY) -m tests.golden.write

pin:                   # pin requirements/dev.txt again, with hashes and without any registry's address
	$(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --no-header --strip-extras --no-emit-index-url \
	  --no-emit-find-links --no-emit-trusted-host -o requirements/dev.txt requirements/dev.in

web:                   # build the desk's map and timeline again (web/README.md); needs Node, which users do not
	cd web && npm ci --silent && npm run --silent all

clean:                 # take away what setting up made, and what the demonstration left, a desk that is open too
	@if [ -x $(BIN)/dateline ] && [ -f demo-week.db ]; then $(BIN)/dateline desk stop --ledger demo-week.db; fi
	rm -rf .venv $(TABLES) demo.db demo.db[.-]* demo-week.db demo-week.db[.-]* demo-week
