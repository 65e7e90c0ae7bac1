"""The manifest: what an index is made of, and which of its generations is in use.

`manifest.json` names the folder of the current generation. A new generation is written beside it, and
replacing this one small file puts it in use: that rename is the only moment of change. Each generation also
holds its manifest itself, so that the file can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sstc_chat.corpus.errors import (
    HomeError,
    IndexDamagedError,
    IndexMissingError,
    IndexStaleError,
)
from sstc_chat.corpus.types import content_id
from sstc_chat.index.dense.design import FLAT
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.files import replace_file

SCHEMA = 3
NAME = "manifest.json"
REBUILD = "Run: sstc-chat index build"
PREFIX = "generation-"


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
        The SHA-256 sum of each document's text, by its id. They change within a generation, so they are
        known of an index that is open, and not written here.
    dense
        The kind of dense index that its passages have, in the words of FAISS's index factory.
    """

    schema: int
    generation: int
    models: Mapping[str, Mapping[str, str | int]]
    settings: Mapping[str, int]
    documents: Mapping[str, str] = field(default_factory=dict)
    dense: str = FLAT

    @property
    def folder(self) -> str:
        """The name of the generation's folder."""
        return f"{PREFIX}{self.generation}"

    def fingerprint(self) -> dict[str, str]:
        """Return what an answer from this index depends on, in a few short strings."""
        content = json.dumps([sorted(self.documents.items()), sorted(self.settings.items())])
        models = {role: f"{one['name']} {one['checksum']}" for role, one in self.models.items()}
        # An index that compares with all passages finds what is nearest, and so depends on nothing else.
        kind = {} if self.dense == FLAT else {"dense": self.dense}
        return {"index": content_id(self.schema, content), **models, **kind}

    def as_json(self) -> str:
        """Return what is written of it."""
        return json.dumps({key: value for key, value in vars(self).items() if key != "documents"}, indent=2)

    def write(self, home: Path) -> None:
        """Put this generation in use, in one rename."""
        replace_file(home / NAME, self.as_json().encode())

    def is_made_by(self, encoders: Mapping[str, Encoder], settings: Mapping[str, int]) -> bool:
        """Whether the same models and settings would be used now."""
        return self.models == describe(encoders) and self.settings == settings

    def check_made_by(self, encoders: Mapping[str, Encoder], settings: Mapping[str, int]) -> None:
        """Raise `IndexStaleError` if other models or settings would be used now."""
        if not self.is_made_by(encoders, settings):
            made = {**self.models, **self.settings}
            now = {**describe(encoders), **settings}
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
        return parsed(path.read_text("utf-8"), str(path))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissingError(f"There is no index in {home}. {REBUILD}") from error
    except OSError as error:
        raise HomeError(f"{path} cannot be read: {error.strerror}. Give another --home.") from error
    except UnicodeDecodeError as error:
        raise IndexDamagedError(f"{path} is damaged ({error}). {REBUILD}") from error


def parsed(text: str, name: str) -> Manifest:
    """Return the manifest that `text` is; `name` says in an error where it came from."""
    try:
        content = json.loads(text)
        schema = content["schema"]
        if isinstance(schema, int) and schema != SCHEMA:
            remedy = REBUILD if schema < SCHEMA else "A later version wrote it: update sstc-chat"
            raise IndexStaleError(f"{name} has the schema {schema}; this version reads {SCHEMA}. {remedy}")
        manifest = Manifest(**content)
        whole = isinstance(manifest.generation, int) and isinstance(manifest.models, dict)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise IndexDamagedError(f"{name} is damaged ({error}). {REBUILD}") from error
    if not whole or not isinstance(manifest.settings, dict) or not isinstance(manifest.dense, str):
        raise IndexDamagedError(f"{name} is damaged (a value is of the wrong kind). {REBUILD}")
    return manifest


def generations(home: Path) -> set[int]:
    """Return the numbers of the generations that have a folder."""
    names = [path.name.removeprefix(PREFIX) for path in home.glob(f"{PREFIX}*")]
    return {int(name) for name in names if name.isdecimal()}
