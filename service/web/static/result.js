// The draft: under way, then checked; every number opens its line, every act stores a version that can be taken back.

import { ask, Failure } from "./api.js";
import { changesOf, plainSections } from "./changes.js";
import { openDialog } from "./dialog.js";
import { announce, composing, counted, fill, isEditable, make, one, show, smallButton, toast } from "./dom.js";
import { arriving, drawDraft } from "./draft-view.js";
import { editing } from "./editing.js";
import { isOpen, marksOf } from "./marks.js";
import { mending } from "./mending.js";
import { watchOthers } from "./news.js";
import { panels } from "./panels.js";
import { byPoints, lineStarts, numberedLines } from "./points.js";
import { popovers } from "./popover.js";
import { progress } from "./progress.js";
import { follow } from "./stream.js";
import { submitting } from "./submit.js";
import { wordBack } from "./word-back.js";

export function resultView(page, notes) {
  let whole = null;
  let marks = [];
  let source = { texts: [], starts: [] };
  let stream = null;
  let lastEvent = 0;
  let drawn = null;
  const paper = one("#paper");

  const desk = { whole: () => whole, take, go, blocking, doubtful: () => marks.filter((mark) => isOpen(mark) && mark.band !== "block").length };
  const changes = changesOf(desk);
  const edits = editing({ page, whole: () => whole, source: () => source, marks: () => marks, sectionOf, changes, redraw: draw, redrawSection: (index) => drawn.section(index), act });
  const mend = mending({ whole: () => whole, marks: () => marks, source: () => source, sectionOf, inTitle, changes, edits, act });
  const bar = progress(() => act(() => ask("POST", "/api/v1/drafts/" + whole.id + "/cancel"), true));
  const lists = panels({ go, goTo, answer: mend.answer, insert: mend.insert, mend: mend.replace, restore: mend.restore, lightLines: (lines) => light(lines, []) });
  const over = popovers(Object.assign({}, mend, {
    lineOf,
    light: lightProofs,
    closed: () => notes.dim(),
    mend: mend.replace,
    edit: (mark) => (inTitle(mark) ? edits.title() : edits.section(sectionOf(mark), mark)),
    answer: (mark) => lists.ask(sectionOf(mark), mark.text),
  }));
  const handIn = submitting(desk);
  const word = wordBack({ whole: () => whole, canEdit, refuseOpen: edits.refuseOpen, changes, act, verdicts: page.verdicts });
  // What is typed and not stored would not be handed in: a word first, whoever asks.
  const submit = () => (edits.refuseOpen() ? undefined : handIn());

  watchOthers({
    whole: () => whole,
    isEditing: edits.isOpen,
    isLooking: over.isOpen,
    alone: changes.alone,
    take: (fresh) => {
      changes.forgetSteps();
      take(fresh);
    },
  });

  one("#submit").addEventListener("click", submit);
  one("#undo").addEventListener("click", changes.undo);
  one("#print").addEventListener("click", () => window.print());
  paper.addEventListener("click", clicked);
  paper.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.classList.contains("mark") && !composing(event)) {
      event.preventDefault();
      openMark(event.target);
    }
  });
  document.addEventListener("keydown", shortcut);
  window.addEventListener("hashchange", jumpToHash);
  window.addEventListener("zhibi:leaving", edits.end);

  function shortcut(event) {
    if (!whole || composing(event) || one("dialog[open]")) return;
    const control = event.ctrlKey || event.metaKey;
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    } else if (control && event.key === "Enter" && canEdit()) {
      event.preventDefault();
      submit();
    } else if (control && event.key === "z" && !isEditable(event.target) && changes.canUndo) {
      event.preventDefault();
      changes.undo();
    }
  }

  function open(draft) {
    show(one("#result"), true);
    take(draft);
    if (draft.state === "drafting") watch();
    else {
      edits.recover();
      // The browser itself goes to the place named in the address once the page has loaded, and takes the focus there.
      if (document.readyState === "complete") jumpToHash();
      else window.addEventListener("load", () => setTimeout(jumpToHash, 0));
    }
  }

  function take(draft) {
    whole = draft;
    const more = (draft.draft && draft.draft.supplements) || [];
    const texts = numberedLines(draft.notes).concat(more);
    const starts = lineStarts(draft.notes);
    let next = byPoints(draft.notes).length + (more.length && !/[\r\n]$/.test(draft.notes) ? 1 : 0);
    for (const line of more) {
      starts.push(next);
      next += byPoints(line).length + 1;
    }
    source = { texts, starts };
    notes.set(draft.notes);
    notes.append(more);
    const scroller = one("#result");
    const top = scroller.scrollTop;
    draw();
    if (top) scroller.scrollTop = top;
  }

  function canEdit() {
    return ["editing", "returned"].includes(whole.state);
  }

  function draw() {
    edits.closed();
    fail(whole.failure || "", whole.state === "failed");
    const draft = whole.draft;
    if (!draft) return;
    marks = marksOf(draft.check, draft.names, whole.settled);
    drawn = drawDraft(draft, marks, page.verdicts, { editable: canEdit(), edit: edits.section, editTitle: edits.title, rewrite });
    lists.draw(whole, marks, page.verdicts, canEdit());
    drawBar(draft);
    if (!whole.wording) loadWording(whole);
    document.title = (whole.title || "稿件") + " · 执笔";
  }

  // What concerns wording comes after the draft stands there, and apart from the figures; without an answer it waits.
  async function loadWording(mine) {
    try {
      mine.wording = await ask("GET", "/api/v1/drafts/" + mine.id + "/wording");
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return;
    }
    if (whole === mine && whole.draft) lists.draw(whole, marks, page.verdicts, canEdit());
  }

  function drawBar(draft) {
    const state = one("#result-state");
    state.textContent = whole.state_name;
    state.className = "state state-" + whole.state;
    const count = byPoints(draft.text.replace(/\s/g, "")).length;
    const limit = whole.request.length || page.max_chars[whole.genre] || 0;
    const length = counted(count) + (limit ? " / " + (whole.request.length ? "约" : "") + counted(limit) : "") + "字";
    const over = limit && count > limit * (whole.request.length ? 1.15 : 1);
    fill(one("#result-meta"), "第" + whole.version + "版 · ", make("span", { class: over ? "too-long" : "" }, length + (over ? "，超出篇幅" : "")), changes.canUndo ? null : make("span", { class: "meta-more" }, " · " + draft.check.summary.pass + "个数字有依据"));
    for (const ending of ["md", "docx"]) one("#download-" + ending).href = "/api/v1/drafts/" + whole.id + "/export." + ending;
    show(one("#submit"), canEdit());
    word.draw();
    show(one("#undo"), changes.canUndo && canEdit());
    show(one("#result-bar"), true);
    show(one("#legend"), true);
    const last = whole.reviews && whole.reviews.length ? whole.reviews[whole.reviews.length - 1] : null;
    const returned = whole.state === "returned" && last ? "退回意见：" + last.reason : "";
    const told = [returned, draft.provenance.degraded].filter(Boolean).join("　");
    const seen = Boolean(last) || whole.state === "reviewing";
    fill(one("#result-note"), make("span", { class: "grow" }, told || (!seen ? "" : whole.state === "reviewing" ? "审核人员正在处理。" : "审核人员处理过这份稿件。")),
      seen ? make("a", { class: "small-button", href: "/review/" + whole.id }, "看批注和建议") : null,
      draft.stopped && canEdit() ? smallButton("继续生成", retry, { class: "small-button strong" }) : null);
    show(one("#result-note"), Boolean(told) || seen);
  }

  function fail(text, again) {
    const box = one("#result-failure");
    show(box, Boolean(text));
    fill(box, text ? make("span", {}, text) : null, text && again ? smallButton("继续生成", retry, { class: "small-button strong" }) : null);
  }

  function retry() {
    return act(async () => {
      await ask("POST", "/api/v1/drafts/" + whole.id + "/retry");
      whole.failure = null;
      fail("");
      watch();
    }, true);
  }

  // ---- while it is being written

  // `only` is the section that is rewritten; the others stay as they are.
  function watch(only) {
    const pages = arriving(only === undefined ? null : only);
    edits.closed();
    if (only === undefined) {
      pages.clear();
      lists.hide();
      show(one("#legend"), false);
    }
    for (const name of ["#result-bar", "#result-note"]) show(one(name), false);
    bar.start(whole.waiting_before || 0, whole.state === "drafting" ? whole.seconds_open || 0 : 0);
    announce(only === undefined ? "开始起草" : "开始重写");
    if (stream) stream.close();
    stream = follow(whole.id, lastEvent, async (kind, body, number) => {
      lastEvent = number || lastEvent;
      if (kind === "section") {
        if (pages.section(body)) bar.section(body);
      } else if (kind === "stage") {
        if (body.step === "resumed") pages.clear();
        if (body.title) pages.title(body.title);
        bar.stage(body);
      } else if (kind === "cut") {
        bar.cut();
      } else if (kind === "connected") {
        bar.connected();
      } else if (["done", "failed", "over", "quiet", "state"].includes(kind)) {
        await finished(kind === "over");
      }
    });
  }

  async function finished(isOver) {
    let fresh;
    try {
      fresh = await ask("GET", "/api/v1/drafts/" + whole.id);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      bar.cut();
      fill(one("#result-failure"), make("span", {}, error.message), smallButton("继续", () => { fail(""); finished(true); }, { class: "small-button strong" }));
      return show(one("#result-failure"), true);
    }
    if (fresh.state === "drafting") {
      if (isOver) setTimeout(() => stream.reopen(), 2000);
      return undefined;
    }
    stream.close();
    bar.stop();
    changes.forgetSteps();
    take(fresh);
    const summary = fresh.draft ? fresh.draft.check.summary : null;
    announce(summary ? (fresh.draft.stopped ? "已停止起草，" : "起草完成，") + summary.block + "处必须处理，" + summary.warn + "处存疑" : fresh.failure || "起草失败");
    one("#result").scrollTop = 0;
    return undefined;
  }

  function rewrite(index) {
    if (edits.refuseOpen()) return;
    const section = whole.draft.sections[index];
    const box = make("textarea", { class: "wish", rows: "3", maxlength: "2000", "aria-label": "怎么改写", placeholder: "例如：突出志愿服务，压缩到300字以内" });
    const send = async () => {
      const done = await act(() => ask("POST", "/api/v1/drafts/" + whole.id + "/sections/" + (index + 1) + "/rewrite", { instruction: box.value.trim() || null }, { "If-Match": '"' + whole.version + '"' }));
      if (done) watch(index);
      return done;
    };
    openDialog({
      title: "重写“" + (section.heading || (index ? "结尾" : "开头")) + "”",
      body: [make("label", {}, "怎么改写（可不填）", box),
        make("p", { class: "quiet small" }, page.composer === "rules" ? "现在由规则起草：按笔记重新写这一节，改写要求要接入模型后才起作用。" : "只用笔记里的内容重写这一节，其他各节不变。")],
      actions: [{ text: "取消" }, { text: "重写本节", main: true, act: send }],
    });
  }

  // ---- numbers and their lines

  function lineOf(number) {
    return { text: source.texts[number - 1] || "", start: source.starts[number - 1] || 0 };
  }

  function light(lines, lineMarks) {
    document.dispatchEvent(new Event("zhibi:show-notes"));
    notes.light(lines, lineMarks);
  }

  function lightProofs(proofs) {
    const own = proofs.filter((proof) => proof.line);
    light(own.map((proof) => proof.line), own.map((proof) => {
      const line = lineOf(proof.line);
      const head = byPoints(line.text).slice(0, proof.start - line.start).length;
      return { line: proof.line, start: head, end: head + proof.text.length };
    }));
  }

  function clicked(event) {
    const element = event.target.closest(".mark");
    if (element && element.dataset.index !== undefined) return openMark(element);
    const sentence = event.target.closest(".sentence[data-lines]");
    if (sentence && !String(window.getSelection())) light(sentence.dataset.lines.split(" ").map(Number), []);
    return undefined;
  }

  function openMark(element) {
    const mark = marks[Number(element.dataset.index)];
    if (!mark) return;
    // Beside the notes the line is lit at once; where the two take turns, its words in the popover do.
    if (getComputedStyle(one(".pane-switch")).display === "none") lightProofs(mark.evidence);
    over.open(element, mark, page.verdicts[mark.verdict] || { name: mark.verdict }, canEdit());
  }

  function go(index) {
    document.dispatchEvent(new Event("zhibi:show-draft"));
    const element = one("#f-" + (index + 1));
    if (!element) return edits.chooseMark(marks[index]);
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
    return openMark(element);
  }

  function goTo(place) {
    document.dispatchEvent(new Event("zhibi:show-draft"));
    const holder = one('.paper-section[data-index="' + sectionOf(place) + '"]');
    if (holder) holder.scrollIntoView({ block: "center" });
  }

  function jumpToHash() {
    const found = /^#f-(\d+)$/.exec(location.hash);
    if (found && marks.length) go(Number(found[1]) - 1);
  }

  function step(by) {
    const open = marks.map((mark, index) => index).filter((index) => isOpen(marks[index]));
    if (!open.length) return toast("没有待处理的问题。");
    const at = document.activeElement && document.activeElement.id.startsWith("f-") ? Number(document.activeElement.id.slice(2)) - 1 : -1;
    const next = by > 0 ? open.find((index) => index > at) : open.slice().reverse().find((index) => index < at);
    return go(next === undefined ? (by > 0 ? open[0] : open[open.length - 1]) : next);
  }

  function blocking() {
    return marks.map((mark, index) => ({ mark, index })).filter((row) => row.mark.band === "block" && isOpen(row.mark)).map((row) => Object.assign(row, {
      where: inTitle(row.mark) ? "标题" : "第" + (sectionOf(row.mark) + 1) + "节",
      name: (page.verdicts[row.mark.verdict] || { name: row.mark.verdict }).name,
    }));
  }

  function inTitle(mark) {
    return mark.start < byPoints(whole.draft.title).length;
  }

  function sectionOf(mark) {
    let found = 0;
    whole.draft.sections.forEach((section, index) => {
      if (section.start <= mark.start) found = index;
    });
    return found;
  }

  // Runs an act; a failure is said, and gives false.
  async function act(doing, inBox) {
    try {
      return (await doing()) !== false;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (inBox) fail(error.message, whole.state === "failed");
      else toast(error.message);
      return false;
    }
  }

  return {
    open,
    plainSections,
    get whole() {
      return whole;
    },
  };
}
