"""Everything that can go wrong, in one tree.

::

    SSTCChatError            every error this project raises on purpose
    ├── DocumentError        a document cannot be read
    ├── ModelError           a model is missing or is not the one expected
    ├── IndexMissingError    there is no index in this home yet
    ├── IndexDamagedError    the index is not the one that was written
    ├── IndexStaleError      the index was made by other models or settings
    ├── HomeError            the home folder cannot be used
    ├── StoreError           Milvus cannot be reached, or does not do what it is asked
    ├── QuestionError        a question cannot be answered as it was asked
    │   └── LimitsError      it is limited to documents that are not there
    ├── EvaluationError      questions cannot be scored, or a citation failed its check
    ├── RecordError          a record of an answer cannot be read, made or kept
    ├── AccessError          an account or a token cannot be made, changed or found
    ├── ShareError           somebody asks for more than their share
    ├── ReviewError          a round cannot be run, judged or shown as it was asked
    ├── DoctorError          something that answers depend on is not as it must be
    └── SettingsError        a setting has a value that it cannot have

Each message names the value that was wrong and what to do about it, so that a
caller may show it to a reader as it stands.
"""

from __future__ import annotations

import errno

# What SQLite says when a disk is full, or another writes.
SAID = {"database or disk is full": "full", "database is locked": "busy"}


class SSTCChatError(Exception):
    """Base of every error this project raises on purpose.

    Parameters
    ----------
    message
        What was wrong, and the remedy.
    reason
        A word for what was wrong, where a class has several: who says it in another language goes by that.
    """

    def __init__(self, message: str = "", *, reason: str = "") -> None:
        super().__init__(message)
        self.reason = reason


class DocumentError(SSTCChatError):
    """A document cannot be read."""


class ModelError(SSTCChatError):
    """A model is missing or is not the one expected."""


class IndexMissingError(SSTCChatError):
    """There is no index in this home yet."""


class IndexDamagedError(SSTCChatError):
    """The index is not the one that was written."""


class IndexStaleError(SSTCChatError):
    """The index was made by other models or settings."""


class HomeError(SSTCChatError):
    """The home folder cannot be used."""


class StoreError(SSTCChatError):
    """Milvus cannot be reached, or does not do what it is asked."""


class QuestionError(SSTCChatError):
    """A question cannot be answered as it was asked."""


class LimitsError(QuestionError):
    """A question is limited to documents that are not there."""


class EvaluationError(SSTCChatError):
    """Questions cannot be scored, or a citation failed its check."""


class RecordError(SSTCChatError):
    """A record of an answer cannot be read, made or kept."""


class AccessError(SSTCChatError):
    """An account or a token cannot be made, changed or found."""


class ShareError(SSTCChatError):
    """Somebody asks for more than their share.

    Parameters
    ----------
    seconds
        After which they may try again.
    """

    def __init__(self, message: str = "", *, reason: str = "", seconds: int = 1) -> None:
        super().__init__(message, reason=reason)
        self.seconds = seconds


class ReviewError(SSTCChatError):
    """A round cannot be run, judged or shown as it was asked."""


class DoctorError(SSTCChatError):
    """Something that answers depend on is not as it must be."""


class SettingsError(SSTCChatError):
    """A setting has a value that it cannot have."""


def reason_of(cause: Exception) -> str:
    """Return the reason of a `HomeError`: that it is `full`, that another is `busy` there, or none."""
    if isinstance(cause, OSError) and cause.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "full"
    return next((reason for said, reason in SAID.items() if said in str(cause)), "")
