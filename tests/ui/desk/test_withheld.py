from __future__ import annotations

from sstc_chat.rag.types import Withheld
from sstc_chat.ui.desk.withheld import withheld_html
from sstc_chat.ui.languages.words import words_in


def test_a_withheld_sentence_is_shown_with_its_reason_and_what_is_missing() -> None:
    shown = withheld_html(
        [Withheld("It cost <b>9</b> million.", (1,), "figure", ("9 million",))], words_in("en")
    )
    assert "withheld: 1" in shown
    assert "It cost &lt;b&gt;9&lt;/b&gt; million." in shown
    assert "A figure that the quotes do not have: 9 million" in shown


def test_a_reason_that_has_no_words_of_its_own_is_that_it_is_not_borne_out() -> None:
    assert "do not bear it out" in withheld_html([Withheld("It is so.", (1,), "cosine")], words_in("en"))


def test_nothing_is_shown_where_nothing_was_withheld() -> None:
    assert withheld_html((), words_in("ar")) == ""
