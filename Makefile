# The menu of pathways. Needs git, make and a Debian 12; what else is missing is installed from packages.txt.
# Each target with a comment beside it is printed by `make help`.

CONFIG ?= release
CC := $(if $(filter default,$(origin CC)),$(if $(MPI),$(if $(filter 1,$(MPI)),mpicc,mpicc.$(MPI)),gcc),$(CC))
PREFIX ?= /usr/local
DIST ?= build/dist
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory --no-builtin-rules
.DEFAULT_GOAL := build

# ---------------------------------------------------------------- flags

# Results do not depend on flags: no fused operations, never -ffast-math; -march=native is not the default.
NUMBERS  := -ffp-contract=off -fno-math-errno -fno-trapping-math
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-prototypes -Werror
LANGUAGE := -std=c17 -D_GNU_SOURCE -g -fopenmp
LIBRARIES := -lxlsxwriter -lgsl -lgslcblas -lconfig -ljansson -lsqlite3 -lmd -lz -lm

# Without putting neighbours into one register: a pair that is read as one soon after one of it was written has to wait for the memory.
# Functions begin at a cache line, so that where the linker puts them matters less.
FLAGS_release  := -O3 -fno-tree-slp-vectorize -falign-functions=64
FLAGS_test     := -O2
# Code with watchers in it makes gcc guess wrongly about values and lengths: there, its warnings are not errors.
FLAGS_asan     := -O1 -fno-omit-frame-pointer -fsanitize=address -Wno-error
FLAGS_ubsan    := -O1 -fno-omit-frame-pointer -fsanitize=undefined -fno-sanitize-recover=all -Wno-error
FLAGS_tsan     := -O1 -fno-omit-frame-pointer -fsanitize=thread -Wno-error
FLAGS_coverage := -O0 --coverage -Wno-error
OPTIMISE := $(FLAGS_$(CONFIG))
ALL_FLAGS = $(LANGUAGE) $(NUMBERS) $(WARNINGS) $(OPTIMISE) $(CFLAGS)

# ---------------------------------------------------------------- files

