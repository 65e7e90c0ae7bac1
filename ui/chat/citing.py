"""A citation as it is pasted elsewhere: plain text, and the document for BibTeX and for CSL-JSON."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping

from sstc_chat.index.types import Source
from sstc_chat.rag.types import Citation

LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
# How a year stands in the metadata of a document: alone, or at the start of a date.
YEAR = re.compile(r"\d{4}")


def plain_citation(citation: Citation, source: Source | None, page: str) -> str:
    """Return a quote and its place on one line.

    Parameters
    ----------
    citation
        The quote.
    source
        Its document, if it is in the index.
    page
        What the page is called, as `page 3`; empty where it is not known.
    """
    published = _published(source)
    parts = [
        published.get("publisher", ""),
        citation.document_title + (f" ({published['year']})" if "year" in published else ""),
        " / ".join(citation.section),
        page,
    ]
    return f"“{citation.quote}” {', '.join(part for part in parts if part)}."


def bibtex(source: Source) -> str:
    """Return a document as an entry `@techreport`, as BibTeX's manual (Patashnik, 1988) has it."""
    published = _published(source)
    fields = {
        "title": f"{{{_latex(source.title)}}}",
        "institution": _latex(published.get("publisher", "")),
        "author": f"{{{_latex(published['publisher'])}}}" if "publisher" in published else "",
        "year": published.get("year", ""),
        "url": published.get("url", ""),
        "language": source.language,
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@techreport{{{_key(source)},", *lines, "}"])


def csl_json(source: Source) -> str:
    """Return a document as a list of one item of CSL-JSON (citationstyles.org, schema 1.0.2)."""
    published = _published(source)
    publisher = published.get("publisher")
    item = {
        "id": _key(source),
        "type": "report",
        "title": source.title,
        "author": [{"literal": publisher}] if publisher else None,
        "publisher": publisher,
        "issued": {"date-parts": [[int(published["year"])]]} if "year" in published else None,
        "URL": published.get("url"),
        "language": source.language,
    }
    known = {name: value for name, value in item.items() if value is not None}
    return json.dumps([known], ensure_ascii=False, indent=2)


def _published(source: Source | None) -> dict[str, str]:
    """Return publisher, year and address of a document, as far as its metadata says them."""
    metadata: Mapping[str, object] = source.metadata if source else {}
    year = YEAR.match(str(metadata.get("year", "")))
    texts = {
        "publisher": metadata.get("publisher"),
        "year": year.group() if year else None,
        "url": metadata.get("url"),
    }
    return {name: text for name, text in texts.items() if isinstance(text, str) and text.strip()}


def _key(source: Source) -> str:
    """Return the document's id in the letters that every reader of BibTeX takes for a key."""
    ascii_only = unicodedata.normalize("NFKD", source.id).encode("ascii", "ignore").decode()
    return re.sub(r"[^\w:.-]+", "-", ascii_only).strip("-") or "document"


def _latex(text: str) -> str:
    return "".join(LATEX.get(character, character) for character in " ".join(text.split()))
