"""Follow-ups in the seven languages: the same four turns of a conversation in each."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sstc_chat.rag.question import clean, leans_on_history, name_runs, renamed, understand


@pytest.mark.parametrize(
    ("earlier", "question", "exchanged"),
    [
        ("What is done in Kenya?", "And in Rwanda?", "What is done in Rwanda?"),
        ("What is Kenya known for?", "What about Rwanda?", "What is Rwanda known for?"),
        ("What is done in Kenya?", "How about Saudi Arabia?", "What is done in Saudi Arabia?"),
        ("Que fait l'OIT au Kenya ?", "Et au Rwanda ?", "Que fait l'OIT au Rwanda ?"),
        ("¿Qué se hace en Kenia?", "¿Y en Ruanda?", "¿Qué se hace en Ruanda?"),
        ("O que se faz em Quênia?", "E em Ruanda?", "O que se faz em Ruanda?"),
        ("Что делается в Кении?", "А в Руанде?", "Что делается в Руанде?"),
        # Two scripts without capitals: what was asked stands before it as it was.
        ("ماذا يحدث في كينيا؟", "وماذا عن رواندا؟", "ماذا يحدث في كينيا؟"),
        ("肯尼亚有哪些项目？", "那卢旺达呢？", "肯尼亚有哪些项目？"),
    ],
)
def test_what_goes_on_asks_the_same_of_another_name(earlier: str, question: str, exchanged: str) -> None:
    assert understand(question, [earlier]).standalone == f"{exchanged} {question}"


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("Which countries take part?", "Which of them are in Asia?"),
        ("Quels pays participent ?", "Lesquels d'entre eux sont en Asie ?"),
        ("¿Qué países participan?", "¿Cuáles de ellos están en Asia?"),
        ("Que países participam?", "Quais deles estão na Ásia?"),
        ("Какие страны участвуют?", "Какие из них находятся в Азии?"),
        ("ما هي الدول المشاركة؟", "أي منها في آسيا؟"),
        ("哪些国家参加？", "它们在亚洲吗？"),
        ("Where was the OECD forum?", "Was it in Turin?"),
        ("What does Kenya export?", "Is this sold in France?"),
    ],
)
def test_what_points_back_stands_behind_what_it_points_to(earlier: str, question: str) -> None:
    assert understand(question, [earlier]).standalone == f"{earlier} {question}"


@pytest.mark.parametrize(
    ("earlier", "question"),
    [
        ("When was the forum?", "What is MIRTI?"),
        ("Quand a eu lieu le forum ?", "Qu'est-ce que MIRTI ?"),
        ("¿Cuándo fue el foro?", "¿Qué es MIRTI?"),
        ("Quando foi o fórum?", "O que é MIRTI?"),
        ("Когда был форум?", "Что такое MIRTI?"),
        ("متى كان المنتدى؟", "ما هو MIRTI؟"),
        ("متى كان المنتدى؟", "ما هي الدول العربية المشاركة في المشروع؟"),
        ("متى كان المنتدى؟", "من هو مدير منظمة العمل الدولية؟"),
        ("论坛是什么时候？", "什么是MIRTI？"),
        ("When was the forum?", "Andorra and Rwanda take part in what?"),
        ("When was the forum?", "Sofia hosted which workshop in 2024?"),
    ],
)
def test_what_stands_alone_is_left_alone(earlier: str, question: str) -> None:
    assert understand(question, [earlier]).standalone == question


TEXTS = st.text("aA kK?é他и٢'", min_size=1, max_size=40).filter(lambda text: any(map(str.isalnum, text)))


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_a_question_always_ends_with_itself_and_what_stands_alone_is_all_of_it(
    text: str, history: list[str]
) -> None:
    understood = understand(text, history)
    assert understood.standalone.endswith(clean(text))
    assert understood.text == text
    if not history or not leans_on_history(clean(text), understood.language):
        assert understood.standalone == clean(text)


@given(st.lists(st.sampled_from(["What", "is", "Kenya", "in", "Côte", "d'Ivoire", "и", "Кения", "2024"])))
def test_runs_of_names_are_capitalised_apart_and_never_the_first_word(words: list[str]) -> None:
    text = " ".join(words)
    found = name_runs(text)
    for run in found:
        assert run.start > 0
        assert all(word[0].isupper() for word in text[run.start : run.end].split())
        assert text[: run.start].split()[-1] == run.before
    assert all(one.end + 1 < other.start for one, other in pairwise(found))


def test_names_are_exchanged_behind_the_same_word_or_not_at_all() -> None:
    assert renamed("Does the ILO work in Kenya?", "And in Rwanda?") == "Does the ILO work in Rwanda?"
    assert renamed("Does Brazil work with Kenya?", "And Rwanda?") == "Does Brazil work with Kenya?"
    assert renamed("Who works in Kenya?", "And in Rwanda or Togo?") == "Who works in Kenya?"
    assert renamed("Who pays?", "And in Rwanda?") == "Who pays?"
