// The draft: under way, then checked; every act on it saves a new version.

import { ask, Failure } from "./api.js";
import { announce, clockText, counted, fill, make, one, show, toast } from "./dom.js";
import { arriving, drawDraft } from "./draft-view.js";
import { editInPlace, editTitleInPlace, plainSections, save } from "./editing.js";
import { panels } from "./panels.js";
import { lineStarts, numberedLines, byPoints } from "./points.js";
import { popovers } from "./popover.js";
import { progress } from "./progress.js";
import { follow } from "./stream.js";

export function resultView(page, notes) {
  let whole = null;
  let marks = [];
  let texts = [];
  let starts = [];
  let before = null;
  let editing = null;
  let stream = null;

  const bar = progress(async () => {
    await act(() => ask("POST", "/api/v1/drafts/" + whole.id + "/cancel"), false);
  });
  const over = popovers({ lineOf, light: lightProofs, closed: () => notes.dim(), mend, edit: (mark) => (inTitle(mark) ? editTitle() : edit(sectionOf(mark))) });
  const lists = panels({ go, answer, lightLines: (lines) => light(lines, []) });
  one("#submit").addEventListener("click", submit);
  one("#undo").addEventListener("click", undo);
  one("#approve").addEventListener("click", () => review("approved"));
  one("#return").addEventListener("click", () => review("returned"));
  const paper = one("#paper");
  paper.addEventListener("click", clicked);
  paper.addEventListener("keydown", (event) => {
    if ((event.key === "Enter" || event.key === " ") && event.target.classList.contains("mark")) {
      event.preventDefault();
      openMark(event.target);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp") && !event.isComposing) {
      event.preventDefault();
      step(event.key === "ArrowDown" ? 1 : -1);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (editing && editing.changed()) event.preventDefault();
  });

  function open(draft) {
    show(one("#result"), true);
    take(draft);
    if (draft.state === "drafting") watch();
    else if (/^#f-\d+$/.test(location.hash)) go(Number(location.hash.slice(3)));
  }

  function take(draft) {
    whole = draft;
    const more = (draft.draft && draft.draft.supplements) || [];
    texts = numberedLines(draft.notes).concat(more);
    starts = lineStarts(draft.notes);
    let next = byPoints(draft.notes).length + (more.length && !/[\r\n]$/.test(draft.notes) ? 1 : 0);
    for (const line of more) {
      starts.push(next);
      next += byPoints(line).length + 1;
    }
    notes.set(draft.notes);
    notes.append(more);
    draw();
  }

  function canEdit() {
    return ["editing", "returned"].includes(whole.state) || (whole.state === "submitted" && page.account.role !== "staff");
  }

  function draw() {
    editing = null;
    const draft = whole.draft;
    fail(whole.failure || "", whole.state === "failed");
    if (!draft) return;
    marks = drawDraft(draft, page.verdicts, { editable: canEdit(), edit, editTitle, rewrite });
    lists.draw(whole, marks, page.verdicts, canEdit());
    drawBar(draft);
    document.title = (whole.title || "稿件") + " · 执笔";
  }

  function drawBar(draft) {
    const state = one("#result-state");
    state.textContent = whole.state_name;
    state.className = "state state-" + whole.state;
    const count = byPoints(draft.text.replace(/\s/g, "")).length;
    const summary = draft.check.summary;
    one("#result-meta").textContent = "第" + whole.version + "版 · " + counted(count) + "字 · " + summary.pass + "个数字有依据";
    for (const ending of ["md", "docx"]) one("#download-" + ending).href = "/api/v1/drafts/" + whole.id + "/export." + ending;
    show(one("#submit"), ["editing", "returned"].includes(whole.state));
    show(one("#review-bar"), whole.state === "submitted" && ["editor", "admin"].includes(page.account.role));
    show(one("#undo"), Boolean(before) && canEdit());
    show(one("#result-bar"), true);
    show(one("#legend"), true);
    const notice = draft.provenance.degraded;
    const returned = whole.state === "returned" && whole.reviews.length ? "退回意见：" + whole.reviews[whole.reviews.length - 1].reason : "";
    one("#result-note").textContent = [returned, notice].filter(Boolean).join("　");
    show(one("#result-note"), Boolean(returned || notice));
  }

  function fail(text, again) {
    const box = one("#result-failure");
    show(box, Boolean(text));
    if (!text) return fill(box);
    const retry = make("button", { type: "button", class: "small-button strong" }, "继续生成");
    retry.addEventListener("click", () => act(async () => {
      await ask("POST", "/api/v1/drafts/" + whole.id + "/retry");
      whole.failure = null;
      fail("");
      watch();
    }, false));
    return fill(box, make("span", {}, text), again ? retry : null);
  }

  // ---- while it is being written

  function watch() {
    const pages = arriving();
    pages.clear();
    lists.hide();
    for (const name of ["#result-bar", "#legend", "#review-bar", "#result-note"]) show(one(name), false);
    bar.start(whole.waiting_before || 0);
    announce("开始起草");
    if (stream) stream.close();
    stream = follow(whole.id, async (kind, body) => {
      if (kind === "section") {
        pages.section(body);
        bar.section(body);
      } else if (kind === "stage") {
        if (body.step === "resumed") pages.clear();
        bar.stage(body);
      } else if (kind === "cut") {
        bar.cut();
      } else if (kind === "connected") {
        bar.connected();
      } else if (kind === "done" || kind === "failed" || kind === "over" || kind === "quiet") {
        await finished();
      }
    });
  }

  async function finished() {
    let fresh;
    try {
      fresh = await ask("GET", "/api/v1/drafts/" + whole.id);
    } catch (error) {
      return fail(error.message, false);
    }
    if (fresh.state === "drafting") return undefined;
    if (stream) stream.close();
    bar.stop();
    take(fresh);
    const summary = fresh.draft ? fresh.draft.check.summary : null;
    announce(summary ? "起草完成，" + summary.block + "处必须处理，" + summary.warn + "处存疑" : fresh.failure || "起草失败");
    one("#right-pane").scrollTop = 0;
    return undefined;
  }

  // ---- numbers and their lines

  function lineOf(number) {
    return { text: texts[number - 1] || "", start: starts[number - 1] || 0 };
  }

  function light(lines, lineMarks) {
    document.dispatchEvent(new Event("zhibi:show-notes"));
    notes.light(lines, lineMarks);
  }

  function lightProofs(proofs) {
    const own = proofs.filter((proof) => proof.line);
    const lineMarks = own.map((proof) => {
      const line = lineOf(proof.line);
      const cut = byPoints(line.text);
      const head = cut.slice(0, proof.start - line.start).length;
      return { line: proof.line, start: head, end: head + proof.text.length };
    });
    const lines = own.map((proof) => proof.line).filter((line, at, all) => all.indexOf(line) === at);
    if (lines.length) notes.light(lines, lineMarks);
    else notes.dim();
  }

  function clicked(event) {
    const mark = event.target.closest(".mark");
    if (mark) return openMark(mark);
    const sentence = event.target.closest(".sentence");
    const selecting = String(window.getSelection());
    if (sentence && sentence.dataset.lines && !selecting) light(sentence.dataset.lines.split(" ").map(Number), []);
    return undefined;
  }

  function openMark(element) {
    const mark = marks[Number(element.dataset.index)];
    lightProofs(mark.evidence);
    over.open(element, mark, page.verdicts[mark.verdict] || { name: mark.verdict }, canEdit());
  }

  function go(index) {
    const element = document.getElementById("f-" + index);
    if (!element) return;
    element.scrollIntoView({ block: "center" });
    element.focus({ preventScroll: true });
    openMark(element);
  }

  function step(direction) {
    const open = marks.map((mark, index) => ({ mark, index })).filter((row) => row.mark.band !== "pass");
    if (!open.length) return announce("没有待处理的问题");
    const focused = document.activeElement && document.activeElement.dataset ? document.activeElement.dataset.index : undefined;
    const popped = over.isOpen() ? lastGone : focused === undefined ? -1 : Number(focused);
    const next = direction > 0 ? open.find((row) => row.index > popped) || open[0] : open.slice().reverse().find((row) => row.index < popped) || open[open.length - 1];
    lastGone = next.index;
    return go(next.index);
  }
  let lastGone = -1;

  // ---- changes

  async function change(body, reason, quiet) {
    const kept = { title: whole.draft.title, sections: plainSections(whole.draft), supplements: whole.draft.supplements || [] };
    const fresh = await save(whole, whole.version, Object.assign({ reason }, body));
    before = quiet ? null : kept;
    const top = one("#right-pane").scrollTop;
    take(fresh);
    one("#right-pane").scrollTop = top;
    toast("已保存为第" + fresh.version + "版 " + clockText(new Date()));
  }

  async function act(doing, tell) {
    try {
      await doing();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (tell === false) fail(error.message, false);
      else toast(error.message);
    }
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

  function edit(index) {
    if (editing && editing.changed()) return toast("请先保存正在编辑的一节。");
    if (editing) draw();
    const section = whole.draft.sections[index];
    editing = editInPlace(index, section, (text) => changeSection(index, text, "修改" + (section.heading || "正文")), draw);
    return undefined;
  }

  function editTitle() {
    if (editing && editing.changed()) return toast("请先保存正在编辑的一节。");
    if (editing) draw();
    editing = editTitleInPlace(whole.draft.title, (title) => change({ title }, "修改标题"), draw);
    return undefined;
  }

  function changeSection(index, text, reason, more) {
    const sections = plainSections(whole.draft);
    sections[index] = { heading: sections[index].heading, text };
    return change(Object.assign({ sections }, more || {}), reason);
  }

  function mend(mark) {
    const index = sectionOf(mark);
    const section = whole.draft.sections[index];
    const body = byPoints(section.text);
    const from = mark.start - section.start;
    const to = mark.end - section.start;
    if (from < 0 || to > body.length) return editTitle();
    const text = body.slice(0, from) + mark.replacement + body.slice(to, body.length);
    return act(() => changeSection(index, text, "按检查意见改“" + mark.text + "”"));
  }

  function answer(question, text) {
    const section = whole.draft.sections[question.index];
    let at = -1;
    for (let nth = 0; nth <= question.nth; nth += 1) at = section.text.indexOf(question.placeholder, at + 1);
    if (at < 0) return toast("这处已经改动，请刷新页面。");
    const changed = section.text.slice(0, at) + text + section.text.slice(at + question.placeholder.length);
    const supplements = (whole.draft.supplements || []).concat([question.ask + "：" + text]);
    return act(() => changeSection(question.index, changed, "补充" + question.ask, { supplements }));
  }

  function rewrite(index) {
    if (editing && editing.changed()) return toast("请先保存正在编辑的一节。");
    return act(async () => {
      await ask("POST", "/api/v1/drafts/" + whole.id + "/sections/" + (index + 1) + "/rewrite", {}, { "If-Match": '"' + whole.version + '"' });
      before = null;
      watch();
    });
  }

  function undo() {
    const kept = before;
    return act(() => change(kept, "撤销上一步", true));
  }

  function submit() {
    return act(async () => {
      one("#submit").disabled = true;
      try {
        await ask("POST", "/api/v1/drafts/" + whole.id + "/submit", {}, { "If-Match": '"' + whole.version + '"' });
        take(await ask("GET", "/api/v1/drafts/" + whole.id));
        toast("已提交审核。");
      } catch (error) {
        if (error instanceof Failure && error.status === 409 && error.detail.findings) {
          const first = marks.findIndex((mark) => mark.band === "block");
          if (first >= 0) go(first);
        }
        throw error;
      } finally {
        one("#submit").disabled = false;
      }
    });
  }

  function review(outcome) {
    return act(async () => {
      const reason = one("#review-reason").value.trim();
      await ask("POST", "/api/v1/drafts/" + whole.id + "/review", { outcome, reason }, { "If-Match": '"' + whole.version + '"' });
      take(await ask("GET", "/api/v1/drafts/" + whole.id));
      toast(outcome === "approved" ? "已审核通过。" : "已退回。");
    });
  }

  return { open };
}
