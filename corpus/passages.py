"""What of a section is turned into a vector: its heading and its first words, without figures (decision 0009)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.encoder import Encoder
from corpus.index.vectors import packed
from corpus.mask.masking import wording
from service.domain.shelf import MaskedSection, SectionVector

# A vector costs time in step with its text. The heading and the first words after it say what a section is about; the
# rest are its cases. 120 characters cost a quarter more than 100 and found no more; 80 lost one first place in twenty.
PASSAGE_CHARACTERS = 100


# A signature or a heading that only holds subsections answers nobody: it has no text to show, and the vector of almost
# nothing lies near to every question.
_LEAST_WORDING = 8


def has_body(masked_text: str) -> bool:
    """True where a section has text of its own beside blanks. Pure."""
    return len(wording(masked_text)) >= _LEAST_WORDING


def passage_of(section: MaskedSection, *, masked: bool = False) -> str:
    """The words a section is found by: its heading and the beginning of its text, numbers aside. Pure.

    Names stay: a vector is never shown to a composer, and sections with blanks for names were found first by
    meaning for 71 questions of 100 instead of 76. Where the text leaves this machine it is the `masked` form.
    """
    heading, text = (
        (section.masked_heading, section.masked_text) if masked else (section.section.heading, section.section.text)
    )
    return f"{wording(heading)}。{wording(text[: PASSAGE_CHARACTERS * 4])}"[:PASSAGE_CHARACTERS]


def encode_sections(
    sections: Sequence[MaskedSection], encoder: Encoder, present: Mapping[str, bytes] | None = None
) -> list[SectionVector]:
    """One vector for each section that has a body, in order. `present` holds vectors of passages known already."""
    known = present or {}
    passages = [
        (position, passage_of(section, masked=encoder.is_outside))
        for position, section in enumerate(sections)
        if has_body(section.masked_text)
    ]
    lacking = [passage for _, passage in passages if passage not in known]
    made = dict(zip(lacking, packed(encoder.encode_passages(lacking)), strict=True))
    return [SectionVector(position, 0, known.get(passage) or made[passage]) for position, passage in passages]
