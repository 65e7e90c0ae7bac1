"""Import Gradio without the type stubs that it would write."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_stubs() -> Iterator[None]:
    """Have Gradio, which is imported meanwhile, write no type stubs of its components.

    For editors it parses each component's source, and its stub, at every import: two fifths of the time that
    takes. It passes over a class that comes from no file, so it is told that none of its own does.
    """
    getfile = inspect.getfile

    def none_of_its_own(one: object) -> str:
        if isinstance(one, type) and one.__module__.startswith("gradio."):
            raise OSError("What is of Gradio comes from no file.")
        return getfile(one)  # type: ignore[arg-type]

    inspect.getfile = none_of_its_own  # type: ignore[assignment]
    try:
        yield
    finally:
        inspect.getfile = getfile
