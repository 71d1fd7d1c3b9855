"""Single sign-on against a provider of ours: who gets in, and every way in which nobody does."""

from __future__ import annotations

import dataclasses
import time
from collections.abc import Iterator
from html import unescape
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from urllib.request import HTTPErrorProcessor, build_opener

import pytest
from joserfc.jwk import OctKey
from pydantic import SecretStr

from service.domain.account import AccountRole
from service.domain.errors import ServiceUnavailable, UnusableInput
from service.settings import Settings
from service.storage.audit import AuditFilter
from service.web.single_sign_on import Provider, SingleSignOn
from service.wiring.single_sign_on import open_sign_on
from tests.web.provider import CLIENT_ID, CLIENT_SECRET, KEY, STRANGE_KEY, OurProvider, providing
from tests.web.serving import Serving, services_at, serving
from tests.web.test_pages import Browser

NUMBERS = count(1)
BACK = "/single-sign-on/back"


class Clock:
    """A clock that can be moved ahead."""

    def __init__(self) -> None:
        self.ahead = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead


CLOCK = Clock()


@pytest.fixture(scope="module")
def desk() -> Iterator[OurProvider]:
    with providing() as provider:
        yield provider


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, desk: OurProvider) -> Iterator[Serving]:
    services = services_at(tmp_path_factory.mktemp("sign-on"), workers=0)
    services.accounts.add("何川", AccountRole.STAFF, "云溪街道")
    services.accounts.add("admin", AccountRole.ADMIN, "")
    sign_on = SingleSignOn(Provider(desk.issuer, CLIENT_ID, CLIENT_SECRET), CLOCK)
    with serving(dataclasses.replace(services, single_sign_on=sign_on)) as running:
        yield running


@pytest.fixture
def provider(desk: OurProvider, server: Serving) -> OurProvider:
    """The provider with nothing wrong, where somebody nobody has seen yet signs in and becomes staff."""
    number = next(NUMBERS)
    desk.claims = {"sub": f"s-{number}", "preferred_username": f"新人{number}", "unit": "云溪街道"}
    desk.more, desk.broken, desk.algorithm, desk.signed_by = {}, "", "RS256", KEY
    CLOCK.ahead = 0
    ruled(server, issuer=desk.issuer, client_secret=CLIENT_SECRET, role=AccountRole.STAFF, bind_by_name=False)
    ruled(server, name="政务统一认证", unit_claim="unit", timeout_seconds=0.5)
    return desk


def ruled(server: Serving, **changes: Any) -> None:
    """Changes the settings of single sign-on."""
    sign_on = server.services.single_sign_on
    assert sign_on is not None
    sign_on.provider = dataclasses.replace(sign_on.provider, **changes)


class _Following(HTTPErrorProcessor):
    def http_response(self, request: Any, response: Any) -> Any:
        """Follows nothing."""
        return response


def back_from(address: str) -> str:
    """The path the provider sends a browser back to, after the person agreed at `address`."""
    with build_opener(_Following).open(address, timeout=10) as response:
        found = urlsplit(response.headers["Location"])
    return f"{found.path}?{found.query}"


def returning(browser: Browser, next_page: str = "/drafts") -> str:
    """Sets out and agrees; the path to come back by."""
    status, headers, text = browser.ask("GET", f"/single-sign-on?next={next_page}")
    assert status == 303, text
    return back_from(headers["location"])


def refused(browser: Browser, path: str) -> tuple[int, str]:
    """Code and text of the sign-in page that came instead of a session."""
    status, headers, text = browser.ask("GET", path)
    assert "zhibi_session" not in headers.get("set-cookie", "") and "zhibi_session" not in browser.cookies
    assert 'action="/sign-in"' in text and "Traceback" not in text
    return status, text


