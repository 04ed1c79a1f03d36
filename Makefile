# The commands of the project. Each installs what it needs through scripts/setup.sh, or says in one line what is missing.
# The steps of a target run in order: two cargo builds at once would only wait for each other.
.NOTPARALLEL:
.DEFAULT_GOAL := help
.PHONY: help run build test contract proof bench package generate fmt

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
GENERATED := openapi.json docs/errors.md sdk/typescript/src/generated/openapi.ts sdk/typescript/src/generated/models.ts
# What looks at the server from outside starts this binary, which the Rust tests have built.
SERVER := $(abspath $(CARGO_TARGET_DIR))/debug/dispatch
# The long experiments look at the one that is released.
RELEASED := $(abspath $(CARGO_TARGET_DIR))/release/dispatch
CRASH := python3 -B scripts/proof/crash --binary $(RELEASED)
# Clippy looks on while the tests are built, as `cargo clippy` would have it but without checking every dependency once more.
LINTED := RUSTC_WORKSPACE_WRAPPER=clippy-driver CLIPPY_ARGS=-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__
# All of it, whatever is needed: with the features of one package alone cargo would build the dependencies anew.
DEBUG_BUILD := cargo build -q --workspace --tests $(LOCKED)

# The dashboard is part of the binary: it is built before the crates that hold it, and again when its sources have changed.
DASHBOARD := dashboard/dist/index.html
DASHBOARD_SOURCES := $(shell find dashboard/src dashboard/public dashboard/scripts sdk/typescript/src -type f 2>/dev/null) \
  dashboard/index.html dashboard/vite.config.ts dashboard/package-lock.json

help: ## list the targets (this)
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 18

run: ## build what is missing and serve (DATA=data LISTEN=127.0.0.1:8080 ARGS="...")
	@scripts/setup.sh run
	@$(MAKE) --no-print-directory $(DASHBOARD)
	@cargo build --release $(LOCKED) -p dispatch-server
	@exec $(CARGO_TARGET_DIR)/release/dispatch serve --data "$(DATA)" --listen "$(LISTEN)" $(ARGS)

build: ## release binary
	@scripts/setup.sh run
	@$(MAKE) --no-print-directory $(DASHBOARD)
	cargo build --release $(LOCKED) -p dispatch-server

$(DASHBOARD): $(DASHBOARD_SOURCES)
	@npm --prefix dashboard ci --silent --no-audit --no-fund
	npm --prefix dashboard run -s build

test: ## everything that can fail, on both databases
	@scripts/setup.sh test
	cargo fmt --all --check
	python3 -B scripts/proof/test_fsync_before_answer.py
	@$(MAKE) --no-print-directory $(DASHBOARD)
	$(LINTED) scripts/with-postgres.sh cargo nextest run --workspace $(LOCKED)
	$(LINTED) cargo test --doc --workspace $(LOCKED)
	@$(LINTED) $(MAKE) --no-print-directory contract
	@echo "make test: all passed"

# The document, the client, the pages and the server, each held against the others on both databases.
contract: ## openapi.json, the client, the docs, the dashboard and fuzzing, against the debug binary
	@scripts/setup.sh test
	@$(MAKE) --no-print-directory $(DASHBOARD)
	$(DEBUG_BUILD)
	@for folder in scripts/contract sdk/typescript docs/test dashboard; do npm --prefix $$folder ci --silent --no-audit --no-fund; done
	@before=$$(sha256sum $(GENERATED) 2>/dev/null || true); $(MAKE) --no-print-directory generate BUILT=1; \
	  [ "$$before" = "$$(sha256sum $(GENERATED))" ] \
	  || { echo "make contract: stale, among $(GENERATED) (now written anew: look at the difference and commit it)" >&2; exit 1; }
	npm --prefix scripts/contract run -s lint
	@# Fuzzing is one process that takes longer than the others together: it works beside them. On PostgreSQL it runs in `make proof`.
	@export DISPATCH_BIN=$(SERVER); log=$$(mktemp); \
	  { scripts/contract/fuzz/run.sh --self-test && scripts/contract/fuzz/run.sh --examples 2 --batch 2 --database sqlite; } >"$$log" 2>&1 & fuzz=$$!; \
	  failed=; \
	  scripts/with-postgres.sh npm --prefix sdk/typescript run -s check || failed=client; \
	  scripts/with-postgres.sh npm --prefix docs/test run -s test || failed+=" docs"; \
	  npm --prefix dashboard run -s check || failed+=" dashboard"; \
	  npm --prefix dashboard run -s smoke || failed+=" smoke"; \
	  wait $$fuzz || failed+=" fuzzing"; \
	  cat "$$log"; rm -f "$$log"; \
	  [ -z "$$failed" ] || { echo "make contract: failed:$$failed" >&2; exit 1; }

