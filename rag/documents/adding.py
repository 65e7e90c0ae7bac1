"""Add files to a library: what is unchanged is left alone, what is wrong with one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sstc_chat.corpus.errors import DocumentError
from sstc_chat.corpus.readers import READERS, read_file
from sstc_chat.corpus.types import Document, content_id
from sstc_chat.index.builder import build_index
from sstc_chat.index.changing.documents import Change
from sstc_chat.index.encoders import Encoder, file_sum
from sstc_chat.index.library import Library
from sstc_chat.index.types import Progress

# After so many characters of new text everything so far is encoded and kept.
BATCH = 2_000_000
# Files of many documents, of which each says itself whether it has changed.
MANY = frozenset({".jsonl"})
Reader = Callable[[Path], Iterable[Document]]


@dataclass(frozen=True)
class Outcome:
    """What became of a file.

    Attributes
    ----------
    name
        Its path, or the name it was sent under.
    documents
        What became of each of its documents, by id; empty where it is the file that was added before.
    error
        What is wrong with it; empty where nothing is.
    """

    name: str
    documents: Mapping[str, Change] = field(default_factory=dict)
    error: str = ""


def files_in(paths: Iterable[str]) -> Iterator[Path]:
    """Yield the files, and those of a known kind below the folders, in order of name.

    Raises
    ------
    DocumentError
        If a folder holds none.
    """
    for path in map(Path, paths):
        if path.is_dir():
            found = sorted(one for one in path.rglob("*") if one.suffix.lower() in READERS)
            if not found:
                raise DocumentError(f"{path} holds none of: {', '.join(sorted(READERS))}.")
            yield from found
        else:
            yield path


def add_files(  # noqa: PLR0913 - what, with what, and how it is read
    library: Library,
    files: Iterable[tuple[Path, str]],
    encoders: Callable[[], Mapping[str, Encoder]],
    settings: Mapping[str, int],
    progress: Progress,
    *,
    reader: Reader = read_file,
) -> Iterator[Outcome]:
    """Add files to `library` and bring its index up to date, some at a time; yield what became of each.

    Parameters
    ----------
    files
        Paths, and the names under which they are known: a file that comes again under a name takes the place
        of what came under it before.
    encoders
        Loads them, where there is anything to encode.
    settings
        Those that the index depends on.
    reader
        Reads a file; another one than `read_file` may know more of the files than they say.
    """
    waiting: list[Outcome] = []
    size = 0
    for path, name in files:
        try:
            documents = [] if _is_known(library, path) else _read(library, reader(path), path, name)
        except DocumentError as error:
            waiting.append(Outcome(name, error=str(error)))
            continue
        except OSError as error:
            waiting.append(Outcome(name, error=f"{path} cannot be read: {error.strerror}. Check the path."))
            continue
        waiting.append(Outcome(name, library.add(documents)))
        size += sum(len(document.text) for document in documents)
        if size > BATCH:
            build_index(library.home, library, encoders(), settings, progress)
            yield from waiting
            waiting, size = [], 0
    if library.has_pending():
        build_index(library.home, library, encoders(), settings, progress)
    library.keep()
    yield from waiting


def _is_known(library: Library, path: Path) -> bool:
    return path.suffix.lower() not in MANY and library.has_file(file_sum(path))


def _read(library: Library, read: Iterable[Document], path: Path, name: str) -> list[Document]:
    """Return the documents of a file, which note where they came from."""
    origin = {"origin": name, "origin_sha256": file_sum(path)}
    return [_placed(library, replace(one, metadata={**one.metadata, **origin}), name) for one in read]


def _placed(library: Library, document: Document, name: str) -> Document:
    """Give a document without an id of its own that of the one it takes the place of.

    A reader names such a document by a hash of its text. One that was changed since has kept its name, so
    that the text it first had needs another one when it comes from another file.
    """
    if document.id != content_id(document.text):
        return document
    before = library.ids_from(name)
    if len(before) == 1:
        return replace(document, id=before[0])
    other = library.sum_of(document.id)
    if other and other != document.sha256:
        return replace(document, id=content_id(document.text, name))
    return document