def test_a_person_who_arrives_first_becomes_staff_and_comes_back_as_the_same(
    server: Serving, provider: OurProvider
) -> None:
    browser = Browser(server)
    assert "用政务统一认证登录" in browser.ask("GET", "/sign-in")[2]
    status, headers, _ = browser.ask("GET", returning(browser))
    assert (status, headers["location"]) == (303, "/drafts")
    name = str(provider.claims["preferred_username"])
    found = server.services.directory.named(name)
    assert (found.account.role, found.account.unit, found.single_sign_on) == (AccountRole.STAFF, "云溪街道", True)
    provider.claims["preferred_username"] = "改了名"
    again = Browser(server)
    assert again.ask("GET", returning(again))[0] == 303
    assert name in again.ask("GET", "/account")[2]
    _, rows = server.services.audit.search(AuditFilter(actor=name, action="account.sign_in"), 10, 0)
    assert [one.detail["how"] for one in rows] == ["oidc", "oidc"]


def test_the_session_is_rotated_and_the_cookie_of_the_way_ends(server: Serving, provider: OurProvider) -> None:
    browser = Browser(server)
    browser.ask("GET", returning(browser))
    old = browser.cookies["zhibi_session"]
    status = browser.ask("GET", returning(browser))[0]
    assert status == 303 and browser.cookies["zhibi_session"] != old
    assert server.services.accounts.of_session(old) is None
    for part in ("HttpOnly", "SameSite=lax"):
        assert part in Browser(server).ask("GET", "/single-sign-on")[1]["set-cookie"]


def test_names_and_units_may_stand_in_the_userinfo_only(server: Serving, provider: OurProvider) -> None:
    provider.more = {**provider.claims}
    name = provider.claims.pop("preferred_username")
    del provider.claims["unit"]
    browser = Browser(server)
    assert browser.ask("GET", returning(browser))[0] == 303
    assert server.services.directory.named(name).account.unit == "云溪街道"


def test_the_userinfo_of_somebody_else_is_refused(server: Serving, provider: OurProvider) -> None:
    provider.more = {**provider.claims, "sub": "somebody else"}
    del provider.claims["unit"]
    browser = Browser(server)
    assert refused(browser, returning(browser))[0] == 401


WRONG_TOKENS: dict[str, dict[str, Any]] = {
    "nonce": {"nonce": "another"},
    "no nonce": {"nonce": None},
    "expired": {"exp": 1_700_000_000},
    "no end": {"exp": None},
    "audience": {"aud": "another client"},
    "audience with our party": {"aud": "another client", "azp": CLIENT_ID},
    "audiences without a party": {"aud": [CLIENT_ID, "another client"]},
    "issuer": {"iss": "http://another.example"},
    "from the future": {"iat": 4_000_000_000},
    "subject": {"sub": None},
    "subject of no text": {"sub": 7},
    "invisible subject": {"sub": "a\0"},
    "access token": {"at_hash": "another"},
}


@pytest.mark.parametrize("what", WRONG_TOKENS)
def test_a_token_with_a_wrong_claim_signs_nobody_in(server: Serving, provider: OurProvider, what: str) -> None:
    provider.claims.update(WRONG_TOKENS[what])
    browser = Browser(server)
    status, text = refused(browser, returning(browser))
    assert status == 401 and "身份凭据无法核实" in text


@pytest.mark.parametrize("key", ["strange key", "client secret", "none"])
def test_a_token_not_signed_by_the_provider_signs_nobody_in(server: Serving, provider: OurProvider, key: str) -> None:
    if key == "strange key":
        provider.signed_by = STRANGE_KEY
    elif key == "client secret":
        provider.signed_by, provider.algorithm = OctKey.import_key(CLIENT_SECRET), "HS256"
    else:
        provider.signed_by, provider.algorithm = OctKey.import_key("no key"), "none"
    browser = Browser(server)
    status, text = refused(browser, returning(browser))
    assert status == 401 and "身份凭据无法核实" in text


def test_a_state_of_another_browser_is_refused_before_the_provider_is_asked(
    server: Serving, provider: OurProvider
) -> None:
    attacker, victim = Browser(server), Browser(server)
    path = returning(attacker)
    returning(victim)
    provider.asked.clear()
    for browser in (victim, Browser(server)):
        status, text = refused(browser, path)
        assert status == 401 and "不是从这个浏览器开始的" in text
    assert provider.asked == []


