"""Everything decided of a report by rules, each decision with how sure it is and why."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.classify.genre import classify_genre
from corpus.classify.period import find_level, find_period
from corpus.classify.unit import place_of_unit, weigh_unit_type, weigh_year
from service.domain.genre import Genre, Level, UnitType
from service.domain.report import Decision


@dataclass(frozen=True)
class Description:
    """What a report is, by rules; `decisions` say of every field how sure and why."""

    genre: Genre
    unit: str
    unit_type: UnitType
    level: Level
    year: int | None
    period: str
    decisions: tuple[Decision, ...]


def describe(
    *, title: str, own_title: str, page: str, headings: tuple[str, ...], text: str, hint: str = ""
) -> Description:
    """The genre, unit, type, level, year and period of a report. Pure.

    `title` is its own title where it is surely its own, else ""; `own_title` the best there is, read for the year
    alone; `page` the title of the page, `hint` the name of the file.
    """
    unit, unit_sure, unit_why = place_of_unit(title=title, text=text)
    unit_type, type_sure, type_why = weigh_unit_type(unit=unit, title=title, text=text)
    guess = classify_genre(title=title, page=page, headings=headings, text=text, unit_type=unit_type, hint=hint)
    year, year_sure, year_why = weigh_year(title=own_title, text=text)
    level, level_sure, level_why = find_level(unit=unit, unit_type=unit_type, text=text)
    period, period_sure, period_why = find_period(title=own_title, text=text, year=year)
    decisions = (
        Decision("genre", guess.genre.value, round(guess.confidence, 2), guess.why),
        Decision("unit", unit, unit_sure, unit_why),
        Decision("unit_type", unit_type.value, type_sure, type_why),
        Decision("level", level.value, level_sure, level_why),
        Decision("year", str(year or ""), year_sure, year_why),
        Decision("period", period, period_sure, period_why),
    )
    return Description(guess.genre, unit, unit_type, level, year, period, decisions)
