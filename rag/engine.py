"""The engine: from a question to an answer, one way through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import TypeVar

from sstc_chat.corpus.errors import IndexMissingError, QuestionError
from sstc_chat.corpus.shipped import shipped_report
from sstc_chat.index import transformer, universal
from sstc_chat.index.builder import build_index
from sstc_chat.index.encoders import Encoder, load_encoder
from sstc_chat.index.exported.loading import load_language
from sstc_chat.index.library import Library, open_library
from sstc_chat.index.remembering import Remembering
from sstc_chat.index.store import Store, open_store
from sstc_chat.index.types import Hit, Line, Progress, Source, quiet
from sstc_chat.rag.choosing.confidence import judge
from sstc_chat.rag.choosing.joining import runs
from sstc_chat.rag.choosing.ranking import Ranking, choose, nearest, rank_sentences
from sstc_chat.rag.choosing.terms import Matcher
from sstc_chat.rag.citing import cite, joined, verify
from sstc_chat.rag.composing import in_order, quote, refuse
from sstc_chat.rag.question import understand
from sstc_chat.rag.reranking import Reranker, rerank
from sstc_chat.rag.retrieval import Found, Query, prepare, query_for, retrieve
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.stopwatch import Stopwatch
from sstc_chat.rag.types import Answer, Asking, Citation, Question

Result = TypeVar("Result")
PASSAGES = 12
AT_A_TIME = 4
# How many seconds to wait while another process builds the first index.
FIRST_BUILD = 120


class Engine:
    """Answers questions from one index.

    Parameters
    ----------
    store
        The index.
    encoders
        By role: `english` and `multilingual`.
    reranker
        Puts the passages found in order; None leaves the order of retrieval.
    """

    def __init__(
        self, store: Store, encoders: Mapping[str, Encoder], reranker: Reranker | None = None
    ) -> None:
        self.reranker = reranker
        self.store = store
        self.encoders = encoders
        self.documents = {source.id: source for source in store.sources()}
        self.matcher = Matcher(store.vocabulary, encoders["multilingual"], store.chunks)
        made_with = {name: str(value) for name, value in store.manifest.settings.items()}
        self.fingerprint = {**store.manifest.fingerprint(), **made_with}
        if reranker:
            self.fingerprint |= {"reranker": f"{reranker.name} {reranker.checksum}"}

    @property
    def at_a_time(self) -> int:
        """How many questions it takes at a time: more would only make all of them slower."""
        return AT_A_TIME

    def ask(self, text: str, history: Sequence[str] = (), documents: Collection[str] = ()) -> Answer:
        """Answer a question with quotes, or refuse.

        Parameters
        ----------
        text
            The question, in any of the languages of the multilingual encoder.
        history
            The asker's earlier questions, the latest last.
        documents
            The ids of those to answer from; none means all.

        Raises
        ------
        QuestionError
            If there is no question in `text`, or too much of one.
        """
        watch = Stopwatch()
        question = understand(text, history)
        query = query_for(question, self.encoders, self.matcher)
        watch.lap("understand")
        found = self._found(question, query, PASSAGES, documents)
        watch.lap("retrieve")
        ranking = rank_sentences(query, found, self.store)
        chosen = choose(ranking)
        confidence, refusal = judge(query, found, ranking, chosen)
        watch.lap("choose")
        if refusal:
            chosen = nearest(ranking, refusal)
            citations = self._cited(ranking, chosen, [[place] for place in chosen])
            text, sentences = refuse(refusal, question.language)
        else:
            citations = self._cited(ranking, chosen, runs(ranking, chosen))
            text, sentences = quote(citations, question.language, len(self.documents))
        watch.lap("cite")
        return Answer(
            question=question,
            refusal=refusal,
            text=text,
            confidence=confidence,
            sentences=sentences,
            citations=() if refusal else citations,
            nearest=citations if refusal else (),
            fingerprint=self.fingerprint,
            milliseconds=watch.milliseconds(),
        )

    def now(self) -> Engine:
        """Return the engine on the library as it is now, which is this one; see `CurrentEngine`."""
        return self

    def prepare(self, asked: Iterable[Asking]) -> None:
        """Encode several questions together, so that each takes less when it is asked soon.

        What is wrong with one of them is told when it is asked.
        """
        questions = []
        for text, history in asked:
            with suppress(QuestionError):
                questions.append(understand(text, history))
        prepare(questions, self.encoders, self.matcher)

    def do(
        self,
        work: Callable[..., Result],
        *given: object,
        asking: Asking | None = None,  # noqa: ARG002 - one who does several things at a time wants to know
    ) -> Result:
        """Return what `work` returns of this engine and what else it is given; `asking` is what it asks."""
        return work(self, *given)

    def search(self, text: str, top: int, documents: Collection[str] = ()) -> tuple[Hit, ...]:
        """Return the `top` passages for a question, best first: retrieval alone."""
        question = understand(text)
        query = query_for(question, self.encoders, self.matcher)
        return self._found(question, query, max(top, PASSAGES), documents).hits[:top]

    def _found(self, question: Question, query: Query, top: int, documents: Collection[str]) -> Found:
        found = retrieve(query, self.store, top, documents)
        return rerank(question.standalone, found, self.reranker) if self.reranker else found

    def _cited(
        self, ranking: Ranking, chosen: Sequence[int], runs: Sequence[Sequence[int]]
    ) -> tuple[Citation, ...]:
        """Return each run of places as a citation that holds the best of those chosen in it, checked."""
        numbers = ranking.candidates.evidence.numbers.tolist()
        lines = self.store.lines(numbers[place] for run in runs for place in run)
        best = [next(place for place in chosen if place in run) for run in runs]
        quotes = [
            joined([lines[numbers[place]] for place in run], self.store, run.index(kept))
            for run, kept in zip(runs, best, strict=True)
        ]
        citations = cite(in_order(quotes), self.documents)
        verify(citations, self.store)
        return citations

    def sources(self) -> list[Source]:
        """Return the documents in the index."""
        return list(self.documents.values())

    def lines(self, document_id: str) -> list[Line]:
        """Return every sentence of a document in reading order, headings and captions too."""
        return self.store.document_lines(document_id)


def open_engine(settings: Settings, progress: Progress) -> Engine:
    """Open the engine on the index in the settings' home.

    Where there is no index in the home yet, one is built from the shipped report.

    Raises
    ------
    SSTCChatError
        If a model is missing, or the index is damaged or stale, or the home cannot be written.
    """
    encoders = load_encoders(settings, progress)
    try:
        store = _store(settings, encoders)
    except IndexMissingError:
        if settings.store == "milvus":
            raise
        with open_library(settings.home, FIRST_BUILD, settings.dense) as library:
            begin(library)
            build_index(settings.home, library, encoders, settings.index_settings(), progress)
        store = _store(settings, encoders)
    return Engine(store, encoders, load_reranker(settings))


def reopened(engine: Engine, settings: Settings) -> Engine:
    """Return an engine on the library as it is now, with the models of one that is open."""
    return reopening(engine, settings)()


def reopening(engine: Engine, settings: Settings) -> Callable[[], Engine]:
    """Return what opens an engine on the library as it is then, with the models of one that is open.

    It keeps the models and not the engine, which would keep the library as it was.
    """
    encoders, reranker = engine.encoders, engine.reranker
    return lambda: Engine(_store(settings, encoders), encoders, reranker)


def _store(settings: Settings, encoders: Mapping[str, Encoder]) -> Store:
    return open_store(settings.home, encoders, settings.index_settings(), settings.milvus())


def load_reranker(settings: Settings) -> Reranker | None:
    """Load the reranker, if there is one in the settings."""
    if not settings.reranker:
        return None
    from sstc_chat.index import crossencoders

    return crossencoders.load_reranker(settings.reranker)


def begin(library: Library) -> None:
    """Put the shipped report into a library that holds nothing."""
    if not len(library):
        library.add([shipped_report()])


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


def load_encoders(settings: Settings, progress: Progress = quiet) -> dict[str, Encoder]:
    """Load the encoder of each role, and what tells languages; what was not exported yet is exported."""
    load_language(settings.exports, progress)
    return {
        role: Remembering(load_encoder(choice, settings.exports, progress))
        for role, choice in settings.models().items()
    }
