# SPDX-FileCopyrightText: 2026 The check_tencent_cwp_license authors
# SPDX-License-Identifier: MIT
#
# make help lists the targets. A packager sets CC, CFLAGS, LDFLAGS, PREFIX, PLUGINDIR, DESTDIR.

VERSION := 1.0.0
NAME := check_tencent_cwp_license

CC ?= cc
PKG_CONFIG ?= pkg-config
INSTALL ?= install
PYTHON ?= /usr/bin/python3
DESTDIR ?=
PREFIX ?= /usr/local
MANDIR ?= $(PREFIX)/share/man
# What the installed definitions of Nagios and Icinga expect on this distribution.
PLUGINDIR ?= $(shell PKG_CONFIG='$(PKG_CONFIG)' PREFIX='$(PREFIX)' sh packaging/plugindir.sh)
LIBEXECDIR ?= $(PREFIX)/libexec
DATADIR ?= $(PREFIX)/share/check-tencent-cwp-license
EXAMPLEDIR ?= $(DATADIR)/examples
BASHDIR ?= $(PREFIX)/share/bash-completion/completions
ZSHDIR ?= $(PREFIX)/share/zsh/site-functions
FISHDIR ?= $(PREFIX)/share/fish/vendor_completions.d
# A package puts the definitions where the engine reads them, make install only beside the rest.
ICINGA2DIR ?= $(DATADIR)/icinga2
NAGIOSDIR ?= $(DATADIR)/nagios
# Comma-separated sanitizers, built beside the plain build: make SANITIZE=address,undefined
SANITIZE ?=
# A folder below build/ for each variant.
VARIANT ?= $(if $(SANITIZE),$(subst $(comma),-,$(SANITIZE)),)
comma := ,
B := build$(if $(VARIANT),/$(VARIANT),)

CFLAGS ?= -O2 -g
LDFLAGS ?=
# Where it is built is not in the program; empty for tools that rewrite these paths themselves.
PATH_MAP ?= -ffile-prefix-map='$(CURDIR)'=.
HARDENING ?= -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE $(HARDENING_PLATFORM)
HARDENING_LDFLAGS ?= -pie -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed
WARNINGS := -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wmissing-prototypes \
            -Wstrict-prototypes -Wwrite-strings -Wvla -Wformat=2
LIBRARIES := libcurl libsodium libcjson
# Asked for once, by the first recipe that needs it: $(call once,NAME,TEXT) becomes its own value.
once = $(eval $1 := $2)$($1)
LIB_CFLAGS = $(call once,LIB_CFLAGS,$(shell $(PKG_CONFIG) --cflags $(LIBRARIES) 2>/dev/null))
LIB_LDLIBS = $(call once,LIB_LDLIBS,$(shell $(PKG_CONFIG) --libs $(LIBRARIES) 2>/dev/null || echo -lcurl -lsodium -lcjson))
# What not every compiler and platform knows.
HARDENING_PLATFORM = $(call once,HARDENING_PLATFORM,$(shell for f in \
    -fstack-clash-protection -fcf-protection -mbranch-protection=standard; do \
    $(CC) -Werror $$f -x c -c -o /dev/null /dev/null 2>/dev/null && echo $$f; done))
# A run that has said its result ends at once, but for the instruments of tests: they do their work
# when a process exits.
QUICK_EXIT ?= $(if $(SANITIZE)$(findstring --coverage,$(CFLAGS)),0,1)
# A variant that brings its own libraries says so there: packaging/slim, tests/flavors.
-include $B/settings.mk
# The version of a libcurl that is linked statically, for --version.
LIBCURL_BUILT_IN ?=
# Times and files of 64 bits where the machine has 32, but not where libcurl's own are used.
TIMES := -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64
$B/plugin/http_answer.o: TIMES :=
# _FORTIFY_SOURCE and the address sanitizer do not go together.
ALL_CFLAGS = -std=c11 -D_XOPEN_SOURCE=700 $(TIMES) $(WARNINGS) -Ithresholds -DVERSION='"$(VERSION)"' \
             -DQUICK_EXIT=$(QUICK_EXIT) $(if $(LIBCURL_BUILT_IN),-DLIBCURL_BUILT_IN='"$(LIBCURL_BUILT_IN)"') \
             $(PATH_MAP) $(if $(SANITIZE),,$(HARDENING)) $(LIB_CFLAGS) $(CPPFLAGS) $(CFLAGS) \
             $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all -fno-omit-frame-pointer)
