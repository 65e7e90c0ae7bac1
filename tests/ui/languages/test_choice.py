"""The page follows the browser, until a reader chooses."""

from __future__ import annotations

import pytest

from sstc_chat.ui.languages.choice import preferred


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        pytest.param("", "en", id="nothing"),
        pytest.param("fr", "fr", id="one"),
        pytest.param("pt-BR,pt;q=0.9,en;q=0.8", "pt", id="of a country"),
        pytest.param("de-DE, de;q=0.9, es;q=0.5, en;q=0.3", "es", id="the first that there is"),
        pytest.param("en;q=0.2, ar;q=0.9", "ar", id="by weight"),
        pytest.param("ZH-hans-CN", "zh", id="whatever the case"),
        pytest.param("fr;q=0, ru;q=0.1", "ru", id="never one that is refused"),
        pytest.param("*", "en", id="any"),
        pytest.param("fr;q=much, ;;, ,q=", "en", id="nonsense"),
    ],
)
def test_the_language_of_the_browser(accepted: str, language: str) -> None:
    assert preferred(None, accepted) == language


def test_what_was_chosen_comes_first() -> None:
    assert preferred("ru", "fr") == "ru"
    assert preferred("../etc", "fr") == "fr"
