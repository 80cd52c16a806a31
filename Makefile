# Paddock's build. `make help` lists the targets.
.DEFAULT_GOAL := help
.PHONY: help run build train test bench dist vm-check agent java format clean bootstrap

MVN := ./mvnw -q -B
BUILT := server/target/paddock/.built
LEARNT := server/target/paddock/server.aot

help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: build train ## Start Paddock and OpenCode in a sandbox; stays until Ctrl-C
	@scripts/run

bootstrap: ## Install the packages that building and running need
	@scripts/bootstrap

build: bootstrap agent java ## Build the program into server/target/paddock

agent: ## Build the in-sandbox agent and the host-side launcher
	@cd agent && cargo build --release --locked
	@cd launcher && cargo build --release --locked

java: $(BUILT) ## Build the server and the command line

# Maven takes longer to find that nothing has changed than the server takes to start. Directories
# count as well: they change when a file goes.
$(BUILT): pom.xml $(wildcard */pom.xml */proto/*) $(shell find */src/main -not -path 'agent/*' -not -path 'launcher/*')
	@$(MVN) -DskipTests package
	@touch $@

train: $(LEARNT) ## Let a server work for a while, so that later ones start faster and are fast sooner

$(LEARNT): $(BUILT) | agent
	@scripts/train

test: ## Install what is missing, check formatting and lint, run every test
	@scripts/test

bench: ## Print the benchmark table and write it as JSON
	@scripts/bootstrap --bench
	@$(MAKE) --no-print-directory agent java train
	@bench/run

dist: build ## Make a self-contained archive with its own Java runtime
	@scripts/dist

vm-check: dist ## Check the archive on Debian 12's kernel and cgroup version 2, in a virtual machine
	@scripts/vm-check

format: ## Format Java and Rust
	@$(MVN) spotless:apply
	@cd agent && cargo fmt
	@cd launcher && cargo fmt

clean: ## Remove what the build made
	@$(MVN) clean
	@cd agent && cargo clean
	@cd launcher && cargo clean
