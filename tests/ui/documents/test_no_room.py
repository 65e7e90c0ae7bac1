"""A file is sent where there is no room for it while it is read: that is told, and nothing has changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest

from sstc_chat.rag.documents.editing import Editor
from sstc_chat.ui.languages.words import words_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from tests.ui.conftest import Make

resource = pytest.importorskip("resource", reason="the size of files is limited by setrlimit")


@pytest.mark.parametrize("where", ["/documents", "/api/v1/documents"])
def test_it_is_told_and_is_no_error_of_the_server(
    serve_page: Callable[..., AbstractContextManager[str]], make: Make, tmp_path: Path, where: str
) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    with serve_page(make.engine({}), editor=Editor(tmp_path, {}, {}), languages=[]) as url:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
        try:
            headers = {"X-SSTC-Chat": "1", "Accept-Language": "fr"}
            sent = {"content": b"tea " * 10_000, "headers": headers}
            answer = httpx.put(f"{url}{where}/file/tea.txt", **sent)  # type: ignore[arg-type]
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert answer.status_code == 503
    told = answer.json()["error"] if "api" in where else answer.text
    assert told == words_in("fr")("errors.full") or "Make room for temporary files" in told
