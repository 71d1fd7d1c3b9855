"""Single sign-on as the settings describe it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from service.domain.account import AccountRole
from service.domain.errors import UnusableInput
from service.settings import Settings

if TYPE_CHECKING:
    from service.web.single_sign_on import SingleSignOn


def open_sign_on(settings: Settings) -> SingleSignOn | None:
    """The conversation with the provider, None where none is set. Raises UnusableInput where half of it is set."""
    if settings.oidc_issuer is None:
        return None
    if not settings.oidc_issuer.startswith(("http://", "https://")):
        raise UnusableInput(
            "设置 ZHIBI_OIDC_ISSUER 须以 http:// 或 https:// 开头。请改正。", setting="ZHIBI_OIDC_ISSUER"
        )
    if settings.oidc_client_id is None or settings.oidc_client_secret is None:
        raise UnusableInput("设置了 ZHIBI_OIDC_ISSUER，还须设置 ZHIBI_OIDC_CLIENT_ID 和 ZHIBI_OIDC_CLIENT_SECRET。")
    secret = settings.oidc_client_secret.get_secret_value()
    if not (secret + settings.oidc_client_id).isascii():
        raise UnusableInput("ZHIBI_OIDC_CLIENT_ID 和 ZHIBI_OIDC_CLIENT_SECRET 只能是英文字符。请核对。")
    if settings.oidc_role == "staff" and settings.oidc_unit_claim is None:
        raise UnusableInput("ZHIBI_OIDC_ROLE 为 staff 时，还须用 ZHIBI_OIDC_UNIT_CLAIM 写明哪一项是单位。")
    # Nobody without single sign-on should wait for its vendors to load.
    from service.web.single_sign_on import Provider, SingleSignOn

    return SingleSignOn(
        Provider(
            issuer=settings.oidc_issuer,
            client_id=settings.oidc_client_id,
            client_secret=secret,
            name=settings.oidc_name,
            claim=settings.oidc_claim,
            unit_claim=settings.oidc_unit_claim or "",
            role=AccountRole.STAFF if settings.oidc_role == "staff" else None,
            bind_by_name=settings.oidc_bind_by_name,
            public_url=settings.public_url or "",
        )
    )
