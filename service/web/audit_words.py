"""What the audit log records, in words for the administrator's page."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from service.domain.account import AccountRole, TokenScope
from service.domain.review import DecisionKind

# The beginnings of what the audit log records, as people search for them.
ACTIONS: Mapping[str, str] = {
    "draft.": "稿件",
    "account.": "账号",
    "unit.": "单位",
    "offer.": "推荐入库",
    "report.": "往年报告",
    "account.sign": "登录和退出",
    "pairs.": "评测",
    "record.": "备份与清理",
}
ACTION_NAMES: Mapping[str, str] = {
    "draft.submit": "提交审核",
    "draft.withdraw": "撤回",
    "draft.void": "作废",
    "draft.claim": "领取审核",
    "draft.release": "放回队列",
    "draft.decide": "处理标记",
    "draft.undo": "撤销处理",
    "draft.comment": "批注",
    "draft.resolve": "解决批注",
    "draft.suggest": "提修改建议",
    "draft.settle": "处理建议",
    "draft.edit": "修改稿件",
    "draft.approved": "审核通过",
    "draft.returned": "退回修改",
    "draft.export": "下载",
    "draft.delete": "删除稿件",
    "account.add": "新增账号",
    "account.change": "修改账号",
    "account.close": "停用账号",
    "account.open": "启用账号",
    "account.bind": "绑定单点登录",
    "account.erase": "清除个人信息",
    "account.link": "发登录链接",
    "account.password": "设置密码",
    "account.revoke": "结束登录",
    "account.sign_in": "登录",
    "account.sign_out": "退出",
    "account.token": "发访问令牌",
    "unit.add": "新增单位",
    "unit.change": "修改单位",
    "offer.make": "推荐入库",
    "offer.accepted": "收入往年报告",
    "offer.declined": "不收入",
    "report.add": "上传往年报告",
    "report.correct": "更正往年报告",
    "report.remove": "删除往年报告",
    "pairs.add": "导入盲评",
    "pairs.score": "盲评打分",
    "record.backup": "备份",
    "record.purge": "清理到期数据",
}
DETAIL_NAMES: Mapping[str, str] = {
    "closed": "停用",
    "comment": "批注编号",
    "days": "天数",
    "decision": "处理编号",
    "drafts": "稿件数",
    "everywhere": "所有设备",
    "fields": "更正的项目",
    "files": "文件数",
    "form": "格式",
    "held_by": "原审核人",
    "how": "方式",
    "kind": "处理方式",
    "notes": "笔记校验码",
    "pairs": "对数",
    "reports": "报告编号",
    "resolved": "已解决",
    "role": "角色",
    "rows": "行数",
    "rule": "规则",
    "scope": "权限",
    "seed": "随机种子",
    "sha256": "校验码",
    "source": "文件",
    "state": "结果",
    "suggestion": "建议编号",
    "version": "版本",
    "versions": "各版校验码",
    "withdrawn": "撤回的更正",
}
_VALUES: Mapping[str, Callable[[Any], str]] = {
    "role": lambda value: AccountRole(value).chinese,
    "scope": lambda value: TokenScope(value).chinese,
    "kind": lambda value: DecisionKind(value).chinese,
    "how": lambda value: {"link": "登录链接", "password": "密码", "oidc": "单点登录"}[value],
    "state": lambda value: {"accepted": "采纳", "rejected": "不采纳"}[value],
    "sha256": lambda value: str(value)[:10],
    "notes": lambda value: str(value)[:10],
}
_LONGEST = 60
_ID = re.compile(r"[0-9a-f]{32}")
_SHORT_ID = 8


def told_detail(detail: Mapping[str, Any], names: Mapping[str, str] | None = None) -> str:
    """What an entry adds to its action, as 名称：值 apart by two spaces; a key nobody named stays as it is. Pure.

    `names`: what an id that stands there is called; one without a name is told by its beginning, enough to tell it.
    """
    called = names or {}
    told = {key: called.get(value) if isinstance(value, str) else None for key, value in detail.items()}
    return "　".join(f"{DETAIL_NAMES.get(key, key)}：{told[key] or _told(key, value)}" for key, value in detail.items())


def _told(key: str, value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        whole = "、".join("/".join(map(str, one)) if isinstance(one, list) else str(one) for one in value)
        return whole[:_LONGEST] + ("……" if len(whole) > _LONGEST else "")
    if isinstance(value, str) and _ID.fullmatch(value):
        return value[:_SHORT_ID]
    try:
        return _VALUES[key](value)
    except (KeyError, ValueError):
        return str(value)
