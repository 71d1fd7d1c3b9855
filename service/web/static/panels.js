// Lists above the paper: what must be settled, what the notes lack, what of them was not used, wording, versions.

import { authorName, composing, counted, dayText, make, one, show, smallButton, toast } from "./dom.js";
import { isOpen, isQuestion } from "./marks.js";
import { tabRow } from "./tabs.js";

const PLACEHOLDER = /【待补：[^】\n]{1,80}】/g;
const MOST_SHOWN = 200;
const KEPT = "zhibi.wording.";

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

// What the model took for the draft and for each section of it; money where a price is set. "" for a draft by rules.
function usedText(draft) {
  const whole = draft.provenance.usage;
  if (!whole.requests) return "";
  const money = (usage) => (usage.cost_millionths / 1e6).toFixed(4);
  const of = (usage) => (whole.cost_millionths ? "费用" + money(usage) : counted(usage.prompt_tokens + usage.completion_tokens) + "词元");
  const parts = draft.sections.filter((each) => each.usage && each.usage.requests).map((each) => (each.heading || "开头结尾") + " " + of(each.usage));
  return "模型请求" + whole.requests + "次，输入" + counted(whole.prompt_tokens) + "、输出" + counted(whole.completion_tokens) + "词元"
    + (whole.cost_millionths ? "，费用" + money(whole) : "") + "。" + (parts.length ? "现在的各节：" + parts.join("；") + "。" : "");
}

