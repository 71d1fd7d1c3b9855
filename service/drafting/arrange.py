"""Facts of a section grouped, ordered and labelled by a model. It answers with ids and labels: no fact can change."""

from __future__ import annotations

import re
from dataclasses import replace

from service.domain.errors import ModelFailed
from service.domain.fact import Fact
from service.drafting.model_prompts import Window, grouping_prompt
from service.drafting.read_reply import states_something
from service.drafting.support import fit_formula
from service.drafting.tools import SectionTask
from service.model.asking import Asker
from service.model.failures import REFUSED, cause_of
from service.model.structured import Groups, asked_groups

# Fewer facts read well in the order the rules give them, and are not worth a request.
_WORTH_ASKING = 6
_MOST_GROUPS = 8
_LABEL = re.compile(r"[\u4e00-\u9fff]{3,14}")


def arranged(task: SectionTask, asker: Asker, window: Window, usage: dict[str, int], deadline: float) -> SectionTask:
    """`task` with its groups as the model arranges them; as the rules did where the model gives none that keep every
    fact exactly once. Sections without topics keep the rules' order. Raises ModelFailed where the facts are refused for
    their content."""
    facts = task.plan.facts
    if not task.plan.planned.by_topic or len(facts) < _WORTH_ASKING:
        return task
    prompt = grouping_prompt(task)
    if not window.holds(prompt):
        return task
    try:
        given = asked_groups(asker, prompt, usage, deadline)
    except ModelFailed as failed:
        # What a server refuses for its content is not asked again in another prompt, where a second model may get it.
        if cause_of(failed) == REFUSED:
            raise
        return task
    groups = None if given is None else kept_whole(given, task)
    return task if groups is None else replace(task, plan=replace(task.plan, groups=groups))


def kept_whole(given: Groups, task: SectionTask) -> tuple[tuple[str, tuple[Fact, ...]], ...] | None:
    """`given` as groups of the task's facts; None where an id is invented, doubled or left out, or a label says more
    than a label may. Pure."""
    facts = {f"F{place}": fact for place, fact in enumerate(task.plan.facts, 1)}
    named = [one for _, ids in given for one in ids]
    labels = [label for label, _ in given]
    if sorted(named) != sorted(facts) or len(given) > _MOST_GROUPS or len(set(labels)) < len(labels):
        return None
    words = f"{task.plan.heading}{task.plan.planned.purpose}{''.join(fact.clean for fact in facts.values())}"
    if not all(_is_label(label, words) for label in labels):
        return None
    one_group = len(given) == 1
    return tuple(("" if one_group else label, tuple(facts[one] for one in ids)) for label, ids in given if ids)


def _is_label(label: str, words: str) -> bool:
    return bool(_LABEL.fullmatch(label)) and not states_something(label) and fit_formula(label, words)
