"""What programs send and get, typed: the JSON of the command line, which may have more fields later."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from sstc_chat.rag.feedback.opinions import LONGEST_COMMENT, Reason

# Of a question, in characters, and of those before it.
LONGEST = 2000
MOST_EARLIER = 50
MOST_CHOSEN = 1000
SEEN = r"\S"
Text = Annotated[str, Field(max_length=LONGEST)]
Chosen = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=MOST_CHOSEN)]
Spans = list[tuple[int, int]]


def _whole(value: object) -> object:
    """Return a whole number that was written as 5.0 as one, which it is in JSON Schema."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


class Sent(BaseModel):
    """What is sent: a field that is not known is a mistake."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Got(BaseModel):
    """What comes back."""

    model_config = ConfigDict(extra="allow")


class Limited(Sent):
    """A question, of all documents or of some."""

    question: Annotated[str, Field(max_length=LONGEST, pattern=SEEN, examples=["What is Ejo Heza?"])]
    documents: Annotated[Chosen, Field(description="ids")] = []
    languages: Annotated[Chosen, Field(description="codes, such as fr")] = []
    years: Annotated[Chosen, Field(description="such as 2024")] = []


class Asked(Limited):
    """A question to be answered."""

    history: Annotated[
        list[Text], Field(max_length=MOST_EARLIER, description="earlier questions, the latest last")
    ] = []
    quotes: Annotated[bool, Field(description="answer in quotes, whatever model is set")] = False


class Searched(Limited):
    """A question to find passages for."""

    top: Annotated[int, Field(ge=1, le=50), BeforeValidator(_whole)] = 5


class Opinion(Sent):
    """What somebody thinks of an answer."""

    good: bool
    record: Annotated[dict[str, Any], Field(description="of the answer, as `records` gives it")]
    reason: Reason | None = None
    comment: Annotated[str, Field(max_length=LONGEST_COMMENT)] = ""
    history: Annotated[list[Text], Field(max_length=MOST_EARLIER)] = []


class Records(Sent):
    """Records to be checked."""

    records: Annotated[list[dict[str, Any]], Field(min_length=1, max_length=50)]


class Sentence(Got):
    """A sentence of an answer, and the numbers of the citations that it rests on."""

    text: str
    citations: list[int]
    verdict: Literal["quoted", "supported", "unsupported"]


class Citation(Got):
    """A quote, and the characters of the source that it came from."""

    number: int
    quote: str
    document_id: str
    document_title: str
    document_sha256: str
    section: list[str]
    page: int | None
    spans: Spans


class Answer(Got):
    """An answer, or a refusal with the nearest passages."""

    question: str
    standalone_question: str
    language: str
    refused: bool
    refusal: Literal["outside", "unsaid", "no question"] | None
    text: str
    confidence: float
    sentences: list[Sentence]
    citations: list[Citation]
    nearest: list[Citation]
    record: Annotated[
        dict[str, Any], Field(description="what is kept of it: check it again, or give feedback")
    ]


class Hit(Got):
    """A passage, with its place."""

    document_id: str
    chunk_id: str
    section: list[str]
    page: int | None
    score: float
    text: str
    spans: Spans


class Hits(Got):
    """Passages, best first."""

    hits: list[Hit]


class Document(Got):
    """A document of the library."""

    id: str
    title: str
    language: str
    date: str
    size: int
    sentences: int
    passages: int
    sha256: str


class Changed(Got):
    """What became of each document, and of quotes from it in answers that were kept."""

    documents: dict[str, Literal["added", "replaced", "unchanged"]]
    effects: Annotated[
        dict[str, dict[str, int]], Field(description="how many quotes are the same, moved, changed or gone")
    ]


class Back(Got):
    """Documents that are back."""

    documents: list[str]


class Kept(Got):
    """What takes an opinion back."""

    token: str


class Health(Got):
    """Whether questions can be answered."""

    status: Literal["ok"]
    version: str
    documents: int
    language_model: bool


class Failure(Got):
    """What was wrong, and what to do about it."""

    error: str
