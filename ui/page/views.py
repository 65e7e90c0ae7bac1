"""A view: what the page shows at one address, and what it is given to do so."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from sstc_chat.rag.access.roles import Role
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.ui.languages.words import Words
from sstc_chat.ui.operating.watching import Watch
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.page.markup import Html
from sstc_chat.ui.page.working import Workers

if TYPE_CHECKING:
    from sstc_chat.ui.access.attempts import Pace
    from sstc_chat.ui.chat.writings import Writings


@dataclass(frozen=True)
class Site:
    """What a view is given.

    Attributes
    ----------
    engine
        What answers, and knows the documents.
    words
        The words of the page, in the language in which the view is shown.
    home
        The folder that holds the index, and what people make with it.
    editing
        Whether documents may be added and taken out on the page, by those who may.
    workers
        Where questions are answered, those of all languages.
    watch
        Sees what becomes of each question.
    pace
        Holds everybody to their share of requests.
    writings
        The answers that a language model is writing, in all languages.
    writer
        Writes on the quotes with a language model; None where none is set.
    """

    engine: Answerer
    words: Words
    home: Path
    workers: Workers
    watch: Watch
    pace: Pace
    writings: Writings
    editing: bool = False
    writer: Writer | None = None


@dataclass(frozen=True)
class View:
    """A view.

    Attributes
    ----------
    path
        Its address below that of the language; empty for the first view.
    name
        The key of its name in the language files.
    lay_out
        Places its parts and says what happens when something is pressed, within a `gr.Blocks`.
    role
        What one must be to see it; None where everybody may.
    parts
        What of it depends on the library: made whenever the page is opened, and put where `parts.fresh` holds
        its place.
    """

    path: str
    name: str
    lay_out: Callable[[Site], None]
    role: Role | None = "reader"
    parts: Mapping[str, Callable[[Site], Html]] = field(default_factory=dict)
