// Everything in a draft that carries a status: each judged claim, and each name that stands in the notes.

const CALENDAR = ["date", "year", "month", "quarter", "period", "time"];
const RANK = { block: 0, warn: 1, undecided: 2, pass: 3 };

// All judged claims in order, none inside another; a finding wins over a pass at the same place. `settled` are the
// findings that an editor settled: each stays marked, told as settled.
export function marksOf(check, names, settled) {
  const done = new Map((settled || []).map((each) => [placeOf(each), each]));
  const all = check.findings.concat(check.passed).filter((mark) => mark.end > mark.start)
    .map((mark) => (done.has(placeOf(mark)) ? Object.assign({}, mark, { settled: done.get(placeOf(mark)) }) : mark));
  all.push(...grounded(names, all));
  all.sort((a, b) => a.start - b.start || RANK[a.band] - RANK[b.band] || b.end - a.end);
  const kept = [];
  for (const mark of all) {
    const last = kept[kept.length - 1];
    if (!last || mark.start >= last.end) kept.push(mark);
    else if (RANK[mark.band] < RANK[last.band]) kept[kept.length - 1] = mark;
  }
  return kept;
}

const placeOf = (mark) => mark.start + "-" + mark.end + "-" + mark.rule;

// The checker speaks of names only where they are wrong; those that stand in the notes come with their lines.
function grounded(names, judged) {
  const loud = judged.filter((mark) => mark.band !== "pass");
  return (names || []).filter((name) => !loud.some((mark) => mark.start < name.end && name.start < mark.end)).map((name) => Object.assign({}, name, {
    kind: "name", verdict: "exact", band: "pass", rule: "", message: "与笔记第" + name.evidence[0].line + "行一致。", suggestion: null, replacement: null, formula: null,
  }));
}

export function shapeOf(mark) {
  if (mark.settled) return "pass";
  if (mark.band === "block") return "block";
  if (mark.band !== "pass") return "warn";
  if (mark.kind === "name") return "name";
  return !CALENDAR.includes(mark.kind) && ["derived", "rounded"].includes(mark.verdict) ? "derived" : "pass";
}

// A period that holds the days of the notes is no sum: it needs no tag. Neither does what the form itself gave.
export function tagOf(mark, names) {
  if (mark.settled) return "已核";
  if (mark.band !== "pass") return names.tag;
  return CALENDAR.includes(mark.kind) || (!mark.evidence.length && !mark.formula) ? "" : names.tag;
}

export const isOpen = (mark) => mark.band !== "pass" && !mark.settled;

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
