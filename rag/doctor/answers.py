"""Check what answers: the models, all that the library holds, and that what stands in it is found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sstc_chat.corpus.errors import IndexMissingError, SettingsError, SSTCChatError
from sstc_chat.index.encoders import Encoder
from sstc_chat.index.keeping.checking import check_library
from sstc_chat.index.store import open_store
from sstc_chat.index.types import Progress
from sstc_chat.rag.doctor.diagnosis import Diagnosis
from sstc_chat.rag.engine import Engine
from sstc_chat.rag.models import load_encoders, load_reranker
from sstc_chat.rag.prose.model import open_model
from sstc_chat.rag.prose.notes import NOTES
from sstc_chat.rag.prose.types import ModelFailureError
from sstc_chat.rag.settings import Settings

# Long enough to be one of a kind.
LEAST_WORDS = 8


def check_answers(settings: Settings, progress: Progress) -> Iterator[Diagnosis]:
    """Yield how the models are, the library, and what it answers."""
    try:
        encoders = load_encoders(settings)
        load_reranker(settings)
    except SSTCChatError as error:
        yield Diagnosis("models", "wrong", str(error))
        return
    yield Diagnosis("models", "good", ", ".join(encoder.name for encoder in encoders.values()))
    library = list(_library(settings, encoders, progress))
    yield from library
    if all(one.state == "good" for one in library):
        yield _answering(settings, encoders)


def _library(settings: Settings, encoders: Mapping[str, Encoder], progress: Progress) -> Iterator[Diagnosis]:
    try:
        found = list(check_library(settings.home, encoders, settings.index_settings(), progress))
    except IndexMissingError as error:
        yield Diagnosis("library", "note", str(error), "Nothing: the first command builds it.")
        return
    except SSTCChatError as error:
        yield Diagnosis("library", "wrong", str(error))
        return
    wrong = [one for one in found if one.wrong]
    yield from (Diagnosis("library", "wrong", one.text) for one in wrong)
    if not wrong:
        yield Diagnosis("library", "good", f"{len(found):,} documents, each exact")


def _answering(settings: Settings, encoders: Mapping[str, Encoder]) -> Diagnosis:
    """Ask for a sentence of the library: the passage it stands in must come first, or be one of the best."""
    store = open_store(settings.home, encoders, settings.index_settings())
    try:
        for source in store.sources():
            for line in store.document_lines(source.id):
                if line.kind != "heading" and len(line.text.split()) >= LEAST_WORDS:
                    return _found(Engine(store, encoders), line.text)
    finally:
        store.close()
    return Diagnosis(
        "answers", "note", "The library holds no sentence to ask for.", "sstc-chat index add PATH"
    )


def _found(engine: Engine, sentence: str) -> Diagnosis:
    answer = engine.ask(sentence[:500])
    took = f"{answer.milliseconds['total']:.0f} ms"
    if any(sentence[:100] in one.quote for one in (*answer.citations, *answer.nearest)):
        return Diagnosis("answers", "good", f"A sentence of the library was found and quoted in {took}")
    remedy = "Build the index again: sstc-chat index build"
    return Diagnosis(
        "answers", "wrong", f"A sentence of the library was not found: {sentence[:80]!r}", remedy
    )


def check_language_model(settings: Settings) -> Diagnosis:
    """Ask the language model for a word, where one is set."""
    if not settings.llm_base_url:
        return Diagnosis("language model", "good", "None is set: answers are quotes")
    where = f"{settings.llm_model} at {settings.llm_base_url}"
    try:
        model = open_model(
            settings.llm_base_url, settings.llm_model, settings.llm_api_key, settings.llm_seconds
        )
        next(model.stream([{"role": "user", "content": "Say: yes"}]), "")
    except SettingsError as error:
        return Diagnosis("language model", "wrong", str(error))
    except ModelFailureError as error:
        remedy = "See whether that server runs, and llm_base_url, llm_model and llm_api_key."
        return Diagnosis("language model", "wrong", f"{where}: {NOTES['en'][error.kind]}", remedy)
    return Diagnosis("language model", "good", f"{where} writes")
