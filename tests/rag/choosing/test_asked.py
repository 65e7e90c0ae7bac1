from __future__ import annotations

from dataclasses import asdict

import pytest

from sstc_chat.rag.choosing.asked import asked_by


@pytest.mark.parametrize(
    ("question", "kinds"),
    [
        ("How many countries take part?", {"count"}),
        ("Combien de pays participent ?", {"count"}),
        ("¿Cuántos países participan?", {"count"}),
        ("Quantos países participam?", {"count"}),
        ("كم عدد البلدان المشاركة؟", {"count"}),
        ("Сколько стран участвует?", {"count"}),
        ("有多少个国家参与？", {"count"}),
        ("When was it held?", {"time"}),
        ("Quand a-t-il eu lieu ?", {"time"}),
        ("¿Cuándo se celebró?", {"time"}),
        ("Quando foi realizado?", {"time"}),
        ("متى عقدت الورشة؟", {"time"}),
        ("Когда он прошёл?", {"time"}),
        ("研讨会是什么时候举行的？", {"time"}),
        ("Where was it held?", {"place"}),
        ("Où a-t-il eu lieu ?", {"place"}),
        ("¿Dónde tuvo lugar?", {"place"}),
        ("Onde aconteceu?", {"place"}),
        ("أين عقدت الورشة؟", {"place"}),
        ("Где он прошёл?", {"place"}),
        ("论坛在哪里举行？", {"place"}),
        ("Who pays?", {"person"}),
        ("Qui paie ?", {"person"}),
        ("¿Quién paga?", {"person"}),
        ("Quem paga?", {"person"}),
        ("من هو المدير؟", {"person"}),
        ("Кто платит?", {"person"}),
        ("谁付钱？", {"person"}),
        ("Which themes are addressed?", {"several"}),
        ("What were the milestones?", {"several"}),
        ("Quelles sont les étapes ?", {"several"}),
        ("¿Cuáles son los temas?", {"several"}),
        ("Quais são os temas?", {"several"}),
        ("ما هي المواضيع؟", {"several"}),
        ("Какие темы?", {"several"}),
        ("有哪些主题？", {"several"}),
        ("Which countries take part?", {"place", "several"}),
        ("В каком городе прошёл семинар?", {"place"}),
        ("В какой стране?", {"place"}),
        ("Какие страны участвуют?", {"place", "several"}),
        ("几个国家参与？", {"count"}),
        ("几内亚比绍参与了吗？", set()),  # Guinea-Bissau
        ("Est-ce que les pays participent ?", set()),
        ("What is Ejo Heza?", set()),
        ("What was its aim?", set()),
        ("¿Qué es Ejo Heza?", set()),
        ("¿Qué más dice el informe?", set()),
        ("¿Qué países participan?", {"place", "several"}),
        ("من أين جاءت الأموال؟", {"place"}),
        ("几乎没有", set()),
        ("Whoever was somewhere", set()),
        ("", set()),
    ],
)
def test_question_words_say_what_is_asked_for(question: str, kinds: set[str]) -> None:
    assert {kind for kind, value in asdict(asked_by(question)).items() if value} == kinds
