"""Word files in the strict form of Office Open XML, which has other names (ISO/IEC 29500-1, annex A)."""

from __future__ import annotations

import io
import re
import zipfile

RELATIONS = "_rels/.rels"
STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
# The names that part 4 has for the same, which are those that Word writes unless it is asked for others.
TRANSITIONAL = rb"http://schemas.openxmlformats.org/\1/2006/"
XML = (".xml", ".rels")


def in_usual_names(content: bytes) -> bytes:
    """Return a Word file with the usual names in place of strict ones; one that has none as it is."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        if RELATIONS not in old.namelist() or not STRICT.search(old.read(RELATIONS)):
            return content
        with zipfile.ZipFile(renamed := io.BytesIO(), "w") as new:
            for name in old.namelist():
                member = old.read(name)
                new.writestr(name, STRICT.sub(TRANSITIONAL, member) if name.endswith(XML) else member)
    return renamed.getvalue()
