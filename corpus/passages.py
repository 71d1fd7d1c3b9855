"""What of a section is turned into a vector."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.encoder import Encoder
from corpus.index.vectors import packed
from corpus.mask.masking import wording
from service.domain.shelf import MaskedSection, SectionVector

# A vector costs time in step with its text: 25 texts of 120 characters a second on two cores, 6 of 300. The heading
# and the first words after it say what a section is about; the rest are its cases.
PASSAGE_CHARACTERS = 120


# A signature or a heading that only holds subsections answers nobody: it has no text to show, and the vector of almost
# nothing lies near to every question.
_LEAST_WORDING = 8


def has_body(masked_text: str) -> bool:
    """True where a section has text of its own beside blanks. Pure."""
    return len(wording(masked_text)) >= _LEAST_WORDING


def passage_of(section: MaskedSection) -> str:
    """The words a section is found by: its heading and the beginning of its masked text, numbers aside. Pure."""
    heading = wording(section.masked_heading)
    body = wording(section.masked_text[: PASSAGE_CHARACTERS * 4])
    return f"{heading}。{body}"[:PASSAGE_CHARACTERS]


def encode_sections(sections: Sequence[MaskedSection], encoder: Encoder) -> list[SectionVector]:
    """One vector for each section that has a body, in order."""
    passages = [
        (position, passage_of(section)) for position, section in enumerate(sections) if has_body(section.masked_text)
    ]
    vectors = packed(encoder.encode_passages([passage for _, passage in passages]))
    return [SectionVector(position, 0, vector) for (position, _), vector in zip(passages, vectors, strict=True)]