export function panels(acts) {
  const place = one("#tabs");
  const row = tabRow(one("#tab-list"), one("#tab-panel"));
  let openBefore = 0;
  let drawn = false;
  let kept = new Set();
  let keptOf = "";
  let again = () => {};

  // A suggestion on wording is a person's to wave through; it stays away for as long as this tab is open.
  const keyOf = (each) => each.rule + " " + each.text;
  function keep(each, stays) {
    if (stays) kept.add(keyOf(each));
    else kept.delete(keyOf(each));
    sessionStorage.setItem(KEPT + keptOf, JSON.stringify(Array.from(kept)));
    again();
  }

  function draw(whole, marks, verdicts, canEdit) {
    const draft = whole.draft;
    if (keptOf !== whole.id) {
      keptOf = whole.id;
      kept = new Set(JSON.parse(sessionStorage.getItem(KEPT + whole.id) || "[]"));
    }
    again = () => draw(whole, marks, verdicts, canEdit);
    const open = marks.map((mark, index) => ({ mark, index })).filter((each) => isOpen(each.mark) && !isQuestion(each.mark));
    const questions = questionsOf(draft);
    const wording = (whole.wording || []).filter((each) => !kept.has(keyOf(each)));
    const blocked = open.some((each) => each.mark.band === "block");
    const tabs = [
      { name: "待处理", count: open.length, bad: blocked, draw: () => listOf(open, (each) => findingRow(each, verdicts), "没有待处理的问题，每个数字都有依据。") },
      { name: "需要补充", count: questions.length, bad: questions.length > 0, draw: () => listOf(questions, (each) => questionRow(each, canEdit), "这类报告要求的内容，笔记里都有。") },
      { name: "未采用的笔记", count: draft.unused_notes.length, draw: () => listOf(draft.unused_notes, (each) => unusedRow(each, draft, canEdit), "每一行笔记都用上了。") },
      { name: "写法", count: wording.length, draw: () => listOf(wording, (each) => wordingRow(each, canEdit), "写法和格式没有可改之处。") },
      { name: "版本与来源", count: whole.versions.length, draw: () => listOf(historyRows(whole, canEdit), (each) => each, "") },
    ];
    // What a change made worse must not stay behind another tab.
    const worse = open.length > openBefore ? tabs[0].name : null;
    const first = drawn ? null : (tabs.slice(0, 3).find((tab) => tab.count) || tabs[0]).name;
    openBefore = open.length;
    drawn = true;
    one("#tab-panel").dataset.shown = "";
    row.set(tabs, worse || first);
    show(place, true);
  }

  function listOf(rows, drawRow, empty) {
    if (!rows.length) return make("p", { class: "quiet empty-line" }, empty);
    const more = rows.length > MOST_SHOWN ? make("li", { class: "quiet" }, "……另有" + (rows.length - MOST_SHOWN) + "项，处理后接着列出。") : null;
    return make("ul", { class: "rows-list" }, rows.slice(0, MOST_SHOWN).map(drawRow), more);
  }

  function findingRow(each, verdicts) {
    const names = verdicts[each.mark.verdict] || { name: each.mark.verdict };
    return make("li", {},
      make("button", { type: "button", class: "finding-go", on: { click: () => acts.go(each.index) } },
        make("span", { class: "sign sign-" + each.mark.band, "aria-hidden": "true" }, each.mark.band === "block" ? "✕" : each.mark.band === "warn" ? "!" : "?"),
        make("b", {}, each.mark.text),
        make("span", { class: "verdict verdict-" + each.mark.band }, names.name)),
      make("span", { class: "row-message" }, each.mark.message));
  }

  function questionRow(each, canEdit) {
    const field = make("input", { "aria-label": each.ask + "（" + (each.heading || "正文") + "）", placeholder: "答案写进稿件和笔记", maxlength: "200", data: { question: each.index + "/" + each.placeholder } });
    const give = () => {
      if (!field.value.trim()) return field.focus();
      const said = field.value.trim();
      field.blur();
      return acts.answer(each, said);
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !composing(event)) {
        event.preventDefault();
        give();
      }
    });
    return make("li", { class: "question" },
      make("span", {}, make("b", {}, each.ask), " ", make("span", { class: "quiet" }, [each.heading, each.why].filter(Boolean).join(" · "))),
      canEdit ? make("span", { class: "question-give" }, field, smallButton("填入", give)) : null);
  }

  function unusedRow(each, draft, canEdit) {
    const choice = make("select", { class: "small-select", "aria-label": "把第" + each.line + "行插入到" },
      make("option", { value: "" }, "插入到…"),
      draft.sections.map((section, index) => (section.heading ? make("option", { value: String(index) }, section.heading) : null)));
    choice.addEventListener("change", () => {
      if (choice.value) acts.insert(each, Number(choice.value));
    });
    return make("li", {},
      make("button", { type: "button", class: "line-button", on: { click: () => acts.lightLines([each.line]) } }, "第" + each.line + "行"),
      make("span", { class: "cut" }, each.text),
      make("span", { class: "quiet grow" }, each.reason),
      canEdit ? choice : null);
  }

  function wordingRow(each, canEdit) {
    const mendable = canEdit && each.replacement !== null && each.replacement !== undefined;
    return make("li", {},
      make("button", { type: "button", class: "finding-go", on: { click: () => acts.goTo(each) } },
        make("span", { class: "sign sign-warn", "aria-hidden": "true" }, "文"), make("b", {}, each.text)),
      make("span", { class: "row-message grow" }, each.message),
      smallButton("不改", () => { keep(each, true); toast("已保留“" + each.text + "”的写法。", () => keep(each, false)); }, { "aria-label": "不改“" + each.text + "”" }),
      mendable ? smallButton(each.replacement ? "改为“" + each.replacement + "”" : "删去", () => acts.mend(each)) : null);
  }

  function historyRows(whole, canEdit) {
    const made = whole.draft.provenance;
    const composer = made.composer === "rules" ? "规则" : "模型 " + made.composer;
    const from = whole.draft.exemplars.map((one) => one.heading).filter(Boolean);
    const rows = whole.versions.slice().reverse().map((version) =>
      make("li", {}, make("b", {}, "第" + version.number + "版"), make("span", {}, version.reason),
        make("span", { class: "quiet grow" }, [authorName(version.author), dayText(new Date(version.created_at))].join(" · ")),
        canEdit && version.number !== whole.version ? smallButton("恢复到这一版", () => acts.restore(version.number)) : null));
    rows.push(make("li", { class: "quiet" }, "由" + composer + "起草。" + (from.length ? "结构参考了往年报告：" + from.join("、") + "（其中的数字和名称未被使用）。" : "没有参考往年报告。")));
    const used = usedText(whole.draft);
    if (used) rows.push(make("li", { class: "quiet" }, used));
    return rows;
  }

  return {
    draw,
    hide: () => show(place, false),
    // Brings the question of a placeholder up, ready to be answered.
    ask(index, placeholder) {
      row.choose("需要补充");
      const field = Array.from(document.querySelectorAll("#tab-panel input")).find((each) => each.dataset.question === index + "/" + placeholder);
      if (field) {
        field.scrollIntoView({ block: "nearest" });
        field.focus();
      }
    },
  };
}
