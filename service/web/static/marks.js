// Everything in a draft that carries a status: each judged claim, and each 《…》 that stands in the notes.

import { byPoints } from "./points.js";

const CALENDAR = ["date", "year", "month", "quarter", "period", "time"];
const RANK = { block: 0, warn: 1, undecided: 2, pass: 3 };
const TITLE = /《[^《》\n]{1,80}》/g;

// All judged claims in order, none inside another; a finding wins over a pass at the same place.
export function marksOf(text, check, source) {
  const all = check.findings.concat(check.passed).filter((mark) => mark.end > mark.start);
  all.push(...grounded(text, source, all));
  all.sort((a, b) => a.start - b.start || RANK[a.band] - RANK[b.band] || b.end - a.end);
  const kept = [];
  for (const mark of all) {
    const last = kept[kept.length - 1];
    if (!last || mark.start >= last.end) kept.push(mark);
    else if (RANK[mark.band] < RANK[last.band]) kept[kept.length - 1] = mark;
  }
  return kept;
}

// The checker speaks of names only where they are wrong. A 《…》 that stands in the notes letter by letter has its line.
function grounded(text, source, judged) {
  if (!source) return [];
  const found = [];
  const points = byPoints(text);
  let from = 0;
  for (const title of new Set(text.match(TITLE) || [])) {
    const line = source.texts.findIndex((each) => each.includes(title));
    if (line < 0) continue;
    const inLine = byPoints(source.texts[line].slice(0, source.texts[line].indexOf(title))).length;
    const length = byPoints(title).length;
    const start = source.starts[line] + inLine;
    for (from = points.indexOf(title, 0); from >= 0; from = points.indexOf(title, from + 1)) {
      const end = from + length;
      if (judged.some((mark) => mark.start < end && from < mark.end && mark.band !== "pass")) continue;
      found.push({
        start: from, end, text: title, kind: "name", verdict: "exact", band: "pass", rule: "", message: "与笔记第" + (line + 1) + "行一致。",
        suggestion: null, replacement: null, formula: null, evidence: [{ line: line + 1, start, end: start + length, text: title }],
      });
    }
  }
  return found;
}

export function shapeOf(mark) {
  if (mark.band === "block") return "block";
  if (mark.band !== "pass") return "warn";
  return !CALENDAR.includes(mark.kind) && ["derived", "rounded"].includes(mark.verdict) ? "derived" : "pass";
}

// A period that holds the days of the notes is no sum: it needs no tag. Neither does what the form itself gave.
export function tagOf(mark, names) {
  if (mark.band !== "pass") return names.tag;
  return CALENDAR.includes(mark.kind) || (!mark.evidence.length && !mark.formula) ? "" : names.tag;
}

export const isOpen = (mark) => mark.band !== "pass";

// A 【待补：…】 is a question with an answer; any other blank, xx处, is a finding like the rest.
export const isQuestion = (mark) => mark.verdict === "placeholder" && mark.text.startsWith("【待补");

// Where the marks of `before` stand in `after`, by what is the same at both ends; a mark that was typed into is gone.
export function shifted(marks, before, after) {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const by = after.length - before.length;
  const kept = [];
  for (const mark of marks) {
    if (mark.to <= head) kept.push(mark);
    else if (mark.from >= before.length - tail) kept.push(Object.assign({}, mark, { from: mark.from + by, to: mark.to + by }));
  }
  return kept;
}
