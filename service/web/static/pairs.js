// Blind pairs: two drafts of the same notes, scored side by side with the keyboard.

import { ask, Failure } from "./api.js";
import { announce, composing, fill, isEditable, make, one, show, toast } from "./dom.js";

const page = JSON.parse(one("#page-values").textContent);
const base = "/api/v1/pairs/" + encodeURIComponent(page.name);
const KEYS = "qwertyui";
const PAGE = 100;
let pairs = [];
let at = 0;
let side = "left";
let scores = { left: 0, right: 0 };
let tags = new Set();

const tagKeys = page.tags.map((row) => row[0]);
fill(one("#tags"), page.tags.map(([key, name], index) =>
  make("button", { type: "button", "aria-pressed": "false", data: { tag: key }, on: { click: () => toggleTag(key) } }, name + " ", make("kbd", {}, KEYS[index].toUpperCase()))));

async function load() {
  for (let offset = 0; ; offset += PAGE) {
    const rows = await ask("GET", base + "?limit=" + PAGE + "&offset=" + offset);
    pairs = pairs.concat(rows);
    if (rows.length < PAGE) break;
  }
  show(one("#no-pairs"), !pairs.length);
  show(one("#blind-panes"), pairs.length > 0);
  if (!pairs.length) return;
  const open = pairs.findIndex((pair) => !pair.score);
  go(open < 0 ? 0 : open);
}

function go(index) {
  at = Math.max(0, Math.min(pairs.length - 1, index));
  const pair = pairs[at];
  for (const place of ["notes", "left", "right"]) {
    one("#pair-" + place).textContent = "";
    one("#pair-" + place).append(make("span", {}, pair[place]));
    one("#pair-" + place).scrollTop = 0;
  }
  const given = pair.score || { left: 0, right: 0, tags: [], remark: "" };
  scores = { left: given.left, right: given.right };
  tags = new Set(given.tags);
  one("#remark").value = given.remark;
  choose("left");
  draw();
  announce("第" + (at + 1) + "对");
}

function draw() {
  const done = pairs.filter((pair) => pair.score).length;
  one("#where").textContent = "第" + (at + 1) + "/" + pairs.length + "对 · 已评" + done + "对";
  for (const group of document.querySelectorAll(".scores")) {
    for (const button of group.children) button.setAttribute("aria-pressed", String(Number(button.dataset.score) === scores[group.dataset.side]));
  }
  for (const button of one("#tags").children) button.setAttribute("aria-pressed", String(tags.has(button.dataset.tag)));
}

function choose(which) {
  side = which;
  for (const name of ["left", "right"]) one("#" + name + "-side").classList.toggle("active", name === which);
}

function rate(which, score) {
  scores[which] = score;
  choose(which === "left" && !scores.right ? "right" : which);
  draw();
}

function toggleTag(key) {
  if (!tags.delete(key)) tags.add(key);
  draw();
}

async function save() {
  if (!scores.left || !scores.right) {
    toast("请给左右两稿都打分（1–5）。");
    choose(scores.left ? "right" : "left");
    return;
  }
  one("#pairs-failure").textContent = "";
  try {
    pairs[at] = await ask("PUT", base + "/" + pairs[at].id + "/score", { left: scores.left, right: scores.right, tags: Array.from(tags), remark: one("#remark").value.trim() });
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    one("#pairs-failure").textContent = error.message;
    return;
  }
  const next = pairs.findIndex((pair, index) => index > at && !pair.score);
  const open = next < 0 ? pairs.findIndex((pair) => !pair.score) : next;
  if (open < 0) {
    draw();
    toast("全部评完了，谢谢。");
  } else go(open);
}

function toggleNotes() {
  const shown = one("#notes-side").hidden;
  show(one("#notes-side"), shown);
  one("#blind-panes").classList.toggle("with-notes", shown);
  one("#toggle-notes").setAttribute("aria-pressed", String(shown));
}

one("#save").addEventListener("click", save);
one("#before").addEventListener("click", () => go(at - 1));
one("#after").addEventListener("click", () => go(at + 1));
one("#toggle-notes").addEventListener("click", toggleNotes);
for (const group of document.querySelectorAll(".scores")) {
  group.addEventListener("click", (event) => {
    if (event.target.dataset.score) rate(group.dataset.side, Number(event.target.dataset.score));
  });
}
document.addEventListener("keydown", (event) => {
  if (composing(event) || event.ctrlKey || event.altKey || event.metaKey || one("dialog[open]")) return;
  if (isEditable(event.target)) {
    if (event.key === "Enter") save();
    return;
  }
  const key = event.key.toLowerCase();
  if (/^[1-5]$/.test(key)) rate(side, Number(key));
  else if (key === "arrowleft" || key === "arrowright") choose(key === "arrowleft" ? "left" : "right");
  else if (key === "enter" && event.target.tagName !== "BUTTON" && event.target.tagName !== "A") save();
  else if (key === "n") toggleNotes();
  else if (key === "[" || key === "]") go(at + (key === "]" ? 1 : -1));
  else if (KEYS.includes(key) && key.length === 1 && tagKeys[KEYS.indexOf(key)]) toggleTag(tagKeys[KEYS.indexOf(key)]);
  else return;
  event.preventDefault();
});

load().catch((error) => {
  one("#pairs-failure").textContent = error.message;
});
