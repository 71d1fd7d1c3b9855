// The list of past reports: files sent one after another, each with its progress and what became of it.

import { Failure } from "./api.js";
import { announce, make, one, show } from "./dom.js";
import { upload } from "./upload.js";

const REASONS = { slogans: "口号", speech: "讲话稿", news: "新闻", essay: "散文", ledger: "台账", too_short: "太短", no_report: "没有报告" };
const MASKS = { num: "〔遮盖的数字〕", year: "〔遮盖的年份〕", place: "〔遮盖的地名〕", word: "〔遮盖的词〕" };
const SHOWN = 5;
const waiting = [];
const passedOver = [];
const sums = { reports: 0, refused: 0 };
let sending = false;
let changed = false;

// `found` holds files with the names they are shown by; of a folder only what can be read is sent.
function add(found, isFolder) {
  const wanted = isFolder ? found.filter(canBeRead) : found;
  if (isFolder) passedOver.push(...found.filter((each) => !isHidden(each.name) && !canBeRead(each)).map((each) => each.name));
  if (!wanted.length && !passedOver.length) return;
  show(one("#uploads"), true);
  show(one("#uploads-done"), false);
  for (const { file, name } of wanted) waiting.push({ file, row: rowOf(name) });
  const some = passedOver.slice(0, SHOWN).join("、") + (passedOver.length > SHOWN ? "等" : "");
  one("#uploads-passed").textContent = passedOver.length ? "没有上传" + passedOver.length + "个不是文稿的文件：" + some : "";
  if (waiting.length) next();
  else tell();
}

function isHidden(name) {
  return name.split("/").some((part) => /^(\.|~\$|__MACOSX)/.test(part));
}

function canBeRead({ name }) {
  const suffixes = one("#files").dataset.tried.split(",");
  return !isHidden(name) && suffixes.some((suffix) => name.toLowerCase().endsWith(suffix));
}

function byName(first, second) {
  return first.name.localeCompare(second.name, "zh-CN", { numeric: true });
}

// All files in a dropped folder and its folders, each named by its path.
async function filesIn(entry, path) {
  if (entry.isFile) {
    const file = await new Promise((resolve) => entry.file(resolve, () => resolve(null)));
    return file ? [{ file, name: path + file.name }] : [];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((resolve) => reader.readEntries(resolve, () => resolve([])));
    if (!some.length) return found;
    for (const each of some) found.push(...(await filesIn(each, path + entry.name + "/")));
  }
}

async function dropped(transfer) {
  const plain = Array.from(transfer.files).map((file) => ({ file, name: file.name }));
  const entries = Array.from(transfer.items).map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
  if (!entries.some((entry) => entry.isDirectory)) return add(plain, false);
  const found = [];
  for (const entry of entries) found.push(...(await filesIn(entry, "")));
  return add(found.sort(byName).map(entries.length > 1 ? (each) => each : withoutTop), true);
}

// Whoever chose one folder knows its name; what stands in it is worth the room.
function withoutTop({ file, name }) {
  return { file, name: name.slice(name.indexOf("/") + 1) };
}

function readable(title) {
  return title.replace(/〔MASK:(num|year|place|word)〕/g, (all, kind) => MASKS[kind]);
}

function rowOf(name) {
  const bar = make("progress", { max: "100", value: "0", "aria-label": name + "的进度" });
  const said = make("span", { class: "upload-said" }, "等待上传");
  const element = make("li", { class: "upload-row" }, make("span", { class: "upload-name", title: name }, name), bar, said);
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
    make("a", { href: "/corpus/" + report.id }, readable(report.title) || "（没有标题）"),
    report.added === false ? "（原来就有）" : report.duplicate_of ? "（与已有的重复）" : "",
  ]);
  const parts = [];
  reports.forEach((report, at) => parts.push(at ? "、" : "读出" + reports.length + "篇：", report));
  const rest = answer.not_reports.map((other) => REASONS[other.reason] || other.reason);
  if (rest.length) parts.push((parts.length ? "；" : "") + rest.length + "段不是报告（" + Array.from(new Set(rest)).join("、") + "），没有收入");
  row.said.textContent = "";
  for (const part of parts.length || answer.failed.length ? parts : ["没有读出报告"]) {
    for (const piece of [].concat(part)) row.said.append(piece);
  }
  // Of an archive the rest goes in; each that did not has a line of its own.
  for (const failed of answer.failed) row.said.append(make("span", { class: "upload-refused" }, "未能读取" + failed.source + "：" + failed.error));
  const notes = (answer.warnings || []).map((note) => note.text.replace(/^“[^”]*”：/, ""));
  if (notes.length) row.said.append(make("span", { class: "upload-notes" }, notes.join("")));
  row.element.classList.add(reports.length ? "done" : "failed");
  sums.reports += answer.reports.filter((report) => report.added !== false).length;
  if (!reports.length) sums.refused += 1;
  changed = changed || answer.reports.some((report) => report.added !== false);
}

function refuse(row, error) {
  row.bar.value = 100;
  row.said.textContent = "没有收入：" + error.message + (error.requestId && error.status >= 500 ? "（编号 " + error.requestId + "）" : "");
  row.element.classList.add("failed");
  sums.refused += 1;
}

function tell() {
  const rows = document.querySelectorAll(".upload-row").length;
  const left = waiting.length + (sending ? 1 : 0);
  one("#uploads-title").textContent = left ? "正在上传，还剩" + left + "个" : summary(rows);
  show(one("#uploads-done"), !left);
}

function summary(files) {
  const refused = sums.refused ? "，" + sums.refused + "个文件没有收入" : "";
  return "已处理" + files + "个文件：新收入" + sums.reports + "篇报告" + refused;
}

const drop = one("#drop");
one("#files").addEventListener("change", (event) => {
  add(Array.from(event.target.files).map((file) => ({ file, name: file.name })), false);
  event.target.value = "";
});
one("#folder").addEventListener("change", (event) => {
  add(Array.from(event.target.files).map((file) => ({ file, name: file.webkitRelativePath || file.name })).sort(byName).map(withoutTop), true);
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
  dropped(event.dataTransfer);
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && !waiting.length) return;
  event.preventDefault();
  event.returnValue = "";
});
