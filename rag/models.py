"""Load the models that the settings name: what encodes, to ask or to index, and what reranks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from sstc_chat.index import transformer, universal
from sstc_chat.index.encoders import Encoder, load_encoder
from sstc_chat.index.exported.loading import load_language
from sstc_chat.index.remembering import Remembering
from sstc_chat.index.types import Progress, quiet
from sstc_chat.rag.reranking import Reranker
from sstc_chat.rag.settings import Settings


def load_encoders(settings: Settings, progress: Progress = quiet) -> dict[str, Encoder]:
    """Load the encoder of each role, and what tells languages; what was not exported yet is exported."""
    load_language(settings.exports, progress)
    return {
        role: Remembering(load_encoder(choice, settings.exports, progress))
        for role, choice in settings.models().items()
    }


@contextmanager
def encoders_to_index(
    settings: Settings, progress: Progress, workers: int = 0
) -> Iterator[Callable[[], dict[str, Encoder]]]:
    """Yield what loads the encoders for many passages.

    With `workers`, sentence-transformers runs its models in so many processes, on graphics processors where
    there are any; they end with this.
    """
    with ExitStack() as stack:

        def load() -> dict[str, Encoder]:
            encoders = load_encoders(settings, progress)
            for role, choice in settings.models().items() if workers else ():
                if choice.name != universal.PACKAGED:  # it is fast, and needs no torch
                    plain = transformer.load_transformer(choice)
                    encoders[role] = stack.enter_context(transformer.in_processes(plain, workers))
            return encoders

        yield load


def load_reranker(settings: Settings) -> Reranker | None:
    """Load the reranker, if there is one in the settings."""
    if not settings.reranker:
        return None
    from sstc_chat.index import crossencoders

    return crossencoders.load_reranker(settings.reranker)
