"""`zhibi user` and `zhibi token`: accounts from the server's own shell."""

from __future__ import annotations

from service.commands.printing import print_line, tell


def run_add(name: str, role: str, unit: str) -> int:
    """Adds an account and prints its one-time sign-in link."""
    from service.domain.account import AccountRole
    from service.domain.errors import UnusableInput
    from service.settings import load_settings
    from service.wiring.record import account_store, open_record, sign_in_link

    if role not in list(AccountRole):
        raise UnusableInput(f"没有角色“{role}”。可选：{'、'.join(AccountRole)}。", role=role)
    settings = load_settings()
    with open_record(settings) as database:
        store = account_store(settings, database)
        account = store.add(name, AccountRole(role), unit)
        tell(f"已新增账号{account.name}（{role}，{account.unit or '不限单位'}）。一次性登录链接：")
        print_line(sign_in_link(settings, store.new_link(account.name)))
    return 0


def run_link(name: str) -> int:
    """Prints a new one-time sign-in link; the older ones of that account stop working."""
    from service.settings import load_settings
    from service.wiring.record import account_store, open_record, sign_in_link

    settings = load_settings()
    with open_record(settings) as database:
        print_line(sign_in_link(settings, account_store(settings, database).new_link(name)))
    return 0


def run_token(name: str, scope: str = "all", days: int | None = None) -> int:
    """Prints a bearer token, this once."""
    from service.domain.account import TokenScope
    from service.settings import load_settings
    from service.wiring.record import account_store, open_record

    settings = load_settings()
    with open_record(settings) as database:
        kind = TokenScope(scope)
        secret = account_store(settings, database).new_token(name, kind, days=days)
        lasts = min(days or settings.token_days, settings.token_days)
        tell(f"访问令牌（{kind.chinese}，{lasts}天内有效，只显示这一次；请求头 Authorization: Bearer …）：")
        print_line(secret)
    return 0


def run_bind(name: str, subject: str) -> int:
    """Lets the person with this subject at the single sign-on in as this account."""
    from service.domain.errors import UnusableInput
    from service.settings import load_settings
    from service.wiring.record import account_store, open_record

    settings = load_settings()
    if not settings.oidc_issuer:
        raise UnusableInput("没有设置统一登录（ZHIBI_OIDC_ISSUER），不能绑定。请先设置。")
    with open_record(settings) as database:
        account_store(settings, database).bind(name, f"{settings.oidc_issuer} {subject.strip()}")
    tell(f"已把账号{name}与统一登录绑定。")
    return 0


def run_close(name: str) -> int:
    """Closes an account; its sessions, links and tokens end at once."""
    from service.settings import load_settings
    from service.wiring.record import account_store, open_record

    settings = load_settings()
    with open_record(settings) as database:
        account_store(settings, database).close(name)
    tell(f"已停用账号{name}。")
    return 0


def run_erase(name: str) -> int:
    """Deletes a person with their drafts and notes."""
    from service.settings import load_settings
    from service.storage.audit import SYSTEM
    from service.storage.directory import DirectoryStore
    from service.storage.retention import RetentionStore
    from service.wiring.record import open_record

    with open_record(load_settings()) as database:
        found = DirectoryStore(database).named(name)
        gone = RetentionStore(database).erase(SYSTEM, found.account.id)
    tell(f"已删除账号{name}，连同{gone.drafts}份稿件、{gone.versions}个版本。审计记录只留编号和哈希。")
    return 0
