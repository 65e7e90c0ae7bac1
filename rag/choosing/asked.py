"""What kind of answer a question asks for, by its question words.

Question words are a closed class of each language, like the function words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

COUNT = re.compile(
    r"\bhow (?:many|much|old|long|large|big|far|often|tall|high)\b"
    r"|\bwhat (?:number|percentage|share|amount|proportion|age)\b"
    r"|\bcombien\b|\bquel (?:nombre|pourcentage|montant)\b"
    r"|\bcu[aá]nt[oa]s?\b|\bqu[eé] (?:porcentaje|cantidad|edad)\b"
    r"|\bquant[oa]s?\b|\bqual o (?:número|valor|montante)\b"
    r"|\bكم\b|\bсколько\b|\bкакой процент\b|多少|几(?!乎|内亚)|\bwie ?viele?\b",
    re.IGNORECASE,
)
TIME = re.compile(
    r"\bwhen\b|\b(?:what|which) (?:year|date|month|day|century|time|decade)\b"
    r"|\bquand\b|\bquelle (?:année|date)\b|\bcu[aá]ndo\b|\bqu[eé] (?:año|fecha|día)\b"
    r"|\bquando\b|\bque (?:ano|data)\b|\bمتى\b|\bفي أي (?:عام|سنة)\b"
    r"|\bкогда\b|\bв каком (?:году|месяце)\b|什么时候|何时|哪一?年|\bwann\b",
    re.IGNORECASE,
)
PLACE = re.compile(
    r"\bwhere\b|\b(?:what|which) (?:city|cities|country|countries|place|region|state|town|location)\b"
    r"|\boù\b|\bquel(?:le)?s? (?:pays|villes?)\b|\bd[oó]nde\b|\bqu[eé] (?:ciudad|pa[ií]s)"
    r"|\bonde\b|\bque (?:cidade|país)|\bأين\b|\bгде\b|\bкуда\b|\bкак(?:ой|ом|ая|ую|ие|их) (?:город|стран)"
    r"|哪里|在哪|哪个(?:国家|城市)|\bwo\b",
    re.IGNORECASE,
)
PERSON = re.compile(
    r"\bwho(?:m|se)?\b|\bqui\b|\bqui[eé]n(?:es)?\b|\bquem\b"
    r"|^من\b(?! أين\b| أي\b)|\bمن (?:هو|هي|هم|الذي)\b|\bкто\b|\bкого\b|谁|\bwer\b",
    re.IGNORECASE,
)
SEVERAL = re.compile(
    r"\b(?:what|which) (?!(?:is|was|does|has)\b)\w*s\b|\b(?:what|which) (?:are|were)\b"
    r"|\bquel(?:le)?s\b|\bcu[aá]les\b|\bqu[eé] (?!(?:es|más|[cdlmst]es|los|las|nos)\b)\w+s\b|\bquais\b"
    r"|\bما هي\b|\bкакие\b|哪些|\bwelche\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Asked:
    """What a question asks for, each 1 or 0."""

    count: float
    time: float
    place: float
    person: float
    several: float


def asked_by(question: str) -> Asked:
    """Return what kind of answer `question` asks for."""
    kinds = (COUNT, TIME, PLACE, PERSON, SEVERAL)
    return Asked(*(float(bool(kind.search(question))) for kind in kinds))
