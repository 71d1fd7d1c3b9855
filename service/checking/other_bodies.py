"""Figures that the notes tell of another body, none of them the report's own: 隔壁莲台社区980人, 二中26个，比我们多."""

from __future__ import annotations

from collections.abc import Sequence

from service.checking.claims import Claim, Reading
from service.checking.phrases import lead_of
from service.language.patterns import deferred

_KINDS = deferred(
    r"街道|社区|镇|乡|村|小学|中学|初中|高中|医院|幼儿园|分局|支行|[市县区](?![\u4e00-\u9fff]{0,2}(?:街道|社区|镇|乡|村))"
)
_LEAD = r"(?:^|(?<=[\n。；;，,：:（(]))[ \t—\-·*•△□■◆\d.、）)]{0,6}(?:还有|另外|听说|据说|那个?)?"
_NEIGHBOUR = deferred(
    rf"{_LEAD}(?:隔壁|邻[镇村县市区近]|兄弟单位|友邻|外单位|[［\[【]?别[人的]家|人家)(?!宿舍|房间|居民|邻居|小区)"
    r"|(?:只当|仅供|供|做个?)参考|不归(?:我们|咱们?)|(?:我们|咱们?|我[局校院镇区馆])(?:差远|比不[上了]|不如|别那么|还差(?!\d))"
    r"|比(?:我们|咱们?|我[局校院镇区馆])[\u4e00-\u9fff]{0,4}[多少高低强好快]"
)
# ［别人家］城东14个；茅山300多场: the label of a line is of all that it tells.
_LABELLED = deferred(
    r"[ \t—\-·*•△□■◆\d.、）)]{0,6}(?:[［\[【](?:别[人的]家|外单位|兄弟单位|邻[镇村县市区])[^\n］\]】]{0,6}[］\]】]"
    r"|(?:别[人的]家|外单位|兄弟单位|邻[镇村县市区])[^\n：:，,。；]{0,4}[：:])"
)
_TOGETHER = deferred(
    r"联合|联手|结对|共建|帮扶|对口|协同|协助|配合|携手|会同|赴|支援|互访|考察|学习|交流|友谊|联谊|比赛|一起|共同|交界|参观|转给|移交"
)
_OF_NO_OTHER = deferred(
    r"各|全|本|我|每|个|等|所|辖|新|老|旧|该|多|两|三|四|五|六|七|八|九|十|一|几|有|到|在|与|和|向|对|给|城|景|片|小|园|山|主|库|校|院|灾|商|厂|牧|林|湿|街|社|整|开|示"
)
_LONGEST_KNOWN = 40  # characters of a unit's name


def of_other_bodies(notes: Reading, known: Sequence[str]) -> frozenset[int]:
    """Where the figures stand that the notes tell of another body than the one that `known` names. Pure."""
    units = [one for one in known if 0 < len(one) <= _LONGEST_KNOWN]
    kinds = [(unit, found[-1]) for unit in units if (found := _KINDS.findall(unit))]
    openers = [name for name in notes.names if any(_is_of_kind(name.text, unit, kind) for unit, kind in kinds)]
    another_of: dict[tuple[int, int], bool] = {}
    starts: set[int] = set()
    for claim in notes.claims:
        span = claim.sentence_span
        if span not in another_of:
            sentence = notes.text[slice(*span)]
            opens = span[0] + len(sentence) - len(sentence.lstrip(_MARKS))
            another = _NEIGHBOUR.search(sentence) is not None or any(
                one.start == opens and notes.text[one.end : one.end + 1] not in _INSIDE for one in openers
            )
            another = another or _LABELLED.match(notes.text, notes.text.rfind("\n", 0, span[0] + 1) + 1) is not None
            another_of[span] = another and _TOGETHER.search(sentence) is None
        if another_of[span]:
            starts.update(part.mention.start for part in (claim, *claim.ends))
    return frozenset(starts)


def _is_of_kind(name: str, unit: str, kind: str) -> bool:
    """True for 西关街道 in notes of 东关街道: a name of the unit's own kind that is not its own."""
    own = name.removesuffix(kind)
    return name != own and own not in unit and _SHORTEST <= len(own) <= _LONGEST and not _OF_NO_OTHER.search(own)


_MARKS, _INSIDE = " \t—-·*•△□■◆", tuple("里上下的两内外居各全")
_SHORTEST, _LONGEST = 2, 3


def names_it(draft: Claim, note: Claim) -> bool:
    """True where a draft says beside the figure whose it is: 邻市宜安有博物馆20座. Pure."""
    lead = lead_of(note).strip(" —-·")[:_NAMED]
    ours = draft.earlier + "，" + lead_of(draft)
    return any(lead[at : at + _PAIR] in ours for at in range(len(lead) - 1)) and bool(_NEIGHBOUR.search(lead)) is bool(
        _NEIGHBOUR.search(ours)
    )


_NAMED, _PAIR = 6, 2  # characters
