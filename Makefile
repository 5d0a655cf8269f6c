# make test    every test of every layer; what `.ci/run` calls
# make update  write anew what is generated: schemas, codes, pages of the standard, expected assessments
# make book    the book in docs/, into target/book, with every block of code run
# make smoke   the wheel in an environment with nothing else, and an archive that builds by itself; `PROFILE=release` for what is published
# make bench   the benchmarks; docs/performance.md says what they mean

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# The binding is built against the interpreter that the tests run in.
export PYO3_PYTHON := $(abspath $(BIN)/python)
WHEELS := target/wheels
PYTEST := $(BIN)/python -m pytest -c talent-py/pyproject.toml talent-py/tests

.PHONY: test rust features python wheel smoke node browser update bench clean spark book

# Spark before the book, whose notebook has a cell that needs it.
test: rust features python smoke node browser spark book

rust: $(VENV)/ready
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --all-features --locked -- -D warnings
	cargo test --workspace --all-features --locked
	RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --all-features --locked --quiet

# One crate at a time: in a workspace build, features that one crate forgets come from another.
CRATES := talent-model talent-score talent-cli talent-py
features: $(VENV)/ready
	for crate in $(CRATES); do \
	  cargo check --quiet --locked -p $$crate --no-default-features; \
	  cargo check --quiet --locked -p $$crate --all-features; \
	done

$(VENV)/ready: talent-py/requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r $<
	touch $@

export PROFILE ?= dev
wheel: $(VENV)/ready
	rm -rf $(WHEELS)
	$(BIN)/maturin build --quiet --profile $(PROFILE) --manifest-path talent-py/Cargo.toml --interpreter $(PYO3_PYTHON) --out $(WHEELS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --force-reinstall $(WHEELS)/talent_py-*.whl

# Types and stubs are checked by tests of the package itself.
python: wheel
	$(PYTEST) -q $(foreach apart,spark book wheel sdist,--ignore talent-py/tests/test_$(apart).py)
	$(PYTEST)/test_values.py -q --parallel-threads 4

# Nothing is built that is there: the wheel is the one in $(WHEELS), whatever its profile.
smoke: $(VENV)/ready
	ls $(WHEELS)/talent_py-*.whl > /dev/null 2>&1 || $(MAKE) wheel
	$(PYTEST)/test_wheel.py talent-py/tests/test_sdist.py -q

# Frames on a real Spark, apart from the other tests because it is large.
spark: wheel
	command -v java > /dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends openjdk-17-jre-headless > /dev/null; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r talent-py/requirements-spark.txt
	$(PYTEST)/test_spark.py -q

# The book in docs/, into target/book: reference made from the code, notebooks run, every link followed, every block of code run.
book: wheel
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --config-file .mkdocs.yml --strict --quiet
	$(PYTEST)/test_book.py -q

node:
	cd schemas/kit && npm ci --no-audit --no-fund --loglevel=error && npm test --silent

# Reports in a browser. The command is the one that the tests of the workspace have built.
browser:
	command -v chromium > /dev/null || { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium > /dev/null; }
	cargo test --workspace --all-features --locked --no-run --quiet
	cd talent-cli/tests/browser && npm ci --no-audit --no-fund --loglevel=error && CHROMIUM=$$(command -v chromium) npm test --silent

update: export TALENT_UPDATE := 1
update: wheel
	cargo test --quiet -p talent-model --all-features --test generated --test catalogue
	cargo test --quiet -p talent-cli --test cli pages
	$(PYTEST) -q -k assessments

bench:
	cargo bench --workspace

clean:
	rm -rf target $(VENV) schemas/kit/node_modules talent-cli/tests/browser/node_modules
