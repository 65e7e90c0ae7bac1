"""What is served, for whom, and what may be left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from sstc_chat.rag.documents.editing import Editor
from sstc_chat.rag.prose.writing import Writer
from sstc_chat.ui.access.share import Share
from sstc_chat.ui.access.visitors import Door
from sstc_chat.ui.operating.watching import Watch
from sstc_chat.ui.page.answerer import Answerer
from sstc_chat.ui.privacy.notice import Practice


@dataclass(frozen=True)
class Hosted:
    """What is served.

    Attributes
    ----------
    engine
        What answers.
    home
        The folder that holds its index, and what people make with it.
    door
        Knows who comes, and what they may do; without one, all is for whoever is at this machine.
    trusted_proxies
        Proxies that are believed from which address somebody asks, and whether by TLS.
    watch
        Sees every question and request, for those who operate the server.
    practice
        What readers are told of what is kept of them.
    editor
        Changes the library, where that may be done on the page.
    writer
        Writes with a language model, where one is set.
    address
        The address of the page as browsers know it; empty where requests tell it.
    share
        How much is taken from one person.
    """

    engine: Answerer
    home: Path
    door: Door | None = None
    trusted_proxies: str = ""
    watch: Watch = field(default_factory=Watch)
    practice: Practice = field(default_factory=Practice)
    editor: Editor | None = None
    writer: Writer | None = None
    address: str = ""
    share: Share = field(default_factory=Share)