def test_a_way_that_took_too_long_is_refused(server: Serving, provider: OurProvider) -> None:
    browser = Browser(server)
    path = returning(browser)
    CLOCK.ahead = 601_000
    status, text = refused(browser, path)
    assert status == 401 and "已过期" in text


def test_a_code_signs_in_once_and_only_with_its_own_verifier(server: Serving, provider: OurProvider) -> None:
    browser = Browser(server)
    path = returning(browser)
    way = browser.cookies["zhibi_sign_on"]
    assert browser.ask("GET", path)[0] == 303
    again = Browser(server)
    again.cookies["zhibi_sign_on"] = way
    status, text = refused(again, path)
    assert status == 401 and "登录码已失效或已用过" in text
    one, other = Browser(server), Browser(server)
    code = parse_qs(urlsplit(returning(one)).query)["code"][0]
    state = parse_qs(urlsplit(returning(other)).query)["state"][0]
    assert "登录码已失效或已用过" in refused(other, f"{BACK}?code={code}&state={state}")[1]


def test_an_answer_of_another_issuer_or_a_refusal_signs_nobody_in(server: Serving, provider: OurProvider) -> None:
    browser = Browser(server)
    state = parse_qs(urlsplit(returning(browser)).query)["state"][0]
    way = dict(browser.cookies)
    assert refused(browser, f"{BACK}?code=x&state={state}&iss=http://another.example")[0] == 401
    browser.cookies = way
    assert "没有放行" in refused(browser, f"{BACK}?error=access_denied&state={state}")[1]


@pytest.mark.parametrize("query", ["", "?state=", "?state=%ff&code=1", "?code=1&state=%E7%94%B2"])
@pytest.mark.parametrize("way", ["", "x", "a.b.c", "." * 50, "a" * 43 + ".9" * 9])
def test_a_cookie_or_query_of_no_sense_is_a_sentence(server: Serving, query: str, way: str) -> None:
    browser = Browser(server)
    browser.cookies["zhibi_sign_on"] = way
    assert refused(browser, BACK + query)[0] == 401


@pytest.mark.parametrize("broken", ["silent", "fault", "html"])
def test_a_provider_that_is_not_well_leaves_the_password(server: Serving, provider: OurProvider, broken: str) -> None:
    browser = Browser(server)
    path = returning(browser)
    provider.broken = broken
    for one, address in ((Browser(server), "/single-sign-on"), (browser, path)):
        status, text = refused(one, address)
        assert status == 503 and "统一登录暂时不可用" in text and "密码登录" in text


def test_the_operator_is_told_whether_the_provider_answers(server: Serving, provider: OurProvider) -> None:
    sign_on = server.services.single_sign_on
    assert sign_on is not None
    assert "有应答" in sign_on.answers() and "签名密钥1把" in sign_on.answers()
    for broken in ("fault", "html", "silent"):
        provider.broken = broken
        with pytest.raises(ServiceUnavailable):
            sign_on.answers()


def test_a_provider_that_is_down_leaves_the_password(server: Serving, provider: OurProvider) -> None:
    with providing() as gone:
        ruled(server, issuer=gone.issuer)
    status, text = refused(Browser(server), "/single-sign-on")
    assert status == 503 and "统一登录暂时不可用" in text


def test_an_issuer_or_secret_the_provider_does_not_know_is_told(server: Serving, provider: OurProvider) -> None:
    browser = Browser(server)
    path = returning(browser)
    ruled(server, client_secret="wrong")
    status, text = refused(browser, path)
    assert status == 503 and "不接受执笔的设置" in text
    ruled(server, issuer=provider.issuer + "/")
    assert "不接受执笔的设置" in refused(browser, "/single-sign-on")[1]


def test_an_unknown_person_stays_out_where_only_known_ones_get_in(server: Serving, provider: OurProvider) -> None:
    ruled(server, role=None)
    browser = Browser(server)
    status, text = refused(browser, returning(browser))
    assert status == 401 and "没有账号" in text


