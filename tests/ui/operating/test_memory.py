"""What threads have freed is kept in few places."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

# Forty threads that hold memory at the same time; then glibc says in how many places it has some.
PROGRAM = """
import ctypes, sys, threading
from sstc_chat.ui.operating.memory import share_free_memory
if "share" in sys.argv:
    share_free_memory()
together = threading.Barrier(40)
def hold():
    held = [bytes(10_000) for _ in range(50)]
    together.wait()
threads = [threading.Thread(target=hold) for _ in range(40)]
for thread in threads: thread.start()
for thread in threads: thread.join()
library = ctypes.CDLL(None)
library.fdopen.restype = ctypes.c_void_p
stream = ctypes.c_void_p(library.fdopen(1, b"w"))
library.malloc_info(0, stream)
library.fflush(stream)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has more than one place")
@pytest.mark.parametrize(("word", "few"), [("share", True), ("as it comes", False)])
def test_forty_threads_share_two_places(word: str, few: bool) -> None:
    said = subprocess.run(
        [sys.executable, "-c", PROGRAM, word], capture_output=True, text=True, check=True
    ).stdout
    assert (said.count("<heap nr=") <= 2) == few
