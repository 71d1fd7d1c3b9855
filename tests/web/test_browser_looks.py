"""Every page and state as it is seen, printed and read aloud; no request leaves, no note becomes a tag."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.web.browsing import CHROMIUM, NOTES, Watched, at_desk, drafted, grave, with_text
from tests.web.serving import Serving, call

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium (apt-get install chromium)")
STATIC = Path(__file__).parents[2] / "service" / "web" / "static"


@pytest.fixture(scope="module")
def desk(server: Serving, chromium: Browser) -> Iterator[Watched]:
    watched = at_desk(server, chromium)
    yield watched
    watched.page.context.close()
    assert watched.wrong == []


def test_no_page_and_no_state_shuts_anyone_out(server: Serving, chromium: Browser, desk: Watched) -> None:
    page, wrong = desk.page, []
    page.goto(server.address)
    page.get_by_text("还没有笔记").wait_for()
    wrong += grave(page, "empty")
    page.get_by_role("textbox", name="笔记").fill(NOTES + "张三 13812345678\n清理小广告xx处")
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    for tab in ("事实", "提纲", "还缺", "不写入"):
        page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        wrong += grave(page, tab)
    page.get_by_role("button", name="整洁预览").click()
    wrong += grave(page, "clean")
    page.get_by_role("button", name="开始起草").click()
    wrong += grave(page, "private dialog")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    draft_id = drafted(server)
    with_text(server, draft_id, lambda text: text.replace("3.5吨", "99吨"))
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_role("button", name=re.compile("^99吨，")).click()
    wrong += grave(page, "popover")
    page.keyboard.press("Escape")
    for tab in ("待处理", "需要补充", "未采用的笔记", "写法", "版本与来源"):
        page.get_by_role("tab", name=re.compile(f"^{tab}")).click()
        wrong += grave(page, tab)
    page.get_by_role("button", name=re.compile("^编辑一")).click()
    wrong += grave(page, "editing")
    page.get_by_role("button", name="取消").click()
    page.get_by_role("button", name="提交审核").click()
    wrong += grave(page, "blocked")
    page.keyboard.press("Escape")
    page.locator("#shortcuts-open").click()
    wrong += grave(page, "shortcuts")
    page.keyboard.press("Escape")
    for address in ("/drafts", "/account", "/corpus", "/drafts/" + "0" * 32):
        page.goto(server.address + address)
        wrong += grave(page, address)
    stranger = chromium.new_page()
    stranger.goto(f"{server.address}/sign-in")
    wrong += grave(stranger, "sign-in")
    stranger.close()
    assert wrong == []


def test_nothing_overflows_at_any_width_and_zoom_and_motion_stops_when_asked(
    server: Serving, chromium: Browser, desk: Watched
) -> None:
    draft_id = drafted(server)
    page = desk.page
    for address in (server.address, f"{server.address}/drafts/{draft_id}", f"{server.address}/drafts"):
        page.goto(address)
        page.get_by_role("heading").first.wait_for(state="attached")
        # 683 × 384 is 1366 × 768 at 200 %.
        for width, height in ((1366, 768), (1280, 720), (1024, 700), (683, 384), (320, 640)):
            page.set_viewport_size({"width": width, "height": height})
            too_wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert too_wide <= 0, (address, width)
    page.set_viewport_size({"width": 1366, "height": 768})
    calm = at_desk(server, chromium, reduced_motion="reduce", forced_colors="active")
    calm.page.goto(f"{server.address}/drafts/{draft_id}")
    calm.page.get_by_role("button", name=re.compile("^3.5吨，")).wait_for()
    moving = calm.page.evaluate(
        """Array.from(document.querySelectorAll("*"))
             .filter((one) => getComputedStyle(one).animationName !== "none").length"""
    )
    assert moving == 0
    calm.page.context.close()


def test_notes_and_drafts_are_shown_as_text_whatever_they_hold(server: Serving, desk: Watched) -> None:
    page = desk.page
    hostile = (
        "3月12日清理12处<img src=x onerror=\"document.title='坏'\">\n"
        "</textarea><script>document.title='坏'</script>参会46人\n"
        "发宣传单500份[点这里](javascript:alert(1))\n挂横幅\u202e条21\u202c 12条\n"
    )
    page.goto(server.address)
    page.get_by_role("textbox", name="笔记").fill(hostile)
    page.get_by_text(re.compile(r"已识别 \d+ 项")).wait_for()
    draft_id = drafted(server, hostile)
    with_text(server, draft_id, lambda text: text + "<img src=x onerror=\"document.title='坏'\">\u202e反")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.get_by_text("<img src=x").first.wait_for()
    assert page.title() != "坏"
    assert page.locator("main img, main script:not([src]):not([type])").count() == 0
    assert page.locator("main a[href^=javascript]").count() == 0
    assert "\u202e" not in page.locator("#paper").inner_text()
    assert page.get_by_role("textbox", name="笔记").input_value() == hostile


def test_no_line_begins_with_a_closing_mark(server: Serving, desk: Watched) -> None:
    page, draft_id = desk.page, drafted(server, "3月12日清理卫生死角12处\n")
    said = "，".join(f"{'种树' * (n % 5)}{n + 300}棵" for n in range(40))
    with_text(server, draft_id, lambda text: f"{said}。【待补：修补路面的长度】，（共901处），《手册》902份。")
    page.goto(f"{server.address}/drafts/{draft_id}")
    page.locator("#paper .mark-block").nth(40).wait_for()
    begun = page.evaluate(
        """() => {
             const paper = document.getElementById("paper"), range = document.createRange(), found = [];
             for (let width = 320; width < 760; width += 11) {
               paper.style.width = width + "px";
               const texts = document.createTreeWalker(paper, NodeFilter.SHOW_TEXT);
               for (let node = texts.nextNode(); node; node = texts.nextNode()) {
                 const block = node.parentElement.closest(".paper-line");
                 if (!block) continue;
                 const edge = block.getBoundingClientRect().left;
                 for (let at = 0; at < node.data.length; at += 1) {
                   range.setStart(node, at);
                   range.setEnd(node, at + 1);
                   if ("，。》】）".includes(node.data[at]) && range.getBoundingClientRect().left < edge + 2)
                     found.push(width + ":" + node.data[at]);
                 }
               }
             }
             return found;
           }"""
    )
    assert begun == []


def test_a_bare_page_asks_nobody_else_and_shows_rare_names(server: Serving, desk: Watched) -> None:
    page = desk.page
    page.goto(server.address)
    page.get_by_role("textbox", name="笔记").fill("张镕、王喆、李䶮、赵㼆参加清扫12处")
    differ = page.evaluate(
        """() => {
             const draw = (text) => {
               const canvas = document.createElement("canvas");
               canvas.width = canvas.height = 40;
               const pen = canvas.getContext("2d");
               pen.font = "32px " + getComputedStyle(document.body).fontFamily;
               pen.fillText(text, 2, 34);
               return canvas.toDataURL();
             };
             const missing = draw("\\u{10fffd}");
             return ["镕", "喆", "䶮", "㼆"].every((one) => draw(one) !== missing);
           }"""
    )
    assert differ


def test_times_are_of_beijing_wherever_the_browser_is(server: Serving, chromium: Browser) -> None:
    draft_id = drafted(server)
    shown = []
    for zone in ("UTC", "Asia/Shanghai", "America/New_York"):
        watched = at_desk(server, chromium, timezone_id=zone)
        watched.page.goto(f"{server.address}/drafts/{draft_id}")
        watched.page.get_by_role("tab", name=re.compile("^版本与来源")).click()
        shown.append(watched.page.locator("#tab-panel li").first.inner_text())
        watched.page.context.close()
    assert len(set(shown)) == 1
    made = call(server, "GET", f"/api/v1/drafts/{draft_id}", token=server.token("周岚")).json["created_at"]
    hour = (int(made[11:13]) + 8) % 24
    assert f"{hour:02d}:" in shown[0]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="needs pdftotext (apt-get install poppler-utils)")
def test_a_printed_page_has_22_lines_of_28_characters_and_its_number(
    server: Serving, desk: Watched, tmp_path: Path
) -> None:
    draft_id = drafted(server, "3月12日清理卫生死角12处\n")
    long = "街巷整洁环境有序志愿服务常态开展" * 120 + "。"
    with_text(server, draft_id, lambda text: long)
    desk.page.goto(f"{server.address}/drafts/{draft_id}")
    desk.page.get_by_text("街巷整洁").first.wait_for()
    printed = tmp_path / "print.pdf"
    desk.page.pdf(path=printed, prefer_css_page_size=True)
    text = subprocess.run(["pdftotext", "-layout", printed, "-"], capture_output=True, text=True, check=True).stdout
    pages = [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")]
    body = [line for line in pages[1] if not line.startswith("—")]
    assert len(body) == 22
    assert {len(line) for line in body[:-1]} == {28}
    assert "—2—" in [line.replace(" ", "") for line in pages[1]]
    for hidden in ("提交审核", "下载 Word", "待处理", "编辑"):
        assert hidden not in text


def test_every_module_is_of_the_language_of_2019_and_short() -> None:
    newer = re.compile(
        r"\?\.(?!\d)|\?\?|\*\*=|&&=|\|\|=|\bimport\(|\bstatic\s*\{|#\w+\s*[=(;]|(?<![\w$])\d+n\b|structuredClone|\.at\(|replaceAll"
    )
    for path in sorted(STATIC.glob("*.js")):
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) < 400, path.name
        bare = re.sub(r'"(?:[^"\\\n]|\\.)*"|/(?![*/ ])(?:[^/\\\n]|\\.)+/[gimsuy]*|//[^\n]*', '""', source)
        assert not newer.search(bare), (path.name, newer.search(bare))
        assert not re.search(r"^\s*await ", re.sub(r"(?m)^[ \t]+.*$", "", bare), re.M), path.name
    for path in sorted(STATIC.glob("*.css")):
        source = path.read_text(encoding="utf-8")
        assert ":has(" not in source and "@import" not in source and "http" not in source, path.name
        assert not re.search(r"^\s*&", source, re.M), path.name


def test_the_mode_of_old_engines_shows_how_to_leave_it(server: Serving) -> None:
    page = call(server, "GET", "/sign-in").content.decode()
    assert '<meta name="renderer" content="webkit">' in page and "X-UA-Compatible" in page
    script = re.search(r'<script nomodule src="([^"]+)">', page)
    assert script is not None
    words = call(server, "GET", script[1]).content.decode()
    assert "极速模式" in words
    assert not re.search(r"=>|\b(?:let|const|class|import)\b|`", re.sub(r"//.*", "", words))
