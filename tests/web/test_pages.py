"""Pages and sessions over a real server: signing in, cookies, forged writes, headers, hostile words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from service.domain.account import AccountRole
from service.storage.accounts import AccountRules
from tests.web.serving import Serving, call, services_at, serving

STATIC = Path(__file__).parents[2] / "service/web/static"


class Browser:
    """Keeps cookies and follows nothing."""

    def __init__(self, running: Serving) -> None:
        self._host = running.address.removeprefix("http://")
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, dict[str, str], str]:
        """Status, headers, text."""
        connection = HTTPConnection(self._host, timeout=20)
        every = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            every["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        body = None
        if form is not None:
            body = urlencode(form)
            every["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, every)
        response = connection.getresponse()
        text = response.read().decode()
        got = {name.lower(): value for name, value in response.getheaders()}
        for cookie in response.headers.get_all("set-cookie") or ():
            name, _, value = cookie.split(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return response.status, got, text

    def csrf(self) -> str:
        """The word a write must repeat."""
        found = re.search(r'name="csrf" content="([^"]+)"', self.ask("GET", "/drafts")[2])
        assert found
        return found[1]


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("pages")
    with serving(services_at(folder, rules=AccountRules(sign_in_attempts=3))) as server:
        accounts = server.services.accounts
        for name, unit in (("周岚", "云溪街道"), ("程野", "石桥镇"), ("何川", "云溪街道")):
            accounts.set_password(accounts.add(name, AccountRole.STAFF, unit), f"{name}的旧密码很长")
        yield server


@pytest.fixture
def browser(running: Serving) -> Browser:
    return Browser(running)


def test_a_stranger_is_sent_to_sign_in_and_comes_back(running: Serving, browser: Browser) -> None:
    status, headers, _ = browser.ask("GET", "/drafts")
    assert (status, headers["location"]) == (303, "/sign-in?next=/drafts")
    form = {"name": "周岚", "password": "周岚的旧密码很长", "next": "/drafts"}
    status, headers, _ = browser.ask("POST", "/sign-in", form)
    assert (status, headers["location"]) == (303, "/drafts")
    assert "httponly" in headers["set-cookie"].lower()
    assert "samesite=lax" in headers["set-cookie"].lower()
    assert browser.ask("GET", "/drafts")[0] == 200


@pytest.mark.parametrize("address", ["//evil.test", "https://evil.test", "/\\evil.test", "javascript:alert(1)", "/\tx"])
def test_signing_in_never_leads_out_of_the_house(browser: Browser, address: str) -> None:
    form = {"name": "周岚", "password": "周岚的旧密码很长", "next": address}
    status, headers, _ = browser.ask("POST", "/sign-in", form)
    assert (status, headers["location"]) == (303, "/")


def test_opening_a_link_does_not_use_it_up_but_the_button_does(running: Serving, browser: Browser) -> None:
    link = running.services.accounts.new_link("何川")
    for _ in range(3):
        status, _, text = browser.ask("GET", f"/sign-in/{link}")
        assert status == 200
        assert "何川" in text
    assert browser.ask("POST", f"/sign-in/{link}", {})[0] == 303
    assert browser.ask("GET", "/")[0] == 200
    status, _, text = Browser(running).ask("GET", f"/sign-in/{link}")
    assert status == 401
    assert "已失效" in text


def test_guessing_passwords_is_slowed_down(running: Serving, browser: Browser) -> None:
    for _ in range(3):
        status, _, text = browser.ask("POST", "/sign-in", {"name": "程野", "password": "猜猜看吧"})
        assert status == 401
        assert "用户名或密码不对" in text
        assert "程野" in text
    assert browser.ask("POST", "/sign-in", {"name": "程野", "password": "程野的旧密码很长"})[0] == 429


def test_a_write_without_the_page_s_word_is_refused(running: Serving, browser: Browser) -> None:
    browser.ask("POST", "/sign-in", {"name": "周岚", "password": "周岚的旧密码很长"})
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    asked = {"notes": "清运垃圾12吨", "genre": "progress", "unit": "云溪街道", "period": "2031年"}
    headers = {"Cookie": cookie}
    refused = call(running, "POST", "/api/v1/drafts", asked, headers=headers)
    assert refused.status == 403
    assert "刷新页面" in refused.json["message"]
    word = browser.csrf()
    foreign = {**headers, "X-CSRF-Token": word, "Sec-Fetch-Site": "cross-site"}
    assert call(running, "POST", "/api/v1/drafts", asked, headers=foreign).status == 403
    assert call(running, "POST", "/api/v1/drafts", asked, headers={**headers, "X-CSRF-Token": word}).status == 202
    assert browser.ask("POST", "/sign-out", {"csrf": "wrong"})[0] == 403
    assert browser.ask("GET", "/drafts")[0] == 200
    assert browser.ask("POST", "/sign-out", {"csrf": word})[0] == 303
    browser.cookies = dict(one.split("=", 1) for one in cookie.split("; "))
    assert browser.ask("GET", "/drafts")[0] == 303


def test_another_site_signs_nobody_in(running: Serving, browser: Browser) -> None:
    form = {"name": "周岚", "password": "周岚的旧密码很长"}
    for origin in ("http://evil.test", "null", "http://127.0.0.1:1"):
        assert browser.ask("POST", "/sign-in", form, Origin=origin)[0] == 403
    assert browser.ask("POST", "/sign-in", form, Sec_Fetch_Site="cross-site")[0] == 403
    assert browser.ask("POST", "/sign-in", form, Origin=running.address)[0] == 303
    proxied = {"Origin": "https://zhibi.test", "X_Forwarded_Host": "zhibi.test"}
    assert Browser(running).ask("POST", "/sign-in", form, **proxied)[0] == 303


def test_a_new_password_ends_every_other_session(running: Serving) -> None:
    here, there = Browser(running), Browser(running)
    for one in (here, there):
        one.ask("POST", "/sign-in", {"name": "何川", "password": "何川的旧密码很长"})
    form = {"csrf": here.csrf(), "password": "何川的新密码更长", "again": "何川的新密码更长"}
    wrong = here.ask("POST", "/account/password", {**form, "again": "不一样"})
    assert wrong[0] == 422
    assert "不一致" in wrong[2]
    assert here.ask("POST", "/account/password", form)[0] == 303
    assert here.ask("GET", "/drafts")[0] == 200
    assert there.ask("GET", "/drafts")[0] == 303


def test_every_answer_forbids_foreign_and_inline_code(browser: Browser) -> None:
    for path in ("/sign-in", "/static/any/workbench.js", "/api/v1/drafts", "/nowhere"):
        _, headers, _ = browser.ask("GET", path)
        assert headers["content-security-policy"].startswith("default-src 'self'; object-src 'none'")
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_no_page_names_another_host_or_carries_inline_code() -> None:
    sources = [*STATIC.glob("*"), *(STATIC.parent / "templates").glob("*")]
    for path in sources:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(?:https?:)?//[a-z0-9-]+\.[a-z]", text), path
        assert not re.search(r"<script(?![^>]*(?:src=|application/json))", text), path
        assert not re.search(r"\son[a-z]+=[\"']", text), path
        assert "style=" not in text, path
        assert "innerHTML" not in text, path
        assert "insertAdjacentHTML" not in text, path


def test_modules_keep_to_the_language_of_old_browsers() -> None:
    """Chromium 86 reads ES2019 and some more; what it cannot read must not creep in."""
    refused = {
        r"\?\.[a-zA-Z\[(]": "optional chaining",
        r"\?\?": "nullish coalescing",
        r"\.at\(": "Array.at",
        r"replaceAll\(": "replaceAll",
        r"structuredClone": "structuredClone",
        r"randomUUID": "randomUUID",
        r"navigator\.clipboard": "clipboard",
        r"\|\|=|&&=": "logical assignment",
        r"^\s*(?:static\s+)?#\w": "private fields",
    }
    for path in STATIC.glob("*.js"):
        text = re.sub(r"//[^\n]*", "", path.read_text(encoding="utf-8"))
        for pattern, name in refused.items():
            assert not re.search(pattern, text, re.MULTILINE), f"{path.name}: {name}"
    styles = (STATIC / "app.css").read_text(encoding="utf-8")
    assert ":has(" not in styles
    assert "&" not in styles


def test_hostile_words_reach_the_page_as_text_only(running: Serving, browser: Browser) -> None:
    browser.ask("POST", "/sign-in", {"name": "周岚", "password": "周岚的旧密码很长"})
    word = browser.csrf()
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'&"
    asked = {"notes": f"清运垃圾12吨 {hostile}", "genre": "progress", "unit": hostile[:60], "period": "2031年"}
    made = call(running, "POST", "/api/v1/drafts", asked, headers={"Cookie": cookie, "X-CSRF-Token": word})
    assert made.status == 202
    for path in ("/drafts", f"/drafts/{made.json['id']}", f"/corpus?q={quote(hostile)}"):
        _, _, text = browser.ask("GET", path)
        assert "<script>alert" not in text
        assert "<img" not in text


def test_an_error_of_a_page_is_a_page(browser: Browser) -> None:
    browser.ask("POST", "/sign-in", {"name": "周岚", "password": "周岚的旧密码很长"})
    status, headers, text = browser.ask("GET", "/drafts/" + "0" * 32)
    assert status == 404
    assert headers["content-type"].startswith("text/html")
    assert "没有这份稿件" in text
    assert "请求编号" in text
