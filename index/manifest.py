"""The manifest: what an index is made of, and which of its generations is in use.

`manifest.json` names the folder of the current generation. A new generation is written beside it, and
replacing this one small file puts it in use: that rename is the only moment of change.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sstc_chat.corpus.errors import (
    HomeError,
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
)
from sstc_chat.corpus.types import content_id
from sstc_chat.index.encoders import Encoder, file_sum

SCHEMA = 2
NAME = "manifest.json"
REBUILD = "Run: sstc-chat index build"


@dataclass(frozen=True)
class Manifest:
    """What ties the files of one generation together.

    Attributes
    ----------
    models
        For each encoder its name, checksum, dimension and window.
    settings
        What else the content depends on.
    documents
        The SHA-256 sum of each document's text, by its id.
    files
        The SHA-256 sum of each file of the generation, by its name.
    """

    schema: int
    generation: int
    models: Mapping[str, Mapping[str, str | int]]
    settings: Mapping[str, int]
    documents: Mapping[str, str]
    files: Mapping[str, str]

    @property
    def folder(self) -> str:
        """The name of the generation's folder."""
        return f"generation-{self.generation}"

    def fingerprint(self) -> dict[str, str]:
        """Return what an answer from this index depends on, in a few short strings."""
        content = json.dumps([sorted(self.documents.items()), sorted(self.settings.items())])
        models = {role: f"{one['name']} {one['checksum']}" for role, one in self.models.items()}
        return {"index": content_id(self.schema, content), **models}

    def write(self, home: Path) -> None:
        """Put this generation in use, in one rename."""
        draft = home / f"{NAME}.{os.getpid()}.new"
        with draft.open("w", encoding="utf-8") as file:
            json.dump(asdict(self), file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(home / NAME)

    def check_files(self, home: Path) -> None:
        """Raise `IndexDamagedError` if a file of the generation is not the one that was written."""
        for name, expected in self.files.items():
            path = home / self.folder / name
            actual = file_sum(path)
            if actual != expected:
                raise IndexDamagedError(
                    f"The index file {path} is damaged: its sha256 is {actual}, not {expected}. "
                    f"Your documents are safe. {REBUILD}"
                )

    def check_made_by(self, encoders: Mapping[str, Encoder], settings: Mapping[str, int]) -> None:
        """Raise `IndexStaleError` if other models or settings would be used now."""
        models = describe(encoders)
        if self.models != models or self.settings != settings:
            made = {**self.models, **self.settings}
            now = {**models, **settings}
            changed = sorted(key for key in made | now if made.get(key) != now.get(key))
            raise IndexStaleError(
                f"The index was made with another {' and '.join(changed)}: "
                f"{[made.get(key) for key in changed]}, now {[now.get(key) for key in changed]}. "
                f"{REBUILD}"
            )


def describe(encoders: Mapping[str, Encoder]) -> dict[str, dict[str, str | int]]:
    """Return what a manifest says of `encoders`."""
    return {
        role: {
            "name": one.name,
            "checksum": one.checksum,
            "dimension": one.dimension,
            "window": one.window,
        }
        for role, one in encoders.items()
    }


def read_manifest(home: Path) -> Manifest:
    """Return the manifest of the index in `home`.

    Raises
    ------
    IndexMissingError, IndexDamagedError, IndexStaleError
        If there is none, it cannot be read, or another version of this program wrote it.
    """
    path = home / NAME
    try:
        manifest = Manifest(**json.loads(path.read_text("utf-8")))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(f"There is no index in {home}. {REBUILD}") from error
    except OSError as error:
        raise HomeError(f"{path} cannot be read: {error.strerror}. Give another --home.") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise IndexDamagedError(f"{path} is damaged ({error}). {REBUILD}") from error
    if manifest.schema != SCHEMA:
        raise IndexStaleError(
            f"The index in {home} has the schema {manifest.schema}; this version reads {SCHEMA}. {REBUILD}"
        )
    return manifest
