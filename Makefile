# Set up, run and check SSTC Chat with nothing but Python, its pip, and make (3.81 or later).
#
# Everything goes into .venv, at the pinned versions. A step that is finished leaves an empty file in
# .venv, whose name holds a checksum of what the step depends on: this folder, the pins, pyproject.toml.
# So a second run installs nothing, a step that was broken off is done again, and so is one whose pins
# have changed or whose folder was moved.

define HELP
SSTC Chat answers questions about South-South and Triangular Cooperation from the reports themselves.

  make setup    set up what is missing
  make run      set up what is missing, then start the web application; ARGS="--port 8000" is passed on
  make test     set up what is missing, then check everything; ARGS="-k words" goes to pytest
  make lint     check style, layout, types and weaknesses of the code only
  make audit    ask whether a weakness is known of any package that is pinned
  make format   put the code into the layout that `make lint` asks for
  make quality  write docs/QUALITY.md from an evaluation; QUESTIONS="FILE…" names what is asked
  make performance measure how fast it is, beside other programs too, and write docs/PERFORMANCE.md; takes long
  make soak     have 20 people of every role use it for an hour while things fail; ARGS="--minutes 2"
  make kills    kill whoever changes a library, 200 times, and count what was lost; ARGS="--kills 20"
  make cuts     cut the power after each system call of a writer, and count what was lost; needs strace
  make screenshots take the pictures of docs/ anew, in the browser that the tests use
  make fuzz     read files with changed bytes for ten minutes, each exactly or not at all; ARGS="--seconds 60"
  make lock     write the pins anew from pyproject.toml; ARGS=--upgrade takes newer versions
  make clean    remove .venv and whatever else was made here

The first run downloads about 550 MB (2 GB on disk) and takes some minutes; later ones start at once.
PYTHON=python3.12 make run chooses the Python; 3.10, 3.11, 3.12 and 3.13 will do.
endef

PYTHON ?= python3
ROOMS := corpus index rag ui
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
TORCH := $(shell grep '^torch==' requirements.txt)

checksum = $(shell { pwd -P; cat $(1); } | cksum | tr ' ' -)
FOLDER := .venv/created-$(call checksum,/dev/null)
INSTALLED := .venv/installed-$(call checksum,requirements.txt pyproject.toml)
EQUIPPED := .venv/equipped-$(call checksum,requirements-dev.txt)
# Whoever names a Python gets that one; whoever names none keeps the one that is there.
CREATED := $(FOLDER)$(if $(filter-out file,$(origin PYTHON)),-$(notdir $(PYTHON)))

.PHONY: help setup run test lint audit format quality performance soak kills cuts fuzz screenshots lock clean
help:
	@: $(info $(HELP))

setup: $(INSTALLED)

run: $(INSTALLED)
	@$(BIN)/sstc-chat serve $(ARGS)

test: lint audit
	@echo '==> Tests: pytest'
	@$(BIN)/pytest $(ARGS)

# The rooms are links under their import names, since mypy does not follow an editable install. A script
# imports from its own folder, so each folder of scripts is checked by itself; what peers/ has imports what
# is not installed here.
lint: $(EQUIPPED)
	@echo '==> Style: ruff check'
	@$(BIN)/ruff check
	@echo '==> Layout: ruff format --check'
	@$(BIN)/ruff format --check
	@echo '==> Types: mypy'
	@MYPYPATH=.venv/typed:benchmarks $(BIN)/mypy --exclude benchmarks/performance/ \
	  .venv/typed/sstc_chat tests benchmarks docs/screenshots.py
	@MYPYPATH=.venv/typed:benchmarks/performance $(BIN)/mypy --exclude /peers/ benchmarks/performance
	@echo '==> Weaknesses of the code: bandit'
	@$(BIN)/bandit --quiet -ll --recursive $(ROOMS) 2> .venv/bandit || { cat .venv/bandit; exit 1; }

