"""A link leads where its source says, or nowhere."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.ui.reading.links import Links
from sstc_chat.ui.reading.runs import Run

SAFE_STARTS = ("http://", "https://", "mailto:")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param("[here](https://ilo.org/a?b=c&d=e#f)", "https://ilo.org/a?b=c&d=e#f", id="https"),
        pytest.param("[here](HTTP://ilo.org)", "HTTP://ilo.org", id="in capitals"),
        pytest.param("[here](mailto:a@ilo.org)", "mailto:a@ilo.org", id="mail"),
        pytest.param(r"[here](https://ilo.org/a\_b)", "https://ilo.org/a_b", id="an escape"),
        pytest.param("[here](https://ilo.org/a_(b))", "https://ilo.org/a_(b)", id="brackets"),
        pytest.param(
            "[here](https://ilo.org/](b))", "https://ilo.org/](b)", id="a bracket that looks like the end"
        ),
        pytest.param("[here](#)", None, id="no target"),
        pytest.param("[here]()", None, id="empty"),
        pytest.param("[here](report.pdf)", None, id="relative"),
        pytest.param("[here](//evil.example)", None, id="of no scheme"),
        pytest.param("[here](javascript:alert(1))", None, id="script"),
        pytest.param("[here](JaVaScRiPt:alert)", None, id="script in capitals"),
        pytest.param("[here](\x01javascript:alert)", None, id="script behind a control character"),
        pytest.param("[here](https://a\x7f)", None, id="control character"),
        pytest.param("[here](data:text/html,x)", None, id="data"),
        pytest.param("[here](vbscript:x)", None, id="vbscript"),
        pytest.param("[here](file:///etc/passwd)", None, id="file"),
        pytest.param("[here] (https://ilo.org)", None, id="no link"),
    ],
)
def test_where_a_label_leads(source: str, expected: str | None) -> None:
    assert Links(source).target(Run("", 1, 5)) == expected


def test_only_what_stands_in_a_label_leads_anywhere() -> None:
    source = "Go [one](https://one) or [two three](https://two) now"
    links = Links(source)
    start, end = source.index("one"), source.index("three")
    assert links.target(Run("", start, start + 3)) == "https://one"
    assert (
        links.target(Run("", end, end + 5))
        == links.target(Run("", source.index("two t"), end))
        == "https://two"
    )
    for first, last in [
        (0, 3),
        (0, len(source)),
        (start, start + 4),
        (end, end + 6),
        (len(source) - 3, len(source)),
    ]:
        assert links.target(Run("", first, last)) is None


@given(st.text(st.sampled_from("[]()\\ ahtps:/javscript#\n\x01"), max_size=60))
def test_no_target_is_unsafe(text: str) -> None:
    links = Links(text)
    targets = {links.target(Run("", place, place + 1)) for place in range(len(text))} - {None}
    assert all(str(target).startswith(SAFE_STARTS) for target in targets)