@pytest.mark.parametrize("unit", ["", "云溪街道\0", "云西街道", ["云溪街道", "石桥镇"]])
def test_a_newcomer_of_an_unknown_unit_stays_out(server: Serving, provider: OurProvider, unit: Any) -> None:
    provider.claims["unit"] = unit
    browser = Browser(server)
    status, text = refused(browser, returning(browser))
    assert status == 401 and "单位" in text
    assert "云西街道" not in [one.name for one in server.services.directory.units()]


def test_a_disabled_person_stays_out_by_subject_and_by_name(server: Serving, provider: OurProvider) -> None:
    ruled(server, bind_by_name=True)
    browser, name = Browser(server), str(provider.claims["preferred_username"])
    assert browser.ask("GET", returning(browser))[0] == 303
    server.services.accounts.close(name)
    assert browser.ask("GET", "/drafts")[0] == 303  # the session ended
    for subject in (provider.claims["sub"], "another subject"):
        provider.claims["sub"] = subject
        one = Browser(server)
        status, text = refused(one, returning(one))
        assert status == 401 and "已停用" in text


def test_an_account_that_exists_is_bound_by_an_administrator_only(server: Serving, provider: OurProvider) -> None:
    accounts = server.services.accounts
    name = accounts.add(f"老人{next(NUMBERS)}", AccountRole.STAFF, "云溪街道").name
    provider.claims.update(preferred_username=name, sub="x; reboot")
    browser = Browser(server)
    status, text = refused(browser, returning(browser))
    assert status == 401 and f"zhibi user bind '{name}' 'x; reboot'" in unescape(text)
    accounts.bind(name, f"{provider.issuer} x; reboot")
    browser.ask("GET", returning(browser))
    assert name in browser.ask("GET", "/account")[2]


def test_with_the_setting_the_first_of_a_name_gets_its_account_and_no_second(
    server: Serving, provider: OurProvider
) -> None:
    ruled(server, bind_by_name=True)
    name = server.services.accounts.add(f"老人{next(NUMBERS)}", AccountRole.STAFF, "云溪街道").name
    provider.claims["preferred_username"] = name
    first, second = Browser(server), Browser(server)
    assert first.ask("GET", returning(first))[0] == 303
    provider.claims["sub"] = "a second"
    assert "另一个人" in refused(second, returning(second))[1]


def test_an_administrators_account_is_never_bound_by_its_name(server: Serving, provider: OurProvider) -> None:
    ruled(server, bind_by_name=True)
    provider.claims["preferred_username"] = "admin"
    browser = Browser(server)
    assert "还没有与统一登录绑定" in refused(browser, returning(browser))[1]


def test_nobody_is_led_out_after_sign_in(server: Serving, provider: OurProvider) -> None:
    for wanted in ("https://another.example", "//another.example", "/" + "x" * 5_000):
        browser = Browser(server)
        assert browser.ask("GET", returning(browser, wanted))[1]["location"] == "/"


def test_without_a_provider_there_is_no_button_and_no_address(tmp_path: Path) -> None:
    with serving(services_at(tmp_path, workers=0)) as running:
        assert "single-sign-on" not in Browser(running).ask("GET", "/sign-in")[2]
        assert [Browser(running).ask("GET", path)[0] for path in ("/single-sign-on", BACK)] == [404, 404]


def test_half_a_configuration_is_refused_at_the_start() -> None:
    whole = Settings(oidc_issuer="http://id.lan", oidc_client_id="zhibi", oidc_client_secret=SecretStr("s"))
    found = open_sign_on(whole)
    assert found is not None and found.provider.role is None and not found.provider.bind_by_name
    assert open_sign_on(Settings()) is None
    for change in (
        {"oidc_client_secret": None},
        {"oidc_client_secret": SecretStr("秘密")},
        {"oidc_role": "staff"},
        {"oidc_issuer": "id.lan"},
    ):
        with pytest.raises(UnusableInput, match="ZHIBI_OIDC"):
            open_sign_on(whole.model_copy(update=change))
