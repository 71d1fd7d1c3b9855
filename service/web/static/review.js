// A draft under review: notes, paper and what is to be settled, side by side; everything by keyboard.

import { ask, Failure } from "./api.js";
import { confirmFirst } from "./dialog.js";
import { announce, authorName, composing, counted, dayText, fill, isEditable, make, one, show, toast } from "./dom.js";
import { drawDraft } from "./draft-view.js";
import { marksOf } from "./marks.js";
import { byPoints } from "./points.js";
import { findingsList } from "./review-findings.js";
import { reviewNotes } from "./review-notes.js";
import { reasonFirst, talk } from "./review-talk.js";
import { selectedPassage, showCommented } from "./selection.js";

const page = JSON.parse(one("#page-values").textContent);
const paper = one("#paper");
const base = "/api/v1/drafts/" + page.draft.id;
let whole = page.draft;
let found = { findings: [], lost: [], red: 0, yellow: 0, done: 0, total: 0 };
let threads = [];
let proposals = [];
let history = [];
let marks = [];
let notes = null;
let passage = null;
let tab = "findings";

const list = findingsList({
  light: (proofs) => notes.light(proofs),
  focus: (row) => showPlace(row),
  decide: (row, decision, words) => act(() => ask("POST", base + "/decisions", Object.assign({ start: row.start, end: row.end, decision: decision.kind }, words), match()), decision.name + "已记录"),
  decideAlike: (rows, decision, words) => act(() => ask("POST", base + "/decisions/same", { places: rows.map((row) => [row.start, row.end]), decision: decision.kind, reason: words.reason, source: words.source }, match()), "已一并处理" + rows.length + "处"),
  undo: (decision) => tell(() => act(() => ask("DELETE", base + "/decisions/" + decision.id, undefined, match()), "已撤销")),
});
const words = talk({
  show: showPlace,
  comment: () => commentOn(null),
  tell,
  answer: (thread, text) => act(() => ask("POST", base + "/comments", { text, thread: thread.id }), "已回复"),
  resolve: (thread, resolved) => tell(() => act(() => ask("PATCH", base + "/comments/" + thread.id, { resolved }), resolved ? "已标为解决" : "已重新打开")),
  settle: (one, outcome, reason) => act(() => ask("POST", base + "/suggestions/" + one.id, { outcome, reason }, match()), outcome === "accepted" ? "已采纳，稿件有了新的一版" : "已记录"),
});

function match() {
  return { "If-Match": '"' + whole.version + '"' };
}

const isEditor = () => ["editor", "admin"].includes(page.account.role);
const isHeld = () => whole.state === "reviewing" && whole.editor === page.account.name;
const canWrite = () => isEditor() && isHeld();
// What editors propose is for the author to take or leave once the draft is theirs again.
const maySettle = () => canWrite() || (whole.owner === page.account.name && ["editing", "returned"].includes(whole.state));

async function load() {
  const parts = await Promise.all([ask("GET", base), ask("GET", base + "/findings"), ask("GET", base + "/comments"), ask("GET", base + "/suggestions"), ask("GET", base + "/decisions")]);
  [whole, found, threads, proposals, history] = parts;
  draw();
}

// Does a thing, takes the fresh state, says it. Lets a Failure pass, so that a window may show it and stay.
async function act(doing, said) {
  await doing();
  await load();
  if (said) toast(said);
}

async function tell(doing) {
  try {
    await doing();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    notice(error.message + (error.requestId ? "（编号 " + error.requestId + "）" : ""));
    // Someone came between: what stands here is no longer what is there.
    if (error.status === 409) await load().catch(() => null);
  }
}

function notice(text) {
  one("#review-notice").textContent = text;
  show(one("#review-notice"), Boolean(text));
}

// ---- drawing

function draw() {
  const top = one("#right-pane").scrollTop;
  notes = reviewNotes(whole);
  if (whole.draft) {
    marks = marksOf(whole.draft.check, whole.draft.names, whole.settled);
    drawDraft(whole.draft, marks, page.verdicts, { editable: false });
    showCommented(paper, threads.filter((thread) => thread.place && !thread.resolved).map((thread) => thread.place));
  }
  one("#right-pane").scrollTop = top;
  list.set(found.findings, canWrite(), !isEditor());
  head();
  drawTabs();
}

