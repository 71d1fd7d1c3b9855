// From pasted notes to a draft asked for: what the notes hold, what is missing, the outline, and the start.

import { ask, Failure, requestWord } from "./api.js";
import { autosave } from "./autosave.js";
import { openDialog } from "./dialog.js";
import { drawClean } from "./clean-view.js";
import { announce, clockText, composing, counted, endToast, fill, make, one, show, smallButton, toast } from "./dom.js";
import { drawAside, drawFacts, drawMissing } from "./facts.js";
import { scan, withoutPrivate } from "./local-scan.js";
import { openFile } from "./open-file.js";
import { outlineEditor } from "./outline.js";
import { byPoints } from "./points.js";
import { offerRecovery } from "./recovery.js";
import { setupForm } from "./setup.js";
import { tabRow } from "./tabs.js";

const WAIT_MS = 500;
const MOST_WARNED = 8;
const AGAIN_MS = 5000;

export function intake(page, notes, onDraft) {
  const count = one("#facts-count");
  const form = setupForm(page.account.name, start, () => later(true));
  const tabs = tabRow(one("#intake-tabs"), one("#intake-panel"));
  let read = null;
  let readOf = null;
  let wishes = null;
  let allowed = false;
  let rows = [];
  let timer = null;
  let turn = 0;
  let started = false;
  const store = autosave(page.account.name, "new", () => (notes.composing ? null : { notes: notes.value, setup: form.asked(), wishes }), (text) => {
    one("#notes-saved").textContent = text;
  });
  const outline = outlineEditor(notes, (arranged) => {
    wishes = arranged;
    store.changed();
    look();
  });

  drawTabs();
  openFile({ button: one("#notes-open-file"), input: one("#notes-file"), dropPlace: one("#notes-pane"), give: takeFile, tell: fileTold });
  one("#notes-clean").addEventListener("click", toggleClean);
  document.addEventListener("keydown", (event) => {
    if (composing(event) || started || one("dialog[open]")) return;
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.start();
    } else if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      store.now();
    }
  });
  window.addEventListener("zhibi:leaving", () => store.end());
  window.addEventListener("online", () => later());
  restore();

  async function restore() {
    notes.set(notes.value);
    const again = sessionStorage.getItem("zhibi.again");
    if (again) {
      sessionStorage.removeItem("zhibi.again");
      const body = JSON.parse(again);
      use({ notes: body.notes, setup: body.setup });
      return;
    }
    if (notes.value) changed();
    else notes.focus();
    const kept = await store.found();
    if (!kept || !kept.body.notes || kept.body.notes === notes.value) return;
    offerRecovery(one("#recovery"), {
      kept,
      what: "笔记",
      current: notes.value,
      text: kept.body.notes,
      take: () => use(kept.body),
      drop: () => store.forget(),
    });
  }

  function use(body) {
    notes.set(body.notes || "");
    if (body.setup) form.fill(body.setup);
    wishes = body.wishes || null;
    outline.edited(Boolean(wishes));
    changed();
    notes.focus();
  }

  // ---- what the notes hold

  // Numbers of lines and what must be warned of are found here at once; what they mean is asked of the server.
  function changed(event) {
    rows = scan(notes.lines);
    notes.flag(rows);
    drawWarnings();
    if (event && event.isComposing) return;
    // A changed outline was arranged for other facts.
    if (event && wishes) {
      wishes = null;
      outline.edited(false);
    }
    store.changed();
    later();
  }

  function later(soon) {
    if (started) return;
    clearTimeout(timer);
    timer = setTimeout(look, soon === true ? 150 : WAIT_MS);
  }

  const holdsPrivate = () => rows.some((row) => row.private.length);
  const sent = () => (holdsPrivate() && !allowed ? withoutPrivate(notes.value) : notes.value);

  function drawWarnings() {
    const place = one("#notes-warnings");
    const parts = [];
    const secret = rows.filter((row) => row.private.length);
    if (secret.length && !allowed) {
      const what = Array.from(new Set(secret.flatMap((row) => row.private.map((part) => part.what)))).join("、");
      parts.push(make("p", { class: "warning" }, make("b", {}, "含个人信息（" + what + "）"), lineLinks(secret),
        make("span", {}, "未离开本机。"), smallButton("从笔记中隐去", hidePrivate), smallButton("保留原文", () => { allowed = true; drawWarnings(); look(); })));
    }
    const long = Array.from(notes.value).length;
    if (long > page.limit) {
      parts.unshift(make("p", { class: "warning" }, make("b", {}, "太长"), "粘贴内容共" + counted(long) + "字，超过上限" + counted(page.limit) + "字。请分次粘贴或删减无关内容。"));
    }
    const blank = rows.filter((row) => row.blank.length);
    if (blank.length) parts.push(make("p", { class: "warning" }, make("b", {}, "缺数量"), lineLinks(blank), make("span", {}, "补上再写入；不补则不写。")));
    fill(place, parts);
    show(place, parts.length > 0);
  }

  function lineLinks(found) {
    return make("span", { class: "line-links" }, found.slice(0, MOST_WARNED).map((row) => make("button", { type: "button", class: "line-button", on: { click: () => notes.goTo(row.line) } }, "第" + row.line + "行")),
      found.length > MOST_WARNED ? "等" + found.length + "行" : null);
  }

  function hidePrivate() {
    const before = notes.value;
    notes.set(withoutPrivate(before));
    changed();
    toast("已从笔记中隐去个人信息。", () => {
      notes.set(before);
      changed();
    });
  }

  // One question at a time: of 100,000 characters the server reads for seconds, and what was typed meanwhile is asked
  // in one question when the answer is there, not in ten that nobody waits for any more.
  let looking = false;
  let lookAgain = false;
  async function look() {
    clearTimeout(timer);
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    try {
      await lookOnce();
    } finally {
      looking = false;
    }
    if (lookAgain && !started) {
      lookAgain = false;
      later(true);
    }
  }

  async function lookOnce() {
    const text = sent();
    const mine = (turn += 1);
    if (!text.trim()) {
      read = null;
      outline.show(null);
      count.textContent = "";
      return drawTabs();
    }
    if (Array.from(text).length > page.limit) {
      read = null;
      outline.show(null);
      count.textContent = "笔记太长";
      drawTabs();
      return undefined;
    }
    try {
      const seen = await readWithPeriod(text, mine);
      if (mine !== turn || started) return undefined;
      read = seen;
      readOf = text;
      count.textContent = "已识别 " + read.facts.length + " 项";
      drawTabs();
      if (read.facts.length && read.period) await plan(text, mine);
      else outline.show(null);
      if (mine === turn) drawTabs();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (mine !== turn) return undefined;
      const away = error.status === 0 || error.status >= 500;
      count.textContent = error.kind === "network" ? "网络已断开，恢复后继续识别" : error.message;
      // A server that comes back is no event of the browser.
      if (away) timer = setTimeout(look, AGAIN_MS);
    }
    return undefined;
  }

  async function readWithPeriod(text, mine) {
    const period = form.period();
    try {
      const seen = await ask("POST", "/api/v1/notes", { notes: text, period: period || null });
      if (mine === turn) form.resolved(seen.period, "");
      return seen;
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== 422 || !period) throw error;
      // A period half typed is no reason to hide what the notes hold.
      if (mine === turn) form.resolved(null, error.message);
      return ask("POST", "/api/v1/notes", { notes: text });
    }
  }

  async function plan(text, mine) {
    const asked = Object.assign({ notes: text }, form.asked(), { unit: form.asked().unit || "本单位" });
    if (wishes) asked.outline = wishes;
    const planned = await ask("POST", "/api/v1/outline", asked);
    if (mine === turn) outline.show(planned);
  }

  function drawTabs() {
    const planned = outline.current;
    tabs.set([
      { name: "事实", count: read ? read.facts.length : 0, draw: () => drawFacts(read, notes, changeFact) },
      { name: "提纲", count: planned ? planned.sections.length : 0, draw: outline.draw },
      { name: "还缺", count: planned ? planned.missing.length : 0, bad: Boolean(planned && planned.missing.length), draw: () => drawMissing(planned, addLine) },
      { name: "不写入", count: (read ? read.set_aside.length : 0) + (planned ? planned.unplaced.length : 0), draw: () => drawAside(read, planned, notes, outline.putBack) },
    ]);
  }

  // The fact's own words in the notes are replaced; gives whether they were.
  function changeFact(fact, words) {
    const before = notes.value;
    if (readOf !== before) {
      toast(holdsPrivate() && !allowed ? "笔记里有个人信息，请先按上方提示处理，再改这一项。" : "笔记刚改过，正在重新识别，请稍候再改。");
      return false;
    }
    const points = byPoints(before);
    notes.set(before.slice(0, points.units(fact.start)) + words + before.slice(points.units(fact.end)));
    wishes = null;
    outline.edited(false);
    changed();
    notes.light(fact.lines);
    toast((words ? "已改" : "已删去") + "笔记第" + fact.lines[0] + "行中的“" + fact.text.slice(0, 20) + "”。", () => {
      notes.set(before);
      changed();
    });
    return true;
  }

  function addLine(line, field) {
    field.blur();
    notes.set((notes.value ? notes.value.replace(/\n*$/, "\n") : "") + line);
    changed();
    notes.light([notes.lines.length]);
    announce("已补到笔记第" + notes.lines.length + "行");
  }

  // ---- files and the clean view

  function takeFile(texts, told) {
    const before = notes.value;
    notes.set(texts.reduce((all, text) => (all ? all.replace(/\n*$/, "\n") + text : text), before));
    changed();
    toast(told, () => {
      notes.set(before);
      changed();
    });
  }

  function fileTold(text, bad) {
    if (!bad) return toast(text);
    if (text) endToast("正在读取");
    return form.refuse(text);
  }

  function toggleClean() {
    const on = one("#notes-clean").getAttribute("aria-pressed") !== "true";
    one("#notes-clean").setAttribute("aria-pressed", String(on));
    if (on) drawClean(one("#notes-clean-view"), notes.lines);
    show(one("#notes-clean-view"), on);
    show(one(".sheet"), !on);
    one("#notes-advice").textContent = on ? "这是机器读到的样子：空格、全角数字已统一，缺的和个人信息已标出。原文没有改动。" : page.advice;
  }

  // ---- the start

  function start(asked) {
    if (started) return undefined;
    if (!notes.value.trim()) return refuse("笔记中没有找到可用的事实（时间、数量、活动）。请补充后再起草。", one("#notes"));
    if (!holdsPrivate() || allowed) return hand(asked);
    return openDialog({
      title: "笔记里有个人信息",
      body: [make("p", {}, "第" + rows.filter((row) => row.private.length).map((row) => row.line).slice(0, MOST_WARNED).join("、") + "行含身份证号、手机号或个人姓名，还没有离开本机。"),
        make("p", { class: "quiet" }, "报告不会写入这些内容。隐去后起草，服务器也不保存它们。")],
      actions: [
        { text: "返回修改" },
        { text: "保留原文起草", act: () => { allowed = true; wishes = null; hand(asked); } },
        { text: "隐去后起草", main: true, act: () => { notes.set(withoutPrivate(notes.value)); changed(); hand(asked); } },
      ],
    });
  }

  async function hand(asked) {
    if (started) return;
    started = true;
    form.busy(true);
    const body = Object.assign({ notes: notes.value }, asked);
    if (wishes) body.outline = wishes;
    try {
      const made = await ask("POST", "/api/v1/drafts", body, { "Idempotency-Key": requestWord() });
      const draft = await ask("GET", "/api/v1/drafts/" + made.id);
      await store.forget();
      store.end();
      show(one("#recovery"), false);
      history.pushState({}, "", "/drafts/" + made.id);
      window.addEventListener("popstate", () => location.reload());
      one("#notes-saved").textContent = "笔记已保存 " + clockText(new Date());
      onDraft(draft);
    } catch (error) {
      started = false;
      if (!(error instanceof Failure)) throw error;
      refuse(error.message);
      store.changed();
    } finally {
      form.busy(false);
    }
  }

  function refuse(text, field) {
    form.refuse(text, field);
    one("#setup-failure").scrollIntoView({ block: "nearest" });
  }

  return { changed };
}
