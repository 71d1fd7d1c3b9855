// The notes with their line numbers. A mirror of the text stands behind the text box, one block a line, so numbers and
// highlights sit exactly where the lines wrap. Only lines that changed are touched: 100,000 characters stay smooth.

import { make, one, counted } from "./dom.js";
import { takesPaste } from "./paste.js";
import { numberedLines } from "./points.js";

export function notesPane(onChange) {
  const box = one("#notes");
  const mirror = one("#notes-mirror");
  const scroller = one("#notes-scroll");
  const count = one("#notes-count");
  let shown = [];
  let lit = [];
  let flagged = [];
  let composed = false;

  function mirrorLines() {
    const lines = box.value.split("\n");
    const most = Math.min(lines.length, shown.length);
    let head = 0;
    while (head < most && lines[head] === shown[head]) head += 1;
    let tail = 0;
    while (tail < most - head && lines[lines.length - 1 - tail] === shown[shown.length - 1 - tail]) tail += 1;
    // A line that is typed in keeps its block: a block put in or taken out has the browser count every number anew.
    const same = Math.min(lines.length, shown.length) - tail;
    for (let at = head; at < same; at += 1) if (lines[at] !== shown[at]) mirror.children[at].textContent = lines[at];
    const fresh = document.createDocumentFragment();
    for (let at = Math.max(head, same); at < lines.length - tail; at += 1) fresh.append(make("div", { class: "line" }, lines[at]));
    const following = mirror.children[shown.length - tail] || null;
    for (let at = shown.length - tail - 1; at >= Math.max(head, same); at -= 1) mirror.children[at].remove();
    if (fresh.firstChild) mirror.insertBefore(fresh, following);
    shown = lines;
    const numbered = numberedLines(box.value);
    count.textContent = counted(numbered.length) + "行、" + counted(Array.from(box.value).length) + "字";
    mirror.classList.toggle("last-open", lines.length > numbered.length);
    // Room for the number column: four digits fit by default.
    mirror.parentElement.classList.toggle("many", numbered.length > 9999);
  }

  function dim() {
    for (const block of lit) {
      block.classList.remove("lit");
      block.textContent = block.textContent;
    }
    lit = [];
  }

  // Where the notes end with a line break an empty block stands after their last line; added lines count on without it.
  function blockOf(number) {
    const empty = mirror.classList.contains("last-open") ? 1 : 0;
    return mirror.children[number - 1 + (number > shown.length - empty ? empty : 0)];
  }

  // Lights lines up; `marks` are {line, start, end} with UTF-16 offsets into the line.
  function light(lines, marks) {
    dim();
    for (const number of lines) {
      const block = blockOf(number);
      if (!block) continue;
      block.classList.add("lit");
      const own = (marks || []).filter((mark) => mark.line === number).sort((a, b) => a.start - b.start);
      if (own.length) markWithin(block, own);
      lit.push(block);
    }
    if (lit.length) bringIntoView(lit[0]);
  }

  function markWithin(block, marks) {
    const text = block.textContent;
    block.textContent = "";
    let at = 0;
    for (const mark of marks) {
      if (mark.start < at) continue;
      block.append(text.slice(at, mark.start), make("mark", {}, text.slice(mark.start, mark.end)));
      at = mark.end;
    }
    block.append(text.slice(at));
  }

  function bringIntoView(block) {
    const place = block.offsetTop;
    const inside = place >= scroller.scrollTop && place + block.offsetHeight <= scroller.scrollTop + scroller.clientHeight;
    if (!inside) scroller.scrollTop = Math.max(0, place - scroller.clientHeight / 3);
  }

  // A sign beside the number of each line that holds private data or a blank.
  function flag(rows) {
    for (const block of flagged) block.removeAttribute("data-flag");
    flagged = [];
    for (const row of rows) {
      const block = mirror.children[row.line - 1];
      if (!block) continue;
      block.dataset.flag = row.private.length ? "私" : "缺";
      flagged.push(block);
    }
  }

  takesPaste(box);
  box.addEventListener("compositionstart", () => {
    composed = true;
  });
  box.addEventListener("compositionend", (event) => {
    composed = false;
    onChange(event);
  });
  box.addEventListener("input", (event) => {
    dim();
    mirrorLines();
    onChange(event);
  });

  return {
    get value() {
      return box.value;
    },
    get composing() {
      return composed;
    },
    get lines() {
      return shown;
    },
    set(text) {
      box.value = text;
      mirrorLines();
    },
    append(lines) {
      for (const block of Array.from(mirror.querySelectorAll(".added"))) block.remove();
      const end = mirror.children[shown.length - 1];
      if (end) end.classList.toggle("open-end", lines.length > 0 && mirror.classList.contains("last-open"));
      for (const line of lines) mirror.append(make("div", { class: "line added" }, line));
    },
    freeze() {
      box.readOnly = true;
      box.setAttribute("aria-readonly", "true");
    },
    focus() {
      box.focus();
    },
    // The caret at the start of a line, in sight.
    goTo(line) {
      const at = shown.slice(0, line - 1).reduce((all, text) => all + text.length + 1, 0);
      box.focus({ preventScroll: true });
      box.setSelectionRange(at, at);
      light([line]);
    },
    light,
    dim,
    flag,
  };
}
