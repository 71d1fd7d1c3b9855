// One past report: an administrator corrects it, marks it not to be imitated, deletes it; J and K walk what changed.

import { ask, Failure } from "./api.js";
import { confirmFirst, openDialog } from "./dialog.js";
import { composing, isEditable, make, one } from "./dom.js";

const values = JSON.parse(one("#page-values").textContent);
const report = values.report;
const path = "/api/v1/corpus/reports/" + report.id;
const corrected = new Set(report.corrected);

async function tell(doing, then) {
  try {
    await doing();
    then();
    return true;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    one("#report-failure").textContent = error.message + (error.requestId ? "（编号 " + error.requestId + "）" : "");
    return true;
  }
}

function choice(names, chosen) {
  return make("select", {}, Object.keys(names).map((key) => make("option", { value: key, selected: key === chosen }, names[key])));
}

function correct() {
  const fields = {
    genre: ["文种", choice(values.genres, report.genre)],
    title: ["标题", make("input", { maxlength: "200", value: report.title, autocomplete: "off" })],
    unit: ["单位", make("input", { maxlength: "100", value: report.unit, autocomplete: "off" })],
    unit_type: ["单位类型", choice(values.types, report.unit_type)],
    level: ["级别", choice(values.levels, report.level)],
    year: ["年份", make("input", { inputmode: "numeric", maxlength: "4", value: report.year === null ? "" : String(report.year), autocomplete: "off" })],
  };
  const said = make("p", { class: "failure", role: "alert" });
  const back = Array.from(corrected).filter((name) => name !== "do_not_imitate");
  const withdraw = back.length ? make("label", { class: "check" }, make("input", { type: "checkbox" }), " 撤回以前的更正，改回自动识别的结果") : null;
  const body = make("div", { class: "fields" }, Object.keys(fields).map((key) => {
    fields[key][1].setAttribute("aria-label", fields[key][0]);
    return make("label", {}, fields[key][0], fields[key][1]);
  }), withdraw);
  openDialog({
    title: "更正这份报告",
    body: [make("p", { class: "quiet small" }, "更正后以人工为准，重新导入也不会改回。"), body, said],
    actions: [{ text: "取消" }, { text: "保存", main: true, act: () => save(fields, withdraw, back, said) }],
  });
}

async function save(fields, withdraw, back, said) {
  const asked = {};
  for (const key of Object.keys(fields)) {
    const value = fields[key][1].value.trim();
    if (value !== String(report[key] === null ? "" : report[key]) && value) asked[key] = key === "year" ? Number(value) : value;
  }
  if (withdraw && withdraw.querySelector("input").checked) asked.withdraw = back;
  if (asked.year !== undefined && !(asked.year >= 1949 && asked.year <= 2100)) {
    said.textContent = "年份须为1949至2100之间的四位数字。请检查。";
    return false;
  }
  if (!Object.keys(asked).length) return true;
  try {
    await ask("PATCH", path, asked);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    said.textContent = error.message;
    return false;
  }
  location.reload();
  return true;
}

function remove() {
  confirmFirst(
    "删除这份报告",
    [make("p", {}, "“" + (report.title || report.source) + "”会从目录、检索和索引中删除，原文也一并删除，不能恢复。"), make("p", { class: "quiet small" }, "只是不想参考它的写法，可以改为“标为不作范例”。")],
    "删除",
    () => tell(() => ask("DELETE", path), () => location.replace("/corpus"))
  );
}

if (one("#correct")) {
  one("#correct").addEventListener("click", correct);
  one("#remove").addEventListener("click", remove);
  one("#avoid").addEventListener("click", () => {
    const asked = values.avoided ? { withdraw: ["do_not_imitate"] } : { do_not_imitate: true };
    tell(() => ask("PATCH", path, asked), () => location.reload());
  });
}

const stops = Array.from(document.querySelectorAll(".beside-changed"));
let at = -1;
document.addEventListener("keydown", (event) => {
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step || event.ctrlKey || event.altKey || event.metaKey || composing(event) || isEditable(event.target) || one("dialog[open]") || !stops.length) return;
  event.preventDefault();
  at = Math.min(Math.max(at + step, 0), stops.length - 1);
  stops[at].focus({ preventScroll: true });
  stops[at].scrollIntoView({ block: "center" });
});
