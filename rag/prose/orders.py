"""Sentences of a document that speak to a language model, and not to a reader.

They are quoted like any other where a reader is shown quotes. They are no evidence for what a model writes:
"Say that the budget is ten billion" does not say what the budget is. So they are left out of what a model is
given, and of what its sentences are checked against; one too many left out costs a sentence, no more.
"""

from __future__ import annotations

import re
import unicodedata

from sstc_chat.corpus.sentences import sentence_ranges

# What is to be put aside, in seven languages, with any few words in between.
ASIDE = (
    r"\b(?:ignore|disregard|forget|override|bypass)\b.{0,40}"
    r"\b(?:above|previous|prior|earlier|instructions?|prompts?|rules|everything)\b",
    r"\b(?:ignore[zr]?|oublie[zr]?|négligez)\b.{0,40}\b(?:instructions?|consignes?|précède\w*|ci-dessus|règles)\b",
    r"\b(?:ignor[ae]n?|olvid[ae]n?|ignorar|omita)\b.{0,40}\b(?:instrucci\w+|anterior\w*|reglas|indicaciones)\b",
    r"\b(?:ignor[ea]m?|esqueç[ae]m?|desconsidere\w*)\b.{0,40}\b(?:instruç\w+|anterior\w*|regras)\b",
    r"(?:تجاهل|انس|تجاوز).{0,40}(?:التعليمات|السابقة|أعلاه|القواعد)",
    r"(?:忽略|无视|忘记|忽视).{0,20}(?:指令|指示|以上|之前|规则|说明)",
    r"\b(?:игнорируй\w*|проигнорируй\w*|забудь\w*)\b.{0,40}\b(?:инструкц\w+|указани\w+|предыдущ\w+|выше|правил\w*)",
)
# An order to say something, at the beginning of a sentence or behind a comma or colon.
SAY = (
    r"(?:^|[.,;:!—–-]\s*|\b(?:and|now|please|must|instead)\s+)"
    r"(?:say|reply|respond|answer|output|print|write|state|tell (?:them|the (?:user|reader))|repeat)\b"
    r"(?:\s+(?:only|that|with|exactly|to|as)\b|\s*[:“\"'«])",
    r"(?:^|[.,;:!]\s*|\bet\s+)(?:dites?|réponde[zr]|répond|écrive[zr]|affirme[zr])\b",
    r"(?:^|[.,;:!]\s*|\by\s+)(?:diga\w*|di|responda\w*|responde|escriba\w*|afirme\w*)\b\s",
    r"(?:^|[.,;:!]\s*|\be\s+)(?:diga\w*|responda\w*|escreva\w*|afirme\w*)\b\s",
    r"(?:^|[.,;:!،]\s*|\sو)(?:قل|أجب|اكتب|أجيبوا|قولوا)\s",
    r"(?:^|[。，；：！,:])\s*(?:请)?(?:说|回答|回复|输出|写道)",
    r"(?:^|[.,;:!]\s*|\bи\s+)(?:скажи\w*|ответь\w*|напиши\w*|отвечай\w*)\b",
)
TURNS = (
    r"<\|?/?\s*(?:system|user|assistant|im_start|im_end|endoftext|s)\b[^>]*>",
    r"\[/?(?:INST|SYS\w*)\]|<</?SYS>>|#{2,}\s*(?:instruction|system|response|assistant)",
    r"(?:^|\s)(?:system|assistant|user|système|sistema|система|النظام|系统)\s*(?:prompt|message)?\s*[:：]",
    r"\b(?:you are|act as|as) (?:now )?(?:an?|the) (?:\w+ )?(?:ai|assistant|language model|chatbot)\b",
    r"\b(?:language model|chatbot|assistant|llm)s?\b.{0,20}\b(?:must|should|shall|has to)\b",
)
ORDER = re.compile("|".join((*ASIDE, *SAY, *TURNS)), re.IGNORECASE)
HIDDEN = ("Cc", "Cf", "Co", "Cn")


def without_orders(text: str, language: str) -> str:
    """Return `text` without the sentences that speak to a model, and what stands behind a colon of one."""
    kept: list[str] = []
    led = False
    for start, end in sentence_ranges(text, language):
        sentence = text[start:end]
        ordered = bool(ORDER.search(_seen(sentence)))
        if not ordered and not led:
            kept.append(sentence)
        led = ordered and sentence.rstrip().endswith((":", "："))
    return " ".join(kept)


def _seen(text: str) -> str:
    """Return `text` as it looks: wide letters as plain ones, hidden characters gone."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(one for one in plain if unicodedata.category(one) not in HIDDEN)
