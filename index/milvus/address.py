"""Where Milvus is, and what it lets in with."""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Address:
    """The address of a Milvus server.

    Attributes
    ----------
    uri
        Such as `http://localhost:19530`; a path names a database.
    token
        `user:password` or an API key, where the server wants one. It is never shown.
    """

    uri: str = field(repr=False)
    token: str = field(default="", repr=False)

    @property
    def shown(self) -> str:
        """The address without what may stand in it to be let in."""
        return re.sub(r"//[^/@]*@", "//", self.uri)
