// The list of what is to be settled: filtered, walked by J and K, decided by 1 to 4.

import { announce, fill, make, one, smallButton, toast } from "./dom.js";
import { openDialog } from "./dialog.js";

export const DECISIONS = [
  { kind: "accepted", name: "采纳修改" },
  { kind: "sourced", name: "依据充分" },
  { kind: "not_applicable", name: "不适用" },
  { kind: "returned", name: "退回补充" },
];
const REASONS = {
  accepted: ["按笔记改正", "按核实结果改正", "表述更准确"],
  sourced: ["已电话核实", "见台账或档案", "见上级文件", "现场查看属实"],
  not_applicable: ["不是本报告的数字", "名称中的数字", "固定提法"],
  returned: ["请补充依据", "请核实数字", "请写明时间", "请写明责任单位"],
};
const SIGNS = { block: "✕", warn: "!", undecided: "?" };
const LEVELS = { "": "全部级别", block: "红：必须处理", warn: "黄：需要确认", undecided: "灰：无法判断" };

// `acts`: light(proofs), focus(finding), decide(finding, decision, words), decideAlike(findings, decision, words), undo(decision).
export function findingsList(acts) {
  const chosen = { band: "", verdict: "", open: true };
  let rows = [];
  let at = null;
  let canWrite = false;
  let isAuthors = false;
  let place = null;

  const keyOf = (row) => row.start + "-" + row.end + "-" + row.rule;
  // What an editor sent back is done for the editor, and just begun for its author.
  const isDone = (row) => row.settled || (Boolean(row.decision) && !isAuthors);
  const shown = () => rows.filter((row) => (!chosen.band || row.band === chosen.band) && (!chosen.verdict || row.verdict === chosen.verdict) && (!chosen.open || !isDone(row)));

  function set(found, writable, authors) {
    rows = found;
    canWrite = writable;
    isAuthors = authors;
  }

  function draw(into) {
    place = into;
    const list = shown();
    const verdicts = {};
    for (const row of rows) verdicts[row.verdict] = row.verdict_name;
    fill(
      into,
      make("div", { class: "desk-filters" },
        picker("级别", LEVELS, "band"),
        picker("类型", Object.assign({ "": "全部类型" }, verdicts), "verdict"),
        make("label", { class: "check" }, checkbox(), "只看未处理")),
      list.length ? make("ol", { class: "finding-rows" }, list.map(rowOf)) : make("p", { class: "quiet empty-line" }, rows.length && chosen.open ? "这里的标记都处理完了。" : "没有标记。"),
      alike(list)
    );
  }

  function picker(name, options, key) {
    return make("select", { "aria-label": name, on: { change: (event) => { chosen[key] = event.target.value; draw(place); } } },
      Object.keys(options).map((value) => make("option", { value, selected: chosen[key] === value }, options[value])));
  }

  function checkbox() {
    return make("input", { type: "checkbox", checked: chosen.open, on: { change: (event) => { chosen.open = event.target.checked; draw(place); } } });
  }

  function rowOf(row) {
    const current = at === keyOf(row);
    return make("li", { class: "finding-row" + (current ? " current" : ""), data: { key: keyOf(row) } },
      make("button", { type: "button", class: "finding-go", "aria-expanded": String(current), on: { click: () => go(row) } },
        make("span", { class: "sign sign-" + row.band, "aria-hidden": "true" }, SIGNS[row.band]),
        make("b", {}, row.text), make("span", { class: "verdict verdict-" + row.band }, row.verdict_name)),
      make("p", { class: "row-message" }, row.message),
      row.decision ? decided(row) : null,
      current ? opened(row) : null);
  }

  function decided(row) {
    const one = row.decision;
    return make("p", { class: "decided" }, make("b", {}, one.decision_name), " ", [one.by, one.reason, one.source].filter(Boolean).join(" · "), " ",
      canWrite ? make("button", { type: "button", class: "link", on: { click: () => acts.undo(one) } }, "撤销") : null);
  }

  function opened(row) {
    return make("div", { class: "finding-open" },
      row.formula ? make("p", { class: "formula" }, row.formula) : null,
      row.evidence.length ? make("p", {}, row.evidence.map((proof) => proof.line ? make("button", { type: "button", class: "line-button", on: { click: () => acts.light([proof]) } }, "第" + proof.line + "行 " + proof.text) : make("span", { class: "quiet" }, "往年报告：" + proof.text))) : null,
      row.suggestion ? make("p", { class: "suggestion" }, row.suggestion) : null,
      canWrite && !row.decision ? make("div", { class: "decision-buttons" }, DECISIONS.map((one, index) => smallButton([make("kbd", {}, String(index + 1)), " " + one.name], () => decide(index)))) : null);
  }

  // Bulk only for one rule that does not block.
  function alike(list) {
    const row = current();
    const same = row ? list.filter((one) => one.rule === row.rule && one.band !== "block" && !isDone(one)) : [];
    if (!canWrite || same.length < 2) return null;
    return make("p", { class: "alike" }, smallButton("把同一规则的" + same.length + "处一并标为不适用…", () => ask(DECISIONS[2], row, (words) => acts.decideAlike(same, DECISIONS[2], words))));
  }

  function current() {
    return rows.find((row) => keyOf(row) === at) || null;
  }

  function go(row) {
    at = keyOf(row);
    draw(place);
    acts.focus(row);
    acts.light(row.evidence);
    const element = one('[data-key="' + at + '"]', place);
    if (element) element.scrollIntoView({ block: "nearest" });
    announce(row.text + "，" + row.verdict_name + "。" + row.message);
  }

  function step(direction) {
    const list = shown();
    if (!list.length) return announce("没有未处理的标记");
    const before = list.findIndex((row) => keyOf(row) === at);
    const next = before < 0 ? (direction > 0 ? 0 : list.length - 1) : (before + direction + list.length) % list.length;
    return go(list[next]);
  }

  function decide(index) {
    const row = current();
    if (!row || !canWrite) return toast(canWrite ? "请先选择一处标记（J / K）。" : "请先领取审核，再处理标记。");
    if (row.decision) return toast("这处已处理。按 U 撤销后可以重新处理。");
    return ask(DECISIONS[index], row, (words) => acts.decide(row, DECISIONS[index], words));
  }

  function undo() {
    const row = current();
    if (row && row.decision && canWrite) acts.undo(row.decision);
    else toast("当前标记没有可撤销的处理。");
  }

  function ask(decision, row, act) {
    const change = decision.kind === "accepted" ? make("input", { value: row.replacement || "", maxlength: "400", autofocus: true }) : null;
    const reason = make("input", { maxlength: "500", autocomplete: "off", autofocus: !change });
    const source = decision.kind === "sourced" ? make("input", { maxlength: "500", placeholder: "例如：3月12日活动签到表", autocomplete: "off" }) : null;
    const said = make("p", { class: "failure", role: "alert" });
    const picks = make("div", { class: "picks" }, REASONS[decision.kind].map((text) => make("button", { type: "button", class: "pick", on: { click: () => { reason.value = text; (source || reason).focus(); } } }, text)));
    const give = async () => {
      const words = { reason: reason.value.trim(), source: source ? source.value.trim() : "", replacement: change ? change.value : null };
      if (decision.kind !== "accepted" && !words.reason) said.textContent = "请写明理由。";
      else if (source && !words.source) said.textContent = "请写明依据出自哪里。";
      else return act(words).then(() => true, (error) => { said.textContent = error.message; return false; });
      return false;
    };
    openDialog({
      title: decision.name + "：" + row.text,
      body: [make("p", { class: "quiet" }, row.message),
        make("div", { class: "fields" }, change ? make("label", {}, "改为（可留空，表示删去）", change) : null, make("label", {}, change ? "理由（可不填）" : "理由", reason), picks, source ? make("label", {}, "依据来源", source) : null), said],
      actions: [{ text: "取消" }, { text: "确定", main: true, act: give }],
    });
  }

  return { set, draw, step, decide, undo, current, go, byPlace: (start, end) => rows.find((row) => row.start === start && row.end === end), open: () => rows.filter((row) => !isDone(row)) };
}
