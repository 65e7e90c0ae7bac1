"""The closed classes of words: what joins and points, and says nothing about a subject.

They are grammar, the same whatever a report is about. Without its function words a question is what it asks
about, and "the report" or "the document" is what it asks; with a pointing word, or a joining one in front, it
leans on the question before.
"""

from __future__ import annotations

ENGLISH = frozenset(
    """
    a about above after again all also an and any anything are as at be because been before being
    below between both but by can could did do does doing done during each either else ever every
    few for from further get give given gives had has have having he her here hers him his how i if
    in into is it its itself just know let made make many may me might mine more most much must my
    name named no nor not of off on once one only or other our out over own please same say says
    shall she should so some such tell than that the their theirs them then there these they this
    those through to too under until up upon us use used very was we were what when where whether
    which while who whom whose why will with within without would yes you your

    document documents report reports
    """.split()
)

# Words that begin a question which goes on from the one before.
OPENING = {
    "en": ("and", "but", "also", "then", "so"),
    "fr": ("et", "mais"),
    "es": ("y", "pero"),
    "pt": ("e", "mas"),
    "ar": ("و", "وماذا", "وما", "وكم", "ومن", "وأين", "ومتى"),
    "ru": ("а", "и", "но"),
}

# Words that point at something named before.
LEANING = {
    "en": (
        *("it", "its", "they", "them", "their", "theirs"),
        *("he", "she", "him", "her", "his", "this", "these", "those"),
    ),
    "fr": ("elle", "elles", "celui", "celle", "ceux", "celles", "ça", "cela", "leur", "leurs"),
    "es": ("ella", "ellos", "ellas", "este", "esta", "estos", "estas", "eso", "esto", "allí"),
    "pt": ("ele", "ela", "eles", "elas", "isso", "isto", "este", "esta", "lá"),
    "ar": ("هو", "هي", "هم", "هذا", "هذه", "ذلك", "تلك", "هناك"),
    "ru": ("он", "она", "оно", "они", "его", "её", "их", "это", "этот", "там"),
    "zh": ("它", "他", "她", "这", "那"),
}


def is_function_word(word: str, language: str) -> bool:
    """Whether a word in lower case says nothing of what an English question is about."""
    return language == "en" and (word in ENGLISH or (len(word) == 1 and word.isalpha()))
