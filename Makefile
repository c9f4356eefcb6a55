# Katern: `make` installs what is missing and makes the editions of a manuscript; `make help` lists the rest.
#
# Almost every target is phony: `katern` itself knows by the contents of the files which edition is
# out of date, and keeps the others. It also shares out the work over the cores, so make runs one
# thing at a time, whatever -j says. The only files that make keeps are the two marks in .venv that
# tell what has been installed.

BOOK = manuscript
OUT = dist
RAW =
TO =
LANGUAGE =
FINAL =
JOBS = 2
PYTHON = python3 python3.14 python3.13 python3.12 python3.11

MAKEFLAGS += --no-builtin-rules --warn-undefined-variables
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:
.PHONY: all epub print booklet cover screen proof check import test format lock clean help broken

# Names of files reach the commands through the environment: no blank or quote in them does harm.
export BOOK OUT RAW TO LANGUAGE

BIN = .venv/bin
KATERN = $(BIN)/katern
EDITION = "$$BOOK" --out "$$OUT" $(if $(FINAL),--final)

all: $(BIN)/ready ## every edition but the proof, checked
	@$(KATERN) build $(EDITION)
	@$(KATERN) check $(EDITION)

epub: $(BIN)/ready ## the e-book, EPUB 3.3
print: $(BIN)/ready ## the PDF for the printer, with bleed and marks
booklet: $(BIN)/ready ## the PDF of folded sheets, to print and staple oneself
cover: $(BIN)/ready ## the cover picture for shops, and the cover sheet
screen: $(BIN)/ready ## the PDF to read on a screen
proof: $(BIN)/ready ## the PDF with line numbers, to correct on
epub print booklet cover screen proof:
	@$(KATERN) build $(EDITION) --only $@

check: $(BIN)/ready ## what is wrong with the manuscript and the editions made of it
	@$(KATERN) check $(EDITION)

import: $(if $(and $(RAW),$(TO)),$(BIN)/ready) ## a manuscript of a raw text: RAW=file TO=folder [LANGUAGE=nl]
	@[ -n "$$RAW" ] && [ -n "$$TO" ] || { echo 'usage: make import RAW=file TO=folder [LANGUAGE=nl]' >&2; exit 2; }
	@$(KATERN) import "$$RAW" --to "$$TO" $(if $(LANGUAGE),--language "$$LANGUAGE")

test: $(BIN)/ready-to-test ## the code's form, style and types, then all tests [JOBS=2]
	$(call run,ruff format --check .)
	$(call run,ruff check .)
	$(call run,mypy --strict publish)
	$(call run,pytest -n $(JOBS))

format: $(BIN)/ready-to-test ## the code put in its form
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format .

lock: $(BIN)/ready ## requirements*.txt made anew with the newest versions that pyproject.toml allows
	@$(PIP) 'uv ==0.13.9'
	@$(COMPILE) pyproject.toml --group build -o requirements.txt
	@$(COMPILE) --group test --constraint requirements.txt -o requirements-test.txt

clean: $(BIN)/ready ## the editions thrown away
	@$(KATERN) clean "$$OUT"

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile
	@echo 'BOOK=folder (manuscript), OUT=folder (dist) and FINAL=yes go with each that makes or checks.'

# One tool of `make test`; a tool that fails is named last, where it is seen.
define run
@echo '== $(1)'
@$(BIN)/$(1) || { echo 'make test: "$(1)" failed; what it found stands above.' >&2; exit 1; }
endef

PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet install
LOCKED = --require-hashes --no-deps --only-binary :all: -r
COMPILE = $(BIN)/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make lock'

# A .venv that was moved or copied, is half made, or has lost its Python is broken: made anew.
WORKS = import os, publish; print(os.path.samefile(publish.__path__[0], "publish"))
BROKEN := $(if $(filter True,$(shell $(BIN)/python -Ic '$(WORKS)' 2>&1)),,broken)

NEW_ENOUGH = import sys; sys.exit(sys.version_info < (3, 11))
FOUND = $(shell for p in $(PYTHON); do "$$p" -c '$(NEW_ENOUGH)' 2>&1 && echo "$$p" && break; done)

$(BIN)/ready: requirements.txt $(BROKEN)
	@$(or $(FOUND),$(error Katern needs Python 3.11 or newer))
