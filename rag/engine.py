"""The engine: from a question to an answer, one way through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sstc_chat.corpus.errors import IndexMissingError
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder, load_encoder
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import Hit, Line, Progress, Source
from sstc_chat.rag.choosing import choose, distinct, rank_sentences
from sstc_chat.rag.citing import cite, verify
from sstc_chat.rag.composing import in_reading_order, quote, refuse
from sstc_chat.rag.confidence import judge
from sstc_chat.rag.question import understand
from sstc_chat.rag.retrieval import query_for, retrieve
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.stopwatch import Stopwatch
from sstc_chat.rag.types import Answer

PASSAGES = 20
NEAREST = 3


class Engine:
    """Answers questions from one index.

    Parameters
    ----------
    store
        The index.
    encoders
        By role: `english` and `multilingual`.
    """

    def __init__(self, store: Store, encoders: Mapping[str, Encoder]) -> None:
        self.store = store
        self.encoders = encoders
        self.documents = {source.id: source for source in store.sources()}
        self.fingerprint = store.manifest.fingerprint()

    def ask(self, text: str, history: Sequence[str] = ()) -> Answer:
        """Answer a question with quotes, or refuse.

        Parameters
        ----------
        text
            The question, in any of the languages of the multilingual encoder.
        history
            The asker's earlier questions, the latest last.

        Raises
        ------
        QuestionError
            If there is no question in `text`, or too much of one.
        """
        watch = Stopwatch()
        question = understand(text, history)
        query = query_for(question, self.encoders)
        watch.lap("understand")
        found = retrieve(query, self.store, PASSAGES)
        watch.lap("retrieve")
        candidates = rank_sentences(query, found, self.store)
        chosen = in_reading_order(choose(candidates))
        confidence, refused = judge(query, found, candidates, chosen, self.store)
        watch.lap("choose")
        shown = distinct(candidates)[:NEAREST] if refused else chosen
        citations = cite([candidate.line for candidate in shown], self.documents)
        verify(citations, self.store)
        watch.lap("cite")
        compose = refuse if refused else quote
        text, sentences = compose(citations, question.language, len(self.documents))
        return Answer(
            question=question,
            refused=refused,
            text=text,
            confidence=confidence,
            sentences=sentences,
            citations=() if refused else citations,
            nearest=citations if refused else (),
            fingerprint=self.fingerprint,
            milliseconds=watch.milliseconds(),
        )

    def search(self, text: str, top: int) -> tuple[Hit, ...]:
        """Return the `top` passages for a question, best first: retrieval alone."""
        query = query_for(understand(text), self.encoders)
        return retrieve(query, self.store, top).hits

    def sources(self) -> list[Source]:
        """Return the documents in the index."""
        return list(self.documents.values())

    def lines(self, document_id: str) -> list[Line]:
        """Return every sentence of a document in reading order, headings and captions too."""
        return self.store.document_lines(document_id)


def open_engine(settings: Settings, progress: Progress) -> Engine:
    """Open the engine on the index in the settings' home.

    Where there is no index yet, one is built from the shipped report.

    Raises
    ------
    SSTCChatError
        If a model is missing, or the index is damaged or stale, or the home cannot be written.
    """
    encoders = load_encoders(settings)
    try:
        store = open_store(settings.home, encoders, settings.index_settings())
    except IndexMissingError:
        with open_library(settings.home) as library:
            begin(library)
            build_index(settings.home, library, encoders, settings.index_settings(), progress)
        store = open_store(settings.home, encoders, settings.index_settings())
    return Engine(store, encoders)


def begin(library: Library) -> None:
    """Put the shipped report into a library that holds nothing."""
    if not len(library):
        library.add([shipped_report()])


def load_encoders(settings: Settings) -> dict[str, Encoder]:
    """Load the encoder of each role."""
    return {role: load_encoder(choice) for role, choice in settings.models().items()}
