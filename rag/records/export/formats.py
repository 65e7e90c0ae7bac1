"""The formats that a conversation can be taken along in."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.output import Json
from sstc_chat.rag.records.export.conversation import conversation_of
from sstc_chat.rag.records.export.markdown import as_markdown
from sstc_chat.rag.records.export.word import as_word
from sstc_chat.rag.records.export.wording import export_wording
from sstc_chat.rag.records.files import write_whole
from sstc_chat.rag.records.record import answer_of

Records = Sequence[Json]


@dataclass(frozen=True)
class Format:
    """A format: what a file is called at its end, what it is (RFC 6838), and how it is made."""

    suffix: str
    media_type: str
    make: Callable[[Records, str], bytes]


def _markdown(records: Records, language: str) -> bytes:
    wording = export_wording(language)
    return as_markdown(conversation_of(records, wording), wording).encode()


def _word(records: Records, language: str) -> bytes:
    wording = export_wording(language)
    return as_word(conversation_of(records, wording), wording)


def _json(records: Records, _language: str) -> bytes:
    for record in records:
        answer_of(record)
    return (json.dumps(list(records), ensure_ascii=False, indent=2) + "\n").encode()


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FORMATS = {
    one.suffix: one
    for one in (
        Format(".md", "text/markdown", _markdown),
        Format(".docx", WORD, _word),
        Format(".json", "application/json", _json),
    )
}


def exported(records: Records, suffix: str, language: str) -> bytes:
    """Return the content of a file that holds a conversation.

    Parameters
    ----------
    records
        The conversation; they may come from anywhere.
    suffix
        One of `FORMATS`.
    language
        That of the words around questions, answers and quotes.

    Raises
    ------
    RecordError
        If one of them is no record, or the format is unknown.
    """
    return format_of(suffix).make(records, language)


def format_of(suffix: str) -> Format:
    """Return the format that is called `suffix`.

    Raises
    ------
    RecordError
        If there is none.
    """
    if suffix.lower() not in FORMATS:
        raise RecordError(f"{suffix!r} is no format to export to. Give one of: {', '.join(FORMATS)}.")
    return FORMATS[suffix.lower()]


def write_export(records: Records, path: Path, language: str) -> None:
    """Write a conversation to the file `path`, whole or not at all; its suffix says the format.

    Raises
    ------
    RecordError
        If one of them is no record, the format is unknown, or the file cannot be written.
    """
    write_whole(path, exported(records, path.suffix, language))
