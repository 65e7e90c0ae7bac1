"""The page on which each way that was found into applications of Gradio is tried."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from sstc_chat.rag.access import accounts
from sstc_chat.ui.access.visitors import Door

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.ui.conftest import Make


@pytest.fixture(scope="module")
def url(
    serve_page: Callable[..., AbstractContextManager[str]],
    make: Make,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    """Return the address of a page that everybody may read, with one account."""
    home = tmp_path_factory.mktemp("home")
    accounts.add(home, "Amina", "nine cups of black tea", ["evaluator"])
    with serve_page(
        make.engine({"one": [("paragraph", "It began.")]}), door=Door(home), languages=["en"]
    ) as at:
        yield at


@pytest.fixture
def client(url: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=url, timeout=60) as opened:
        yield opened


@pytest.fixture(scope="module")
def config(url: str) -> dict[str, Any]:
    return dict(httpx.get(f"{url}/en/config").json())
