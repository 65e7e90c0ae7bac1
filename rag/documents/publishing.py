"""Bring Milvus to what the library of a home holds, where questions look there."""

from __future__ import annotations

from contextlib import closing

from sstc_chat.corpus.errors import StoreError
from sstc_chat.index.library import Library
from sstc_chat.index.types import Progress
from sstc_chat.rag.settings import Settings


def publish_library(
    settings: Settings, library: Library, progress: Progress, *, replace: bool = False
) -> None:
    """Publish `library` on the server of the settings, if they name one.

    Parameters
    ----------
    replace
        Whether it may take the place of what another home has published there.

    Raises
    ------
    StoreError
        If that fails. The library in the home holds what it holds, and can be published again.
    """
    address = settings.milvus()
    if address is None:
        return
    from sstc_chat.index.milvus.publishing import publish
    from sstc_chat.index.milvus.server import Server

    try:
        with closing(Server(address)) as server:
            publish(library, server, progress, replace=replace)
    except StoreError as error:
        raise StoreError(
            f"The library in {settings.home} is kept, but Milvus does not have it yet; `sstc-chat index "
            f"publish` brings it there. {error}"
        ) from error