# The long experiments are the tests marked #[ignore], and fuzzing without haste. fsync stays on, since what they prove is what the disk has.
proof: ## the long experiments: kills and power cuts under load, fsync before the answer, mail with real peers, several machines
	@scripts/setup.sh proof
	cargo build --release --workspace $(LOCKED)
	scripts/with-postgres.sh --durable cargo nextest run --release --workspace $(LOCKED) --profile proof --run-ignored only
	DISPATCH_BIN=$(RELEASED) python3 -B scripts/proof/mail_peers.py
	DISPATCH_BIN=$(RELEASED) python3 -B scripts/proof/garage.py
	$(CRASH) --self-test
	for seed in 1 2 3 4; do $(CRASH) --kills 250 --seed $$seed; done
	scripts/with-postgres.sh --durable bash -c '$(CRASH) --kills 200 --database "$$DISPATCH_TEST_POSTGRES"'
	$(CRASH) --kills 200 --disaster unsynced
	for disaster in full-disk read-only clock-back; do $(CRASH) --kills 60 --disaster $$disaster; done
	DISPATCH_BIN=$(RELEASED) DISPATCH_BUCKET_BIN=$(abspath $(CARGO_TARGET_DIR))/release/dispatch-test-bucket python3 -B scripts/proof/machines
	@npm --prefix dashboard ci --silent --no-audit --no-fund
	DISPATCH_BIN=$(RELEASED) npm --prefix dashboard run -s whole
	DISPATCH_BIN=$(RELEASED) scripts/with-postgres.sh \
	  scripts/contract/fuzz/run.sh --examples 400 --seconds 3000 --all
	@echo "make proof: all passed"

package: ## a static binary, a Debian package and an archive in target/package, tried out
	@scripts/setup.sh package
	@$(MAKE) --no-print-directory $(DASHBOARD)
	packaging/build.sh
	packaging/test.sh

bench: ## measurements into bench/RESULTS.md (ARGS="--quick": does it all work?)
	@scripts/setup.sh bench
	bench/run.sh $(ARGS)

# Through temporary files, so that a build that fails does not leave half a contract behind.
generate: ## write what is made from the code: openapi.json, the table in docs/errors.md, the types of the client
	$(if $(BUILT),,cargo build -q $(LOCKED) -p dispatch-server)
	$(SERVER) openapi > openapi.json.tmp && mv openapi.json.tmp openapi.json
	scripts/write-error-table.sh $(SERVER)
	@[ -d sdk/typescript/node_modules ] || npm --prefix sdk/typescript ci --silent --no-audit --no-fund
	npm --prefix sdk/typescript run -s generate

# Part of the proof: what comes in from outside, and arbitrary bytes for what reads them.
proof: security
.PHONY: security
security: ## what comes in by deny.toml, and long fuzzing of what strangers send
	@scripts/setup.sh proof
	scripts/proof/deny.sh
	fuzz/run.sh 300
	crates/mail/fuzz/run.sh 600

fmt: ## format the code
	cargo fmt --all
