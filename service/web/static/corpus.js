// The list of past reports: files sent one after another, each with its progress and what became of it.

import { Failure } from "./api.js";
import { announce, make, one, show } from "./dom.js";
import { upload } from "./upload.js";

const REASONS = { slogans: "口号", speech: "讲话稿", news: "新闻", essay: "散文", ledger: "台账", too_short: "太短", no_report: "没有报告" };
const waiting = [];
let sending = false;
let changed = false;

function add(files) {
  if (!files.length) return;
  show(one("#uploads"), true);
  show(one("#uploads-done"), false);
  for (const file of files) waiting.push({ file, row: rowOf(file) });
  next();
}

function rowOf(file) {
  const bar = make("progress", { max: "100", value: "0", "aria-label": file.name + "的进度" });
  const said = make("span", { class: "upload-said" }, "等待上传");
  const element = make("li", { class: "upload-row" }, make("span", { class: "upload-name", title: file.name }, file.name), bar, said);
  one("#uploads-rows").append(element);
  return { element, bar, said };
}

async function next() {
  if (sending || !waiting.length) return;
  sending = true;
  const { file, row } = waiting.shift();
  tell();
  try {
    const answer = await upload("/api/v1/corpus/reports", file, (share) => {
      row.bar.value = Math.round(share * 70);
      row.said.textContent = share < 1 ? "已上传" + Math.round(share * 100) + "%" : "正在清理、分类、编目……";
    });
    finish(row, answer);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    refuse(row, error);
  }
  announce(file.name + "：" + row.said.textContent);
  sending = false;
  if (waiting.length) next();
  else tell();
}

function finish(row, answer) {
  row.bar.value = 100;
  const reports = answer.reports.map((report) => [
    make("a", { href: "/corpus/" + report.id }, report.title || "（没有标题）"),
    report.added === false ? "（原来就有）" : report.duplicate_of ? "（与已有的重复）" : "",
  ]);
  const parts = [];
  reports.forEach((report, at) => parts.push(at ? "、" : "读出" + reports.length + "篇：", report));
  const rest = answer.not_reports.map((other) => REASONS[other.reason] || other.reason);
  if (rest.length) parts.push((parts.length ? "；" : "") + rest.length + "段不是报告（" + Array.from(new Set(rest)).join("、") + "），没有收入");
  for (const failed of answer.failed) parts.push("；未能读取" + failed.source + "：" + failed.error);
  row.said.textContent = "";
  for (const part of parts.length ? parts : ["没有读出报告"]) {
    for (const piece of [].concat(part)) row.said.append(piece);
  }
  row.element.classList.add(reports.length && !answer.failed.length ? "done" : "failed");
  changed = changed || answer.reports.some((report) => report.added !== false);
}

function refuse(row, error) {
  row.bar.value = 100;
  row.said.textContent = "没有收入：" + error.message + (error.requestId && error.status >= 500 ? "（编号 " + error.requestId + "）" : "");
  row.element.classList.add("failed");
}

function tell() {
  const rows = document.querySelectorAll(".upload-row").length;
  const left = waiting.length + (sending ? 1 : 0);
  one("#uploads-title").textContent = left ? "正在上传，还剩" + left + "个" : "已处理" + rows + "个文件";
  show(one("#uploads-done"), !left);
}

const drop = one("#drop");
one("#files").addEventListener("change", (event) => {
  add(Array.from(event.target.files));
  event.target.value = "";
});
one("#uploads-done").addEventListener("click", () => {
  if (changed) location.reload();
  else {
    show(one("#uploads"), false);
    one("#uploads-rows").textContent = "";
  }
});
for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  add(Array.from(event.dataTransfer.files));
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && !waiting.length) return;
  event.preventDefault();
  event.returnValue = "";
});
