"""Currencies by their signs, codes and names in seven languages."""

from __future__ import annotations

import re

CURRENCIES = {
    "USD": r"\$|\bUSD\b|\bdollars?\b|d[oó]lar(?:es)?\b|доллар|دولار|美元",
    "EUR": r"€|\bEUR\b|\beuros?\b|евро|يورو|欧元",
    "GBP": r"£|\bGBP\b|\bpounds?\b|\blivres? sterling|libras? esterlinas?|фунт|جنيه|英镑",
    "JPY": r"¥|\bJPY\b|\byens?\b|иен|日元",
    "CNY": r"\bCNY\b|\byuans?\b|\brenminbi\b|юан|يوان|人民币",
    "CHF": r"\bCHF\b|\bSwiss francs?\b|francs? suisses?|франк|瑞士法郎|فرنك",
    "BRL": r"R\$|\bBRL\b|\breais\b|\breales\b|\breals\b|\bréaux\b|реал(?:а|ов|ы)?\b|ريال برازيلي|雷亚尔",
    "INR": r"₹|\bINR\b|\brupees?\b|roupies?|rupias?|рупи|روبية|卢比",
}
PATTERNS = {code: re.compile(pattern, re.IGNORECASE) for code, pattern in CURRENCIES.items()}


def currencies_of(text: str) -> frozenset[str]:
    """Return the codes of the currencies that `text` names."""
    return frozenset(code for code, pattern in PATTERNS.items() if pattern.search(text))
