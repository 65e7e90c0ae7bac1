"""Write prose on the quotes of an answer, and show of it what passes the gate."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sstc_chat.index.encoders import Encoder
from sstc_chat.index.types import Source
from sstc_chat.rag.composing import prose, quote
from sstc_chat.rag.prose.checking.judges import Judge, ModelJudge
from sstc_chat.rag.prose.checking.support import Quoted, Support
from sstc_chat.rag.prose.drafting import drafts
from sstc_chat.rag.prose.gate import Gate
from sstc_chat.rag.prose.model import Model, open_model
from sstc_chat.rag.prose.orders import without_orders
from sstc_chat.rag.prose.prompt import messages_for
from sstc_chat.rag.prose.types import ModelFailureError
from sstc_chat.rag.settings import Settings
from sstc_chat.rag.stopwatch import Stopwatch
from sstc_chat.rag.types import Answer, AnswerSentence, Citation, Withheld

MOST_SENTENCES = 6
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Writer:
    """Writes with one model.

    Attributes
    ----------
    model
        What writes.
    support
        What checks.
    """

    model: Model
    support: Support

    @property
    def fingerprint(self) -> dict[str, str]:
        """What prose depends on, besides what its quotes do."""
        return {"language_model": self.model.name, **self.support.judge.fingerprint}

    def write(self, answer: Answer, sources: Mapping[str, Source]) -> Iterator[Answer]:
        """Yield `answer` with prose, as each sentence passes; the last one yielded is whole.

        A refusal stays a refusal, and the model is not asked. Where nothing passes, or the model fails, the
        quotes are the answer, with a line that says why.

        Parameters
        ----------
        answer
            In quotes.
        sources
            The documents, by their ids.
        """
        if answer.refused:
            yield answer
            return
        watch = Stopwatch()
        written = replace(answer, fingerprint={**answer.fingerprint, **self.fingerprint})
        shown: list[AnswerSentence] = []
        withheld: list[Withheld] = []
        failure, more = "", False
        try:
            gate = self._gate(answer, sources)
            for one in self._checked(answer, gate):
                if isinstance(one, Withheld):
                    withheld.append(one)
                    continue
                more = gate.more
                if one.text not in {other.text for other in shown}:
                    shown.append(one)
                    yield _with(written, shown, withheld)
        except ModelFailureError as error:
            failure = error.kind
        except Exception:
            logger.exception("Prose could not be written or checked")
            failure = "broken"
        watch.lap("write")
        whole = _with(written, shown, withheld, failure, documents=len(sources))
        if more and not whole.note:
            whole = replace(whole, note="more")
        total = answer.milliseconds.get("total", 0.0) + watch.milliseconds()["total"]
        times = {**answer.milliseconds, "write": watch.milliseconds()["write"], "total": round(total, 3)}
        yield replace(whole, milliseconds=times)

    def written(self, answer: Answer, sources: Mapping[str, Source]) -> Answer:
        """Return `answer` with all of its prose; see `write`."""
        *_, whole = self.write(answer, sources)
        return whole

    def _gate(self, answer: Answer, sources: Mapping[str, Source]) -> Gate:
        """Return the gate for an answer, its quotes read ahead."""
        offered = _offered(answer.citations, sources)
        self.support.prepare(list(offered.values()))
        return Gate(self.support, offered, answer.question.language)

    def _checked(self, answer: Answer, gate: Gate) -> Iterator[AnswerSentence | Withheld]:
        stream = self.model.stream(messages_for(answer.question, gate.offered)) if gate.offered else iter(())
        for number, draft in enumerate(drafts(stream, answer.question.language), start=1):
            yield gate.check(draft)
            if number >= MOST_SENTENCES:
                return


def _offered(citations: Sequence[Citation], sources: Mapping[str, Source]) -> dict[int, Quoted]:
    """Return the quotes that a model is given, by their numbers, without what speaks to a model in them."""
    languages = {source.id: source.language for source in sources.values()}
    quotes = {one.number: (one.quote, languages.get(one.document_id, "en")) for one in citations}
    evidence = {number: Quoted(without_orders(*quote), quote[1]) for number, quote in quotes.items()}
    return {number: quote for number, quote in evidence.items() if quote.text}


def _with(
    answer: Answer,
    shown: list[AnswerSentence],
    withheld: list[Withheld],
    failure: str = "",
    documents: int = 1,
) -> Answer:
    """Return `answer` with what is shown, and with the quotes where that is nothing or was cut short."""
    text, sentences = prose(shown)
    if failure or not shown:
        quotes, quoted = quote(answer.citations, answer.question.language, documents)
        text, sentences = f"{text} {quotes}".strip(), (*sentences, *quoted)
    note = failure or ("" if shown else "unsupported")
    return replace(answer, text=text, sentences=sentences, withheld=tuple(withheld), note=note)


def open_writer(settings: Settings, encoders: Mapping[str, Encoder]) -> Writer | None:
    """Return what writes with the model of the settings, or None where there is none.

    Raises
    ------
    SSTCChatError
        If a setting is wrong, or the model that is to check is missing or of another kind.
    """
    if not settings.llm_base_url:
        return None
    model = open_model(
        settings.llm_base_url, settings.llm_model, settings.llm_api_key, float(settings.llm_seconds)
    )
    return Writer(model, Support(encoders, load_judge(settings)))


def load_judge(settings: Settings) -> Judge | None:
    """Load the model that checks, if there is one in the settings."""
    if not settings.checker:
        return None
    from sstc_chat.index.crossencoders import load_checker

    return ModelJudge(load_checker(settings.checker), settings.checker_percent / 100)