function head() {
  const state = one("#review-state");
  state.textContent = whole.state_name;
  state.className = "state state-" + whole.state;
  const chars = whole.draft ? byPoints(whole.draft.text.replace(/\s/g, "")).length : 0;
  one("#review-meta").textContent = "第" + whole.version + "版 · " + counted(chars) + "字 · " + (whole.owner || "") + (whole.editor ? " · " + whole.editor + "审核" : "");
  const left = list.open().length;
  one("#left-over").textContent = found.total ? (left ? "还剩" + left + "/" + found.total : "全部处理完") : "没有标记";
  const own = whole.owner === page.account.name;
  show(one("#claim"), isEditor() && whole.state === "submitted" && !own);
  show(one("#release"), canWrite());
  show(one("#return"), canWrite());
  show(one("#approve"), canWrite() && !own);
  show(one("#offer"), isEditor() && ["approved", "exported"].includes(whole.state) && !whole.offered);
  one("#approve").classList.toggle("muted", found.red > 0);
  if (whole.state === "reviewing" && isEditor() && !isHeld()) notice(whole.editor + "正在审核此稿。您可以只读查看。");
  else if (own && isEditor() && ["submitted", "reviewing"].includes(whole.state)) notice("这是您自己起草的稿件，须由其他审核人员通过。");
  else if (whole.state === "returned" && (whole.reviews || []).length) notice("退回意见：" + whole.reviews[whole.reviews.length - 1].reason);
  else notice(whole.hand_in_note ? "起草人说明：" + whole.hand_in_note : "");
}

function drawTabs() {
  const open = threads.filter((thread) => !thread.resolved).length;
  const waiting = proposals.filter((row) => row.state === "open").length;
  const tabs = [["findings", "标记", list.open().length, found.red > 0], ["comments", "批注", open], ["suggestions", "建议", waiting], ["history", "记录", null]];
  fill(one("#desk-tabs"), tabs.map(([key, name, count, bad]) =>
    make("button", {
      type: "button", role: "tab", id: "desk-" + key, "aria-controls": "desk-body", "aria-selected": String(tab === key), tabindex: tab === key ? "0" : "-1",
      on: { click: () => { tab = key; drawTabs(); }, keydown: (event) => arrows(event, tabs) },
    }, name, count === null ? null : make("span", { class: "count" + (bad ? " count-bad" : "") }, String(count)))));
  const body = one("#desk-body");
  body.setAttribute("aria-labelledby", "desk-" + tab);
  const maySay = isEditor() || whole.owner === page.account.name;
  if (tab === "findings") list.draw(body);
  else if (tab === "comments") words.comments(body, threads, maySay);
  else if (tab === "suggestions") words.suggestions(body, proposals, maySettle());
  else drawHistory(body);
}

function arrows(event, tabs) {
  const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
  if (!step) return;
  const at = tabs.findIndex((row) => row[0] === tab);
  tab = tabs[(at + step + tabs.length) % tabs.length][0];
  drawTabs();
  one("#desk-" + tab).focus();
}

function drawHistory(body) {
  const rows = history.map((row) => ({ at: row.at, text: row.by + " " + row.decision_name + "“" + row.anchor.quote + "”" + (row.undone_by ? "（已由" + row.undone_by + "撤销）" : ""), why: [row.reason, row.source].filter(Boolean).join(" · ") }));
  for (const version of whole.versions) rows.push({ at: version.created_at, text: "第" + version.number + "版：" + version.reason, why: authorName(version.author) });
  for (const review of whole.reviews || []) rows.push({ at: review.at, text: (review.outcome === "approved" ? "审核通过" : "退回修改"), why: review.reason });
  rows.sort((a, b) => (a.at < b.at ? 1 : -1));
  fill(body, make("ol", { class: "history-rows" }, rows.map((row) => make("li", {}, make("p", {}, row.text), make("p", { class: "quiet small" }, [dayText(new Date(row.at)), row.why].filter(Boolean).join(" · "))))));
}

// ---- places

function showPlace(place) {
  const index = marks.findIndex((mark) => mark.start === place.start && mark.end === place.end);
  const element = index >= 0 ? document.getElementById("f-" + (index + 1)) : blockAt(place.start);
  for (const lit of paper.querySelectorAll(".here")) lit.classList.remove("here");
  if (!element) return;
  element.classList.add("here");
  element.scrollIntoView({ block: "center" });
}

function blockAt(start) {
  return Array.from(paper.querySelectorAll("[data-from]")).filter((block) => Number(block.dataset.from) <= start).pop();
}

paper.addEventListener("click", (event) => {
  const element = event.target.closest(".mark");
  if (element) openMark(element);
});
paper.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.classList.contains("mark")) openMark(event.target);
});

