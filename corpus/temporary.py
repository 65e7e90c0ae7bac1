"""The folder for temporary files."""

from __future__ import annotations

import tempfile

from sstc_chat.corpus.errors import HomeError


def temporary_folder() -> str:
    """Return the folder for temporary files: what reads a file needs one, and so does SQLite in a change.

    Raises
    ------
    HomeError
        If none can be written.
    """
    try:
        return tempfile.gettempdir()
    except FileNotFoundError as error:
        raise HomeError(
            f"Temporary files can be written nowhere ({error.strerror}). Name a folder for them with TMPDIR; "
            "in a container, give it one: --tmpfs /tmp."
        ) from error
