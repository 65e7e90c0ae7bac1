"""What a record looks like, and the check of one that comes from outside."""

from __future__ import annotations

import reprlib
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from sstc_chat.corpus.errors import RecordError
from sstc_chat.rag.records.selectors import source_of
from sstc_chat.rag.types import Refusal, Verdict

FORMAT: Literal["sstc-chat record"] = "sstc-chat record"
VERSION: Literal[1] = 1
# No text has more characters; what is larger would not fit into a database's numbers.
FARTHEST = 1 << 40
MOST_CITATIONS = 100
LONGEST_SHOWN = 100


def _encodable(text: str) -> str:
    text.encode()
    return text


# JSON can spell half a character, which no file can hold.
Text = Annotated[str, AfterValidator(_encodable)]
Offset = Annotated[int, Field(ge=0, le=FARTHEST)]
Number = Annotated[int, Field(ge=1, le=FARTHEST)]
Sum = Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
Moment = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$")]
# What is put into words where it is shown.
Key = Annotated[str, Field(pattern="^[a-z_]{0,40}$")]
# A language tag (BCP 47), as HTML and Word know it.
Language = Annotated[str, Field(pattern="^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", max_length=35)]


class _Part(BaseModel):
    """Part of a record: of the types it says, and with nothing besides."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


class PositionSelector(_Part):
    """Where a piece of a quote stands (Web Annotation Data Model, section 4.2.5)."""

    type: Literal["TextPositionSelector"]
    start: Offset
    end: Offset

    @model_validator(mode="after")
    def _holds_something(self) -> PositionSelector:
        if self.start >= self.end:
            raise ValueError(f"the end, {self.end}, is not behind the start, {self.start}")
        return self


class QuoteSelector(_Part):
    """The characters of that piece, and those around it (section 4.2.4)."""

    type: Literal["TextQuoteSelector"]
    exact: Text
    prefix: Text
    suffix: Text


class Target(_Part):
    """One piece of a quote, with its selectors (section 4): both select the same."""

    type: Literal["SpecificResource"]
    source: Text
    selector: list[Annotated[PositionSelector | QuoteSelector, Field(discriminator="type")]]

    @model_validator(mode="after")
    def _has_a_position(self) -> Target:
        kinds = [one.type for one in self.selector]
        if kinds not in (["TextPositionSelector"], ["TextPositionSelector", "TextQuoteSelector"]):
            raise ValueError(f"its selectors are {kinds}, not a position and the quote there")
        return self

    @property
    def position(self) -> PositionSelector:
        """Where it stands."""
        return next(one for one in self.selector if isinstance(one, PositionSelector))

    @property
    def quote(self) -> QuoteSelector | None:
        """The characters there, if the record holds them."""
        return next((one for one in self.selector if isinstance(one, QuoteSelector)), None)


class DocumentNamed(_Part):
    """A document, named so that a change is noticed."""

    id: Text
    title: Text
    sha256: Sum


class OnPage(_Part):
    """A page of a PDF, and where the quote stands on it.

    A box is left, top, right, bottom in shares of the page's width and height, from its upper left corner.
    """

    page: Number
    boxes: list[Annotated[list[float], Field(min_length=4, max_length=4)]]


class Cited(_Part):
    """A quote, its document and its place there: as many targets as the quote has pieces."""

    number: Number
    quote: Text
    document: DocumentNamed
    section: list[Text]
    page: Offset | None
    target: Annotated[list[Target], Field(min_length=1)]
    boxes: list[OnPage] = []

    @model_validator(mode="after")
    def _is_of_its_document(self) -> Cited:
        if {one.source for one in self.target} != {source_of(self.document.sha256)}:
            raise ValueError("a source is not the document's sum as a ni address")
        return self


class Said(_Part):
    """A sentence of the answer, and the numbers of the quotes it rests on."""

    text: Text
    citations: list[Number]
    verdict: Verdict


class Limited(_Part):
    """The documents that were asked, where it was not all: titles by id, languages, years, and how many."""

    documents: dict[Text, Text]
    languages: list[Text]
    years: list[Text]
    asked: Number
    of: Number


class KeptBack(_Part):
    """A sentence of a language model that was withheld, and why."""

    text: Text
    citations: list[Number]
    reason: Key
    missing: list[Text]


class Record(_Part):
    """An answer, whole, with what it depends on."""

    format: Literal["sstc-chat record"]
    version: Literal[1]
    made: Moment
    program: Text
    question: Text
    standalone_question: Text
    language: Language
    refusal: Refusal | None
    text: Text
    confidence: Annotated[float, Field(ge=0, le=1)]
    sentences: list[Said]
    # Records made before a language model could write have neither.
    withheld: list[KeptBack] = []
    note: Key = ""
    citations: Annotated[list[Cited], Field(max_length=MOST_CITATIONS)]
    nearest: Annotated[list[Cited], Field(max_length=MOST_CITATIONS)]
    fingerprint: dict[Text, Text]
    milliseconds: dict[Text, float]
    limits: Limited | None = None

    @model_validator(mode="after")
    def _cites_what_it_holds(self) -> Record:
        numbers = [one.number for one in self.citations]
        missing = {number for one in self.sentences for number in one.citations} - set(numbers)
        if missing or len(set(numbers)) < len(numbers):
            raise ValueError(f"the citations are numbered {numbers}, and sentences rest on {sorted(missing)}")
        return self


def checked(value: object) -> Record:
    """Return `value`, which may come from anywhere, as a record.

    Raises
    ------
    RecordError
        If it is not one; the message names the first thing that is wrong.
    """
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise RecordError(f"This is no record: {_shown(value)}. Give one that sstc-chat has written.")
    if value.get("version") != VERSION:
        raise RecordError(
            f"The record has the version {_shown(value.get('version'))}; this program reads {VERSION}. "
            "Update sstc-chat, or ask the question again."
        )
    try:
        return Record.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))[:LONGEST_SHOWN] or "the whole"
        raise RecordError(
            f"The record is not as it was written, at {place}: {first['msg']}; it is "
            f"{_shown(first['input'])}. Take the record as sstc-chat wrote it."
        ) from error


def _shown(value: object) -> str:
    return reprlib.repr(value)[:LONGEST_SHOWN]
