# The commands of the project. Each installs what it needs through scripts/setup.sh, or says in one line what is missing.
# The steps of a target run in order: two cargo builds at once would only wait for each other.
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run build test proof bench generate fmt

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# setup.sh may just have put cargo-nextest there, and a CI shell has often not read cargo's env file.
CARGO_HOME ?= $(HOME)/.cargo
export PATH := $(PATH):$(CARGO_HOME)/bin

CARGO_TARGET_DIR ?= target
DATA ?= data
LISTEN ?= 127.0.0.1:8080
ARGS ?=
# On CI a Cargo.lock that does not fit is a defect; at a desk cargo may bring it up to date.
LOCKED := $(if $(CI),--locked)
# Files that the code writes. They are committed, and `make test` fails when one of them is stale.
GENERATED := openapi.json

help: ## list the targets (this)
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: ## build what is missing and serve (DATA=data LISTEN=127.0.0.1:8080 ARGS="...")
	@scripts/setup.sh run
	@cargo build --release $(LOCKED) -p dispatch-server
	@exec $(CARGO_TARGET_DIR)/release/dispatch serve --data "$(DATA)" --listen "$(LISTEN)" $(ARGS)

build: ## release binary
	@scripts/setup.sh run
	cargo build --release $(LOCKED) -p dispatch-server

test: ## everything that can fail, on both databases
	@scripts/setup.sh test
	cargo fmt --all --check
	cargo clippy --workspace --all-targets $(LOCKED) -- -D warnings
	python3 -B scripts/proof/test_fsync_before_answer.py
	scripts/with-postgres.sh cargo nextest run --workspace $(LOCKED)
	cargo test --doc --workspace $(LOCKED)
	@before=$$(sha256sum $(GENERATED) 2>/dev/null || true); $(MAKE) --no-print-directory generate; \
	  [ "$$before" = "$$(sha256sum $(GENERATED))" ] \
	  || { echo "make test: stale: $(GENERATED) (now written anew: look at the difference and commit it)" >&2; exit 1; }
	@echo "make test: all passed"

# The long experiments are the tests marked #[ignore]. fsync stays on, since what they prove is what the disk has.
proof: ## the long experiments: kills under load, fsync before the answer
	@scripts/setup.sh proof
	cargo build --release --workspace $(LOCKED)
	scripts/with-postgres.sh --durable cargo nextest run --release --workspace $(LOCKED) --profile proof --run-ignored only
	@echo "make proof: all passed"

bench: ## measurements into bench/RESULTS.md (ARGS="--quick": does it all work?)
	@scripts/setup.sh bench
	bench/run.sh $(ARGS)

# Through a temporary file, so that a build that fails does not leave an empty contract behind.
generate: ## write openapi.json from the code
	cargo run -q $(LOCKED) -p dispatch-server -- openapi > openapi.json.tmp || { rm -f openapi.json.tmp; exit 1; }
	mv openapi.json.tmp openapi.json

fmt: ## format the code
	cargo fmt --all
