// Three lists above the paper: what must be settled, what the notes lack, what of the notes was not used.

import { composing, dayText, fill, make, one, show } from "./dom.js";

const AUTHORS = { rules: "规则起草", stopped: "停止时保留" };
const PLACEHOLDER = /【待补：[^】\n]{1,80}】/g;

// Every placeholder in the draft, in order, with the question behind it.
export function questionsOf(draft) {
  const known = draft.missing.slice();
  const asked = [];
  draft.sections.forEach((section, index) => {
    for (const found of section.text.match(PLACEHOLDER) || []) {
      const at = known.findIndex((one) => one.placeholder === found);
      const question = at >= 0 ? known.splice(at, 1)[0] : { ask: found.slice(4, -1), why: "", section: section.heading };
      const nth = asked.filter((one) => one.index === index && one.placeholder === found).length;
      asked.push({ index, nth, placeholder: found, ask: question.ask, why: question.why, heading: section.heading });
    }
  });
  return asked;
}

export function panels(acts) {
  const place = one("#tabs");
  const list = one("#tab-list");
  const panel = one("#tab-panel");
  let chosen = null;
  let tabs = [];
  let openBefore = 0;

  function draw(whole, marks, verdicts, canEdit) {
    const draft = whole.draft;
    const open = marks.map((mark, index) => ({ mark, index })).filter((row) => row.mark.band !== "pass" && row.mark.verdict !== "placeholder");
    const questions = questionsOf(draft);
    const blocked = open.filter((row) => row.mark.band === "block").length;
    tabs = [
      { name: "待处理", count: open.length, bad: blocked > 0, rows: () => open.map((row) => findingRow(row, verdicts)), empty: "没有待处理的问题，每个数字都有依据。" },
      { name: "需要补充", count: questions.length, bad: questions.length > 0, rows: () => questions.map((row) => questionRow(row, canEdit)), empty: "这类报告要求的内容，笔记里都有。" },
      { name: "未采用的笔记", count: draft.unused_notes.length, rows: () => draft.unused_notes.map(unusedRow), empty: "每一行笔记都用上了。" },
      { name: "版本与来源", count: whole.versions.length, rows: () => historyRows(whole), empty: "" },
    ];
    // What a change made worse must not stay behind another tab.
    if (open.length > openBefore) chosen = tabs[0].name;
    openBefore = open.length;
    if (!tabs.some((tab) => tab.name === chosen)) chosen = (tabs.slice(0, 3).find((tab) => tab.count) || tabs[0]).name;
    drawTabs();
    show(place, true);
  }

  function drawTabs() {
    fill(
      list,
      ...tabs.map((tab) =>
        make(
          "button",
          {
            type: "button",
            role: "tab",
            id: "tab-" + tab.name,
            "aria-selected": String(tab.name === chosen),
            "aria-controls": "tab-panel",
            tabindex: tab.name === chosen ? "0" : "-1",
            on: { click: () => choose(tab.name), keydown: arrows },
          },
          tab.name,
          make("span", { class: "count" + (tab.bad ? " count-bad" : "") }, String(tab.count))
        )
      )
    );
    const tab = tabs.find((one) => one.name === chosen);
    const rows = tab.rows();
    panel.setAttribute("aria-labelledby", "tab-" + tab.name);
    fill(panel, rows.length ? make("ul", { class: "rows-list" }, ...rows) : make("p", { class: "quiet empty-line" }, tab.empty));
  }

  function choose(name) {
    chosen = name;
    drawTabs();
  }

  function arrows(event) {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (!step) return;
    const at = tabs.findIndex((tab) => tab.name === chosen);
    choose(tabs[(at + step + tabs.length) % tabs.length].name);
    one('[aria-selected="true"]', list).focus();
  }

  function findingRow(row, verdicts) {
    const names = verdicts[row.mark.verdict] || { name: row.mark.verdict };
    return make(
      "li",
      {},
      make("button", { type: "button", class: "finding-go", on: { click: () => acts.go(row.index) } },
        make("span", { class: "sign sign-" + row.mark.band, "aria-hidden": "true" }, row.mark.band === "block" ? "✕" : row.mark.band === "warn" ? "!" : "?"),
        make("b", {}, row.mark.text),
        make("span", { class: "verdict verdict-" + row.mark.band }, names.name)),
      make("span", { class: "row-message" }, row.mark.message)
    );
  }

  function questionRow(row, canEdit) {
    const field = make("input", { "aria-label": row.ask + "（" + (row.heading || "正文") + "）", placeholder: row.ask, maxlength: "200" });
    const button = make("button", { type: "button", class: "small-button" }, "填入");
    const give = () => {
      if (field.value.trim()) acts.answer(row, field.value.trim());
      else field.focus();
    };
    button.addEventListener("click", give);
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !composing(event)) give();
    });
    return make(
      "li",
      { class: "question" },
      make("span", {}, make("b", {}, row.ask), " ", make("span", { class: "quiet" }, [row.heading, row.why].filter(Boolean).join(" · "))),
      canEdit ? make("span", { class: "question-give" }, field, button) : null
    );
  }

  function unusedRow(row) {
    return make(
      "li",
      {},
      make("button", { type: "button", class: "line-button", on: { click: () => acts.lightLines([row.line]) } }, "第" + row.line + "行"),
      make("span", { class: "cut" }, row.text),
      make("span", { class: "quiet" }, row.reason)
    );
  }

  function historyRows(whole) {
    const made = whole.draft.provenance;
    const composer = made.composer === "rules" ? "规则" : "模型 " + made.composer;
    const from = whole.draft.exemplars.map((one) => one.heading).filter(Boolean);
    const rows = whole.versions.slice().reverse().map((version) =>
      make("li", {}, make("b", {}, "第" + version.number + "版"), make("span", {}, version.reason),
        make("span", { class: "quiet" }, [AUTHORS[version.author] || version.author, dayText(new Date(version.created_at))].join(" · "))));
    rows.push(make("li", { class: "quiet" }, "由" + composer + "起草。" + (from.length ? "结构参考了往年报告：" + from.join("、") + "（其中的数字和名称未被使用）。" : "没有参考往年报告。")));
    return rows;
  }

  return { draw, hide: () => show(place, false) };
}
