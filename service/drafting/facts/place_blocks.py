"""Notes that go place by place, as the reader of lines meets them: heads, what stands below one, whose a fact is."""

from __future__ import annotations

from dataclasses import replace

from service.domain.fact import Fact
from service.drafting.facts.labels import Label, LabelSort
from service.drafting.facts.read_lines import ReadLine, Shape
from service.drafting.facts.reading import Reading
from service.drafting.facts.standing import Standing
from service.language.blocks import Block


def as_head(line: ReadLine, block: Block) -> ReadLine:
    """`line`, which heads `block`, with its name as the label of a place; a speaker stays one. Pure."""
    spoken = line.label is not None and line.label.sort is LabelSort.SPEAKER
    if line.shape is Shape.SPEAKER or (spoken and block.begins is not None):
        return line
    label = Label(LabelSort.PLACE, block.name)
    if block.begins is None:
        return replace(line, shape=Shape.HEADING, label=label, labelled=block.told)
    if line.label is not None and line.label.sort in (LabelSort.PLACE, LabelSort.BODY):
        return line
    return replace(line, first=line.view.at(line.line.start + block.begins), label=label, labelled=block.told)


def at_next_block(reading: Reading, standing: Standing, line: ReadLine) -> Standing:
    """What still stands at the head of a place or group: no part, day or item that the block before it gave. Pure."""
    block = reading.blocks.get(line.line.number)
    if block is None or block.head != line.line.number:
        return standing
    if standing.kind_line in reading.blocks:
        standing = replace(standing, kind=None, kind_line=0)
    if standing.day_line in reading.blocks:
        standing = replace(standing, day=None, day_line=0)
    return replace(standing, item=None, item_line=0, field=None)


def behind_blocks(reading: Reading, standing: Standing, line: ReadLine) -> Standing:
    """What still stands for a line behind the last block: no item of a list that the block held. Pure."""
    left = line.line.number not in reading.blocks and standing.item_line in reading.blocks
    return replace(standing, item=None, item_line=0, field=None, kind=None, kind_line=0) if left else standing


def of_its_block(reading: Reading, fact: Fact) -> Fact:
    """`fact` with the place or group whose block its line stands in, and the line that says so. Pure."""
    block = reading.blocks.get(reading.notes.line_at(fact.span.start).number)
    if block is None:
        return fact
    return replace(fact, whose=block.name, lines=tuple(sorted({*fact.lines, block.head})))
