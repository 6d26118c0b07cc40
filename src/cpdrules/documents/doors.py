"""Whole documents, through a door that gives back what went in: whatever would come back otherwise is not let out."""

from __future__ import annotations

from typing import Any

from cpdrules.documents.limits import TOO_LARGE, VALUES, limited, parts, size
from cpdrules.documents.places import At, Problems
from cpdrules.documents.shapes import Shape
from cpdrules.errors import DocumentError


def read_whole(shape: Shape, data: object, what: str) -> Any:
    """Read plain data as what a shape says.

    Raises:
        DocumentError: it is none, and why not, in every place; or it is too large.
    """
    limited(data, what)
    at = At(Problems())
    found = shape.read(data, at)
    if not at.problems and size(found) > VALUES:  # or it could not be written
        at.wrong(TOO_LARGE, "Divide the document", "size")
    if at.problems:
        raise at.problems.refusal(what)
    return found


def write_whole(shape: Shape, value: object, what: str) -> Any:
    """Write a value as plain data, and read it again: what is not the same then is not written.

    Raises:
        DocumentError: it is too large, or a value in it is none that documents know, or would be read as another.
    """
    for _ in parts(value, what):
        pass
    try:
        data = shape.write(value, At(Problems()))
    except (AttributeError, TypeError, ValueError) as error:
        if isinstance(error, DocumentError):
            raise
        raise _lost(value, what) from error
    if read_whole(shape, data, f"{what}, as it would be written,") != value:
        raise _lost(value, what)
    return data


def _lost(value: object, what: str) -> DocumentError:
    return DocumentError(
        f"{what} cannot be written without a loss",
        why="A value in it is of another kind than its field says, or holds what its words do not say",
        remedy="Write it with the words of the library, which make no such values",
        value=value,
    )
