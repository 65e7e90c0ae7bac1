"""The engine: from a question to an answer, one way through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import TypeVar

from sstc_chat.corpus.errors import QuestionError
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.store import Store
from sstc_chat.index.types import Hit, Line, Source
from sstc_chat.rag.choosing.confidence import judge
from sstc_chat.rag.choosing.joining import runs
from sstc_chat.rag.choosing.matching import Matcher
from sstc_chat.rag.choosing.ranking import choose, nearest, rank_sentences
from sstc_chat.rag.citing import cited
from sstc_chat.rag.composing import quote, refuse
from sstc_chat.rag.question import understand
from sstc_chat.rag.reranking import Reranker, rerank
from sstc_chat.rag.retrieval import Found, Query, prepare, query_for, retrieve
from sstc_chat.rag.stopwatch import Stopwatch
from sstc_chat.rag.types import Answer, Asking, Question

Result = TypeVar("Result")
PASSAGES = 12
AT_A_TIME = 4


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
            citations = cited(ranking, chosen, [[place] for place in chosen], self.store, self.documents)
            text, sentences = refuse(refusal, question.language)
        else:
            citations = cited(ranking, chosen, runs(ranking, chosen), self.store, self.documents)
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

    def sources(self) -> list[Source]:
        """Return the documents in the index."""
        return list(self.documents.values())

    def lines(self, document_id: str) -> list[Line]:
        """Return every sentence of a document in reading order, headings and captions too."""
        return self.store.document_lines(document_id)