# With MPI=1 (mpicc), MPI=openmpi or MPI=mpich, `sweep run --mpi` shares units between ranks: build/pathways-mpi, -openmpi, -mpich.
KIND     := $(if $(filter 1,$(MPI)),mpi,$(MPI))
B        := build/$(CONFIG)$(if $(MPI),-$(KIND))
LIBRARY  := $(B)/libpathways.a
PROGRAM  := $(if $(filter release,$(CONFIG)),build/pathways$(if $(MPI),-$(KIND)),$(B)/pathways)
MODEL    := $(filter-out model/cli/main.c model/experiment/mpi_$(if $(MPI),absent,source).c,$(wildcard model/*/*.c))
TESTS    := $(wildcard tests/test_*.c)
HELPERS  := $(filter-out $(TESTS),$(wildcard tests/*.c))
SCRIPTS  := $(wildcard tests/test_*.sh tests/cli/*.sh)
CLUSTER  := $(wildcard tests/cluster/test_*.sh)
BENCHES  := $(shell grep -ls "^int main" bench/*.c)
LOOPS    := $(filter-out $(BENCHES),$(wildcard bench/*.c))

object       = $(patsubst %.c,$(B)/%.o,$(1))
TEST_PROGRAMS  := $(patsubst %.c,$(B)/%,$(TESTS))
BENCH_PROGRAMS := $(patsubst %.c,$(B)/%,$(BENCHES))

# ---------------------------------------------------------------- packages

packages = $(shell awk '/^[^\#]/ && ($(foreach k,$(1),$$2 == "$(k)" ||) 0) { print $$1 }' packages.txt)

# Installs what dpkg does not know as installed; the lists are fetched only if the packages are not found without.
define install_packages
missing=; \
if command -v dpkg-query >/dev/null; then \
    for package in $(1); do \
        case $$(dpkg-query -W -f '$${db:Status-Status}' $$package 2>/dev/null) in installed) ;; *) missing="$$missing $$package" ;; esac; \
    done; \
fi; \
if [ -n "$$missing" ]; then \
    echo "Installing what is missing with apt-get:$$missing (packages.txt says why)."; \
    mkdir -p build; as_root=; [ "$$(id -u)" = 0 ] || as_root=sudo; \
    get="$$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y"; \
    $$get install --no-install-recommends $$missing >build/install.log 2>&1 || \
    { $$get update >>build/install.log 2>&1 && $$get install --no-install-recommends $$missing >>build/install.log 2>&1; } || \
    { cat build/install.log; echo "Could not install:$$missing"; exit 1; }; \
fi
endef

.PHONY: packages-build packages-run packages-test
packages-build:
	@$(call install_packages,$(call packages,build $(if $(findstring clang,$(CC)),clang) $(if $(MPI),$(if $(filter mpich,$(MPI)),mpich,openmpi))))
packages-run:
	@$(call install_packages,$(call packages,run))
packages-test: packages-build
	@$(call install_packages,$(call packages,run test notebooks))

# ---------------------------------------------------------------- compiling

.PHONY: FORCE
FORCE:

# Rewritten only when it changes, so that flags, deleted files and a new commit rebuild what depends on them, and nothing else does.
define write_if_changed
mkdir -p $(@D) && printf '%s\n' $(1) >$@.new && { cmp -s $@.new $@ && rm $@.new || mv $@.new $@; }
endef

$(B)/flags: FORCE
	@$(call write_if_changed,'$(CC) $(ALL_FLAGS)')
$(B)/members: FORCE
	@$(call write_if_changed,'$(MODEL)')
$(B)/pathways_commit.h: FORCE
	@commit=$$(git rev-parse --short=12 HEAD 2>/dev/null || echo unknown); \
	 [ $$commit = unknown ] || [ -z "$$(git status --porcelain --untracked-files=no 2>/dev/null)" ] || commit=$$commit-changed; \
	 $(call write_if_changed,"#define PW_COMMIT \"$$commit\"")

$(B)/%.o: %.c $(B)/flags | packages-build
	@mkdir -p $(@D)
	$(QUIET)$(CC) $(ALL_FLAGS) -I$(B) -MMD -MP -c $< -o $@
$(B)/model/base/version.o: $(B)/pathways_commit.h
$(call object,$(TESTS) $(HELPERS)): | packages-test

$(LIBRARY): $(call object,$(MODEL)) $(B)/members
	@rm -f $@ && ar qcs $@ $(call object,$(MODEL))
$(PROGRAM): $(call object,model/cli/main.c) $(LIBRARY)
	$(QUIET)$(CC) $(ALL_FLAGS) $^ $(LIBRARIES) -o $@
$(TEST_PROGRAMS): $(B)/%: $(B)/%.o $(call object,$(HELPERS) $(LOOPS)) $(LIBRARY)
	$(QUIET)$(CC) $(ALL_FLAGS) $^ -lcunit $(LIBRARIES) -o $@
$(BENCH_PROGRAMS): $(B)/%: $(B)/%.o $(call object,$(LOOPS)) $(LIBRARY)
	$(QUIET)$(CC) $(ALL_FLAGS) $^ $(LIBRARIES) -o $@

# For `make dist`. libxlsxwriter is the one library that Debian has not as a static one.
$(B)/pathways-static: $(call object,model/cli/main.c) $(LIBRARY)
	$(QUIET)$(CC) $(ALL_FLAGS) -static -Wl,--no-warnings $^ -Lbuild/static $(LIBRARIES) -o $@

.SECONDARY:
QUIET := $(if $(V),,@)
-include $(shell find $(B) -name '*.d' 2>/dev/null)

# ---------------------------------------------------------------- the menu

.PHONY: run test test-cluster test-report build memcheck asan ubsan tsan faults repro examples coverage verify format lint calibrate bench docs notebooks dist install clean help

run: build packages-run ## compare three policies with the baseline, 250 draws of 4 replications; results in output/first-run/
	build/pathways run scenarios/supervised_contact.cfg scenarios/perpetrator_programme.cfg scenarios/joint_screening.cfg --draws 250 --replications 4 --out output/first-run --force

test: ## build and run every test
	@$(MAKE) CONFIG=test test-programs
	@PATHWAYS=build/test/pathways tests/run-all.sh $(patsubst %.c,build/test/%,$(TESTS)) $(SCRIPTS) $(CLUSTER)

test-cluster: ## run sweeps under a real Slurm, Grid Engine, OpenMPI, MPICH, GNU parallel and Snakemake, and their recipes, DuckDB's too; all is fetched for it
	@$(call install_packages,$(call packages,cluster openmpi mpich))
	@if ! { command -v node && command -v npm; } >/dev/null; then $(call install_packages,nodejs npm); fi
	@sh tests/cluster/fetch_sge.sh build/gridengine || echo "Grid Engine could not be fetched: its test is skipped."
	@mkdir -p build/duckdb && cp tests/duckdb/package.json build/duckdb/
	@[ -d build/duckdb/node_modules/@duckdb/node-api ] || npm install --prefix build/duckdb --no-audit --no-fund --loglevel=error || echo "DuckDB could not be fetched: its recipe is skipped."
	@$(MAKE) CONFIG=test test-programs
	@$(MAKE) MPI=openmpi build && $(MAKE) MPI=mpich build
	@PATHWAYS=build/test/pathways tests/run-all.sh $(CLUSTER) tests/cli/test_sweep_plan.sh tests/cli/test_sweep_recipes.sh

test-report: build ## hold briefings against an HTML validator and an accessibility checker (Chromium, Java, npm)
	@if ! { command -v npm && command -v node && command -v java && command -v chromium && command -v gnuplot; } >/dev/null; then $(call install_packages,$(call packages,report run)); fi
	@tests/report/check.sh build/pathways build/report-tools

build: $(PROGRAM) ## make build/pathways

# Under valgrind all is some fifty times slower. Left out is what lives one thing over and over: 1,200 models by both engines, 2,000 files with a
# slip, 40 lives by both engines, a slowed baseline of 14 worlds, two calibrations of thousands of worlds; of the faults, the first and last.
# Other tests of the same programs go through the same code. asan and ubsan run all.
MEMCHECK_SKIP := test_both_engines_give_the_same_bytes_and_the_same_event_sequences \
                 test_two_thousand_mutations_of_the_baseline_end_well_or_with_a_finding \
                 test_lives_are_the_same_from_either_engine_and_part_where_something_first_differs \
                 test_where_work_slows_down_nobody_waits \
                 test_stopped_calibration_goes_on_to_the_same_result \
                 test_truths_rank_uniformly_in_their_posteriors

memcheck: ## run the tests under valgrind (some 40 minutes; what is left out is named in the Makefile)
	@$(call install_packages,$(call packages,memcheck))
	@$(MAKE) CONFIG=test test-programs
	@PW_SKIP='$(MEMCHECK_SKIP)' PW_FAULTS=few RUNNER='valgrind -q --error-exitcode=9 --leak-check=full --show-leak-kinds=definite,indirect --errors-for-leak-kinds=definite,indirect' tests/run-all.sh $(patsubst %.c,build/test/%,$(TESTS))

asan: ## run the tests with the address sanitizer (reads and writes outside, leaks)
	@$(MAKE) CONFIG=asan test-programs
	@PATHWAYS=build/asan/pathways tests/run-all.sh $(patsubst %.c,build/asan/%,$(TESTS)) $(SCRIPTS)

ubsan: ## run the tests with the undefined behaviour sanitizer
	@$(MAKE) CONFIG=ubsan test-programs
	@PATHWAYS=build/ubsan/pathways tests/run-all.sh $(patsubst %.c,build/ubsan/%,$(TESTS)) $(SCRIPTS)

tsan: ## run the tests with clang's thread sanitizer
	@$(call install_packages,$(call packages,clang))
	@$(MAKE) CONFIG=tsan CC=clang test-programs
	@TSAN_OPTIONS=ignore_noninstrumented_modules=1 PATHWAYS=build/tsan/pathways tests/run-all.sh $(patsubst %.c,build/tsan/%,$(TESTS)) $(SCRIPTS)

faults: ## fail allocations and writes of a whole run, hundreds of each
	@$(MAKE) CONFIG=asan build/asan/tests/test_faults
	PW_FAULTS=many build/asan/tests/test_faults

repro: ## the same bytes from gcc and clang, -O1, -O3 and -march=native
	@$(call install_packages,$(call packages,clang))
	@tests/repro.sh

examples: build ## run the examples of docs/answers.md and hold what they print against what the page says (some 2 minutes)
	@tests/examples.sh build/pathways docs/answers.md

coverage: ## which lines the tests reach
	@$(MAKE) CONFIG=coverage test-programs
	@find build/coverage -name '*.gcda' -delete
	@PATHWAYS=build/coverage/pathways tests/run-all.sh $(patsubst %.c,build/coverage/%,$(TESTS)) $(SCRIPTS)
	@gcov -n $$(find build/coverage/model -name '*.gcda') 2>/dev/null | awk -F"'" '/^File/ { file = $$2 } /^Lines executed/ && file ~ /^model/ { split($$0, part, ":"); print part[2], file; file = "" }' | sort -n

verify: lint test asan ubsan tsan memcheck faults repro examples ## all of the above, before a release

format: ## lay the code out as .clang-format says
	@$(call install_packages,$(call packages,format))
	clang-format -i $(wildcard model/*/*.[ch] tests/*.[ch] bench/*.[ch])

lint: packages-build ## read the code for slips with clang-tidy (.clang-tidy says which); what was read and has not changed is not read again
	@$(call install_packages,$(call packages,lint clang))
	@$(MAKE) -k -j $$(nproc) $(patsubst %.c,$(B)/%.lint,$(MODEL) model/cli/main.c)

$(B)/%.lint: %.c $(B)/%.o .clang-tidy
	@clang-tidy --quiet $< -- $(LANGUAGE) -I$(B) 2>$@.said || { cat $@.said; exit 1; }
	@rm -f $@.said && touch $@ && echo "read $<"

calibrate: build ## make params/posterior.csv and those of the return rates anew: about an hour on two free cores; Ctrl-C stops, make calibrate goes on
	@if [ -n "$$(find params -name '*.cfg' -newer output/.calibrated 2>/dev/null)" ]; then rm -f output/.calibrated*; fi    # begun under other parameters
	[ -e output/.calibrated ] || build/pathways calibrate params/baseline.cfg --out output/calibration --force
	touch output/.calibrated
	for rate in low central high; do \
	  [ -e output/.calibrated-$$rate ] || build/pathways calibrate --return-rate $$rate --particles 700 --refresh 24 --force || exit; \
	  touch output/.calibrated-$$rate; \
	  cp output/calibration-$$rate/posterior.csv params/posterior_$$rate.csv && cp output/calibration-$$rate/manifest.json params/posterior_$$rate.json || exit; \
	done
	cp output/calibration/posterior.csv params/posterior.csv
	cp output/calibration/manifest.json params/posterior.json
	cp output/calibration/densities.svg docs/calibration.svg
	rm -f output/.calibrated*

bench: build $(BENCH_PROGRAMS) ## measure the speed: one `name value unit` a line
	@for program in $(BENCH_PROGRAMS); do $$program || exit 1; done

docs: build ## make the generated parts of docs/ again: measures.md, pathways.1, every setting in scenario-files.md
	build/pathways measures >docs/measures.md
	build/pathways help --man >docs/pathways.1
	sed '/^## Every setting$$/,$$d' docs/scenario-files.md >build/scenario-files.md
	build/pathways params --format markdown >>build/scenario-files.md && mv build/scenario-files.md docs/scenario-files.md

notebooks: build ## execute the notebooks on fresh runs, save them as pages in output/notebooks/
	@$(call install_packages,$(call packages,notebooks))
	@notebooks/execute.sh build/pathways output/notebooks
	@echo "The notebooks are in output/notebooks/."

install: build ## copy the program to PREFIX/bin (/usr/local)
	install -D -m 755 build/pathways $(DESTDIR)$(PREFIX)/bin/pathways
	mkdir -p $(DESTDIR)$(PREFIX)/share/pathways && cp -R params scenarios sweeps $(DESTDIR)$(PREFIX)/share/pathways/

dist: ## one archive for people who cannot install or compile, in DIST (build/dist)
	@$(call install_packages,$(call packages,dist))
	@dist/static_xlsxwriter.sh build/static
	@$(MAKE) $(B)/pathways-static
	@mkdir -p $(DIST)
	@dist/archive.sh $(B)/pathways-static build/static $(DIST)

clean: ## remove build/
	rm -rf build

help: ## print this menu
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: test-programs
test-programs: $(PROGRAM) $(TEST_PROGRAMS)