function openMark(element) {
  const mark = marks[Number(element.dataset.index)];
  const row = list.byPlace(mark.start, mark.end);
  notes.light(mark.evidence);
  if (!row) {
    announce(mark.message);
    toast(mark.message + (mark.formula ? "　" + mark.formula : ""));
    return;
  }
  tab = "findings";
  drawTabs();
  list.go(row);
}

// ---- comments and suggestions on what is selected

document.addEventListener("selectionchange", () => {
  const now = selectedPassage(paper);
  const bar = one("#selection-bar");
  if (!now) {
    // A click into the bar itself clears the selection in some browsers: what was meant is kept until then.
    if (!bar.contains(document.activeElement)) show(bar, false);
    return;
  }
  passage = now;
  show(bar, true);
  show(one("#suggest-here"), canWrite());
});

function meant() {
  const selected = selectedPassage(paper) || (one("#selection-bar").hidden ? null : passage);
  const row = list.current();
  return selected || (row ? { start: row.start, end: row.end, quote: row.text } : null);
}

function commentOn(place) {
  reasonFirst(place ? "批注“" + short(place.quote) + "”" : "给整篇加批注", (text) => act(() => ask("POST", base + "/comments", Object.assign({ text }, place ? { start: place.start, end: place.end } : {})), "批注已添加").then(() => { tab = "comments"; drawTabs(); }), { label: "批注" });
}

function suggestFor(place) {
  const reason = make("input", { maxlength: "500", placeholder: "理由（可不填）", "aria-label": "理由" });
  reasonFirst("把“" + short(place.quote) + "”改为", (replacement) => act(() => ask("POST", base + "/suggestions", { start: place.start, end: place.end, replacement, reason: reason.value.trim() }, match()), "建议已添加").then(() => { tab = "suggestions"; drawTabs(); }), { label: "改为", value: place.quote, after: reason, mayBeEmpty: true });
}

function short(text) {
  return text.length > 20 ? text.slice(0, 20) + "…" : text;
}

one("#comment-here").addEventListener("click", () => commentOn(meant()));
one("#suggest-here").addEventListener("click", () => { if (meant()) suggestFor(meant()); });

// ---- the verdict

one("#claim").addEventListener("click", () => tell(() => act(() => ask("POST", base + "/claim"), "已领取，其他人只能查看")));
one("#release").addEventListener("click", () => tell(() => act(() => ask("DELETE", base + "/claim"), "已放回队列")));
one("#offer").addEventListener("click", () => tell(() => act(() => ask("POST", base + "/offer"), "已推荐，等管理员收入往年报告")));
one("#return").addEventListener("click", () => {
  reasonFirst("退回修改", (reason) => act(() => ask("POST", base + "/review", { outcome: "returned", reason }, match()), "已退回"), {
    yes: "退回", before: make("p", { class: "quiet" }, "写明原因；退回前至少要有一处“退回补充”或一条批注，起草人才知道改哪里。"),
  });
});
one("#approve").addEventListener("click", () => {
  if (found.red) {
    const first = found.findings.find((row) => row.band === "block" && !row.settled);
    notice("还有" + found.red + "处必须处理，处理完才能通过。");
    tab = "findings";
    drawTabs();
    if (first) list.go(first);
    return;
  }
  confirmFirst("审核通过", make("p", {}, found.yellow ? "还有" + found.yellow + "处黄色标记没有处理。通过后稿件不能再改，确定通过吗？" : "标记都已处理。通过后稿件不能再改。"), "通过", () => tell(() => act(() => ask("POST", base + "/review", { outcome: "approved", reason: "", unresolved: found.yellow }, match()), "已审核通过")));
});

// ---- keys and columns

document.addEventListener("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey || isEditable(event.target) || one("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") list.step(key === "j" ? 1 : -1);
  else if (/^[1-4]$/.test(key)) list.decide(Number(key) - 1);
  else if (key === "u") list.undo();
  else if (key === "c" && meant()) commentOn(meant());
  else if (key === "s" && meant() && canWrite()) suggestFor(meant());
  else return;
  if (["j", "k"].includes(key) && tab !== "findings") {
    tab = "findings";
    drawTabs();
  }
  event.preventDefault();
});

for (const button of document.querySelectorAll(".review-switch [role=tab]")) {
  button.addEventListener("click", () => {
    one(".review-panes").dataset.showing = button.dataset.show;
    for (const other of document.querySelectorAll(".review-switch [role=tab]")) other.setAttribute("aria-selected", String(other === button));
  });
}

tell(load);
