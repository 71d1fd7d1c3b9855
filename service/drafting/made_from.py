"""What a section is made from, as a fingerprint: where it is the same after the notes changed, the section may stay."""

from __future__ import annotations

import hashlib

from service.drafting.tools import SectionTask


def made_from(task: SectionTask) -> str:
    """A fingerprint of everything that the text of a section depends on, line numbers aside. Pure.

    Notes that gained a line elsewhere move the numbers of all lines below it and change no section but one.
    """
    plan = task.plan
    told = [
        task.genre.version,
        plan.planned.key,
        plan.heading,
        task.title,
        task.request.unit,
        task.request.period.label,
        *(one.placeholder for one in plan.missing),
        *("|".join((one.about, *one.values)) for one in plan.conflicts),
    ]
    for heading, facts in plan.groups:
        told.append(f"# {heading}")
        for fact in facts:
            day = (fact.day.lo, fact.day.hi) if fact.day else ()
            fields = sorted(fact.fields.items())
            told.append(
                repr(
                    (
                        fact.clean,
                        str(fact.kind),
                        str(fact.tense),
                        str(fact.frame),
                        day,
                        fact.where,
                        fact.who,
                        fact.whose,
                        fields,
                    )
                )
            )
            told.append(fact.unsure or "")
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogatepass")).hexdigest()