ALL_LDFLAGS = $(if $(SANITIZE),,$(HARDENING_LDFLAGS)) $(LDFLAGS) $(if $(SANITIZE),-fsanitize=$(SANITIZE))

SOURCES := $(sort $(wildcard thresholds/*.c plugin/*.c))
OBJECTS := $(SOURCES:%.c=$B/%.o)
# Everything but main, for the tests: they link the very objects that ship.
PARTS := $(filter-out $B/plugin/main.o,$(OBJECTS))
UNIT_SOURCES := $(wildcard tests/unit/test_*.c)
UNIT_PROGRAMS := $(UNIT_SOURCES:%.c=$B/%)

# The whole commands: make V=1
V ?=
run = $(if $(V),,@printf '  %-4s %s\n' '$1' '$@'; )$2

.PHONY: all
all: $B/$(NAME) $B/$(NAME).1 ## build the program and its man page (the default)

$B/$(NAME): $(OBJECTS)
	$(call run,LINK,$(CC) $(ALL_CFLAGS) $(ALL_LDFLAGS) -o $@ $(OBJECTS) $(LIB_LDLIBS))

$B/%.o: %.c Makefile $(wildcard $B/settings.mk)
	@mkdir -p $(@D)
	$(call run,CC,$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<)

$B/$(NAME).1: packaging/man/$(NAME).1.in Makefile
	@mkdir -p $(@D)
	sed 's/@VERSION@/$(VERSION)/g' packaging/man/$(NAME).1.in >$@

-include $(OBJECTS:.o=.d) $(UNIT_PROGRAMS:=.d)

$B/tests/unit/%: tests/unit/%.c $(PARTS) Makefile
	@mkdir -p $(@D)
	$(call run,TEST,$(CC) $(ALL_CFLAGS) -Iplugin -MMD -MP -MF $@.d -o $@ $< $(PARTS) $(ALL_LDFLAGS) $(LIB_LDLIBS) -lcmocka -lm)

.PHONY: slim
slim: ## build with a small libcurl of its own inside, for very busy pollers (see README.md)
	@sh tests/setup.sh slim
	@PKG_CONFIG='$(PKG_CONFIG)' sh packaging/slim/build.sh build/slim
	@$(MAKE) --no-print-directory all VARIANT=slim

.PHONY: demo
demo: setup-build ## install what the build needs, build, and show the program against a loopback stand-in
	@$(MAKE) --no-print-directory all
	@PLUGIN='$(CURDIR)/$B/$(NAME)' $(PYTHON) tests/demo.py

BENCH_TOOLS := $B/tests/bench/run $B/tests/bench/floor

$B/tests/bench/%: tests/bench/%.c Makefile
	@mkdir -p $(@D)
	$(call run,TOOL,$(CC) $(ALL_CFLAGS) -o $@ $< $(ALL_LDFLAGS) -lssl -lcrypto)

.PHONY: bench bench-gate
bench: setup-bench ## measure what a check costs, beside curl and others (ROUNDS=60, SLIM=another program)
	@$(MAKE) --no-print-directory all $(BENCH_TOOLS)
	@PLUGIN='$(CURDIR)/$B/$(NAME)' BENCH_TOOLS='$(CURDIR)/$B/tests/bench' SLIM='$(SLIM)' ROUNDS='$(ROUNDS)' $(PYTHON) tests/bench/bench.py

bench-gate: setup-bench ## hold instructions, system calls and growth against their limits
	@$(MAKE) --no-print-directory all $(BENCH_TOOLS)
	@PLUGIN='$(CURDIR)/$B/$(NAME)' BENCH_TOOLS='$(CURDIR)/$B/tests/bench' $(PYTHON) -m pytest -q -rs -p no:cacheprovider \
	    tests/bench

.PHONY: check
check: setup-test ## install what the tests need, and run all tests
	@$(MAKE) --no-print-directory unit e2e

# One program a fuzz target: with replay.c for the corpus, or with libFuzzer instead.
FUZZ := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_MAIN ?= tests/fuzz/replay.c
FUZZ_LDFLAGS ?=
SECONDS ?= 60

$B/tests/fuzz/%: tests/fuzz/fuzz_%.c tests/fuzz/fuzz.c tests/fuzz/fuzz.h $(FUZZ_MAIN) $(PARTS) Makefile
	@mkdir -p $(@D)
	$(call run,FUZZ,$(CC) $(ALL_CFLAGS) -Iplugin -o $@ $< tests/fuzz/fuzz.c $(FUZZ_MAIN) $(PARTS) \
	    $(ALL_LDFLAGS) $(FUZZ_LDFLAGS) $(LIB_LDLIBS) -lm)

.PHONY: fuzz-programs fuzz-replay fuzz
fuzz-programs: $(FUZZ:%=$B/tests/fuzz/%)

fuzz-replay: fuzz-programs
	@for t in $(FUZZ); do $B/tests/fuzz/$$t tests/fuzz/corpus/$$t/* >/dev/null || exit 1; done
	@echo "fuzz corpora: $$(find tests/fuzz/corpus -type f | wc -l) inputs replayed"

fuzz: setup-ci ## fuzz every target for SECONDS each
	@$(MAKE) --no-print-directory fuzz-programs CC=clang VARIANT=fuzz SANITIZE=address,undefined \
	    CFLAGS='-O1 -g -fsanitize=fuzzer-no-link' FUZZ_MAIN= FUZZ_LDFLAGS=-fsanitize=fuzzer
	@sh tests/fuzz/run.sh $(SECONDS) build/fuzz/tests/fuzz $(FUZZ)

.PHONY: unit
unit: $(UNIT_PROGRAMS) fuzz-replay ## run the unit tests and replay the fuzz corpora
	@sh tests/run-unit.sh $(UNIT_PROGRAMS)

.PHONY: e2e
e2e: all ## run the end-to-end and document tests only
	@PLUGIN_CC='$(CC)' PLUGIN='$(CURDIR)/$B/$(NAME)' PYTHONPATH=tests/e2e $(PYTHON) -m pytest -q -rs \
	    -p no:cacheprovider -n 4 \
	    $(if $(SANITIZE)$(VARIANT),,-p json_too) tests/e2e tests/lint $(if $(FLAVOR),tests/flavors)

# The load is no more than the busy loops: few at a time, so that the tests themselves are none.
.PHONY: check-deadline
check-deadline: setup-deadline ## check that each fault ends within its time limit: quiet, busy, on a bad line (root)
	@$(MAKE) --no-print-directory all
	@for condition in quiet=6 load=5 loss=16; do \
	    PLUGIN='$(CURDIR)/$B/$(NAME)' PYTHONPATH=tests/e2e $(PYTHON) -m pytest -q -rs -p no:cacheprovider -p worst \
	        --condition $${condition%=*} -n $${condition#*=} tests/e2e/deadline.py || exit 1; done

RUNS ?= 20000
SEED ?=

.PHONY: soak
soak: all ## make RUNS checks with a random fault in each, every result judged by a second evaluation (SEED)
	@PLUGIN='$(CURDIR)/$B/$(NAME)' $(PYTHON) tests/soak --runs $(RUNS) $(if $(SEED),--seed $(SEED))

.PHONY: syscalls
syscalls: all ## measure which system calls a check makes (needs strace)
	@PLUGIN='$(CURDIR)/$B/$(NAME)' $(PYTHON) tests/syscalls.py

.PHONY: check-memory
check-memory: all ## let every single allocation of a check fail, each in a run of its own
	@EVERY_ALLOCATION=1 PLUGIN='$(CURDIR)/$B/$(NAME)' PYTHONPATH=tests/e2e $(PYTHON) -m pytest -q -rs \
	    -p no:cacheprovider -n 2 tests/e2e/test_memory.py

# Left out is the test in which no file may grow: gcov writes its counts into files.
.PHONY: coverage
coverage: ## run all tests and list the lines that they do not reach (at most 5 %)
	@rm -rf build/coverage
	@PYTEST_ADDOPTS="$$PYTEST_ADDOPTS --deselect=tests/e2e/test_manners.py::test_narrow_surroundings" \
	    TIME_FACTOR=2 $(MAKE) --silent unit e2e VARIANT=coverage CC=gcc CFLAGS='-O0 -g --coverage' HARDENING=
	@gcovr --root . --filter plugin/ --filter thresholds/ --fail-under-line 95 build/coverage

# cppcheck does not see that memset fills in what options.c hands to make_forms, and wants each
# variable where it is used first. gcc takes each pointer that may be NULL for one that is; what
# may be NULL is left to clang's analyzer, which clang-tidy runs with all of its checkers, so that
# scan-build, which runs fewer of the same, would add nothing.
.PHONY: analyze
analyze: setup-ci ## run the static analyzers: cppcheck, clang-tidy, gcc, shellcheck
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,style,performance,portability \
	    --suppress=ctuuninitvar:plugin/options.c --suppress=variableScope \
	    -Ithresholds -DVERSION='""' plugin thresholds
	printf '%s\n' $(SOURCES) | xargs -P 2 -I {} clang-tidy --quiet {} -- $(ALL_CFLAGS)
	@$(MAKE) --silent all VARIANT=analyze CC=gcc \
	    CFLAGS='-O2 -Werror -fanalyzer -Wno-analyzer-null-argument -Wno-analyzer-null-dereference'
	shellcheck $$(grep -rlE '^#! ?/.*sh( |$$)' --exclude-dir=.git --exclude-dir=build .)

.PHONY: setup-build setup-test setup-ci setup-deadline setup-engines setup-packages setup-bench setup-flavors
setup-build setup-test setup-ci setup-deadline setup-engines setup-packages setup-bench setup-flavors: setup-%:
	@sh tests/setup.sh $*

FOLDERS := DESTDIR PLUGINDIR MANDIR LIBEXECDIR DATADIR EXAMPLEDIR BASHDIR ZSHDIR FISHDIR ICINGA2DIR NAGIOSDIR
INSTALLER = INSTALL='$(INSTALL)' $(foreach f,$(FOLDERS),$f='$($f)') sh packaging/install.sh

.PHONY: install
install: all ## install below DESTDIR
	@$(INSTALLER) install $B/$(NAME) $B/$(NAME).1

.PHONY: uninstall
uninstall: ## remove what install put there
	@$(INSTALLER) uninstall $B/$(NAME) $B/$(NAME).1

.PHONY: version dist deb rpm sbom release sign
version: ## carry version and day of the first entry in CHANGELOG.md to all files that name them
	@sh packaging/version.sh

dist: ## make the source tarball in dist/
	@sh packaging/dist.sh $(NAME)-$(VERSION) dist

deb: ## make the Debian packages in dist/, from a clean copy of the tree (see setup-packages)
	@sh packaging/deb.sh $(VERSION) dist

rpm: ## make the RPM packages in dist/, from a clean copy of the tree (see setup-packages)
	@sh packaging/rpm.sh $(VERSION) dist

sbom: all ## write the bill of materials of the program that was built (CycloneDX)
	@$(PYTHON) packaging/sbom.py $B/$(NAME) $(VERSION) >$B/$(NAME).cdx.json
	@echo $B/$(NAME).cdx.json

# What must pass before: all there is.
RELEASE_TESTS ?= check check-deadline check-memory soak bench-gate analyze check-flavors check-engines check-packages

# Not by its own name, which would let "make -n release" make one.
MAKE_PROGRAM := $(MAKE)

release: ## check everything and leave a release in dist/: make release VERSION=x.y.z
	@MAKE='$(MAKE_PROGRAM)' sh packaging/release.sh '$(if $(filter command%,$(origin VERSION)),$(VERSION))' '$(RELEASE_TESTS)'

sign: ## sign dist/SHA256SUMS: make sign KEY=(file of minisign, or name of a key of gpg)
	@sh packaging/sign.sh '$(KEY)' dist/SHA256SUMS

FLAVORS ?= gnutls i386 musl slim

.PHONY: check-flavors
check-flavors: setup-flavors ## run all tests with GnuTLS, in 32 bits, with musl, slim: make check-flavors FLAVORS=musl
	@sh tests/flavors/run.sh $(FLAVORS)

.PHONY: check-engines
check-engines: setup-engines ## try the shipped definitions in real monitoring engines (full only as root on Debian)
	@$(MAKE) --no-print-directory all
	@PLUGIN='$(CURDIR)/$B/$(NAME)' $(PYTHON) -m pytest -q -rs -p no:cacheprovider tests/engines

.PHONY: check-packages
check-packages: setup-packages ## make and try packages for several distributions (full only as root on Debian)
	@$(PYTHON) -m pytest -q -rs -p no:cacheprovider -n 2 --dist loadgroup tests/packages

.PHONY: clean
clean: ## remove build/
	rm -rf build

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