audit: $(EQUIPPED)
	@echo '==> Weaknesses of packages: .ci/audit.py, with pip-audit'
	@$(BIN)/python .ci/audit.py $(AUDIT)

format: $(EQUIPPED)
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

# In a home of its own, whose library is the shipped report as it is now, and nothing that somebody added.
quality: $(if $(QUESTIONS),,nothing-to-ask) $(INSTALLED)
	@rm -rf .venv/quality/manifest.json .venv/quality/generation-*
	@$(BIN)/sstc-chat --home .venv/quality index build
	@$(BIN)/sstc-chat --home .venv/quality evaluate $(QUESTIONS) --write docs/QUALITY.md $(ARGS)

.PHONY: nothing-to-ask
nothing-to-ask:
	@echo 'Name files of questions: make quality QUESTIONS="one/questions.jsonl two/questions.jsonl"' >&2; exit 1

performance: $(INSTALLED)
	@for part in cold warm peers load page; do $(BIN)/python benchmarks/performance/$$part.py || exit 1; done

soak: $(EQUIPPED)
	@$(BIN)/python benchmarks/soak.py $(ARGS)

kills: $(INSTALLED)
	@$(BIN)/python benchmarks/kills.py $(ARGS)

cuts: $(INSTALLED)
	@$(BIN)/python benchmarks/powercuts.py $(ARGS)

screenshots: $(EQUIPPED)
	@$(BIN)/python docs/screenshots.py

fuzz: $(INSTALLED)
	@$(BIN)/python benchmarks/fuzz.py --keep .venv/fuzzed $(ARGS)

# CUDA is left out of the pins ([tool.uv] in pyproject.toml): torch is installed first, on its own.
lock: export UV_CUSTOM_COMPILE_COMMAND = make lock
lock: $(CREATED)
	@$(PIP) install --quiet uv==0.13.9
	@$(BIN)/uv pip compile $(ARGS) --quiet --universal --python-version 3.10 --extra llm --extra mcp --extra milvus \
	  pyproject.toml -o requirements.txt
	@$(BIN)/uv pip compile $(ARGS) --quiet --universal --python-version 3.10 --group dev \
	  -c requirements.txt -o requirements-dev.txt

clean:
	rm -rf .venv build *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -rf {} +

$(CREATED):
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 10) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null || \
	  { echo "SSTC Chat needs Python 3.10, 3.11, 3.12 or 3.13, but '$(PYTHON) --version' answers:" \
	    "$$($(PYTHON) --version 2>&1). Install one of these and name it: PYTHON=python3.12 make run" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) lacks the modules venv and ensurepip, which set up an environment." \
	    "On Debian and Ubuntu they come with: sudo apt install $(notdir $(PYTHON))-venv" >&2; exit 1; }
	@echo '==> Creating .venv, the folder that everything is installed into'
	@$(PYTHON) -m venv --clear .venv
	@touch $(FOLDER) $(FOLDER)-$(notdir $(PYTHON))

$(INSTALLED): $(CREATED)
	@echo '==> Installing PyTorch, the build for processors without CUDA (about 200 MB)'
	@$(PIP) install --retries 0 --timeout 10 --index-url https://download.pytorch.org/whl/cpu $(TORCH) || \
	  { echo '==> That build is out of reach. Installing the ordinary one (several GB on Linux)'; \
	    $(PIP) install $(TORCH); }
	@echo '==> Installing the other packages as pinned in requirements.txt (about 300 MB, some minutes)'
	@$(PIP) install --quiet --no-deps -r requirements.txt
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@rm -f .venv/installed-*
	@touch $@

$(EQUIPPED): $(INSTALLED)
	@echo '==> Installing the tools that check the code, as pinned in requirements-dev.txt'
	@$(PIP) install --quiet --no-deps -r requirements-dev.txt
	@mkdir -p .venv/typed/sstc_chat
	@for room in $(ROOMS); do ln -sfn ../../../$$room .venv/typed/sstc_chat/$$room; done
	@rm -f .venv/equipped-*
	@touch $@
