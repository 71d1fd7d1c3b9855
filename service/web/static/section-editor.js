// A section edited where it stands. Its marks lie behind the text box and move with the text; half a second after typing
// stops they are judged anew. The box itself is never drawn over, so an input method keeps its word.

import { composing, fill, make, one, show, smallButton } from "./dom.js";
import { isOpen, shapeOf, shifted } from "./marks.js";

const RECHECK_MS = 400;

// `spot` is {holder, heading, text, marks}; marks are {from, to, mark} in UTF-16 units of the text.
// `acts`: check(text) → marks, save(text) → promise, close(), changed().
export function editSection(spot, verdicts, acts) {
  const { holder, heading } = spot;
  let marks = spot.marks;
  let before = spot.text;
  let typing = false;
  let timer = null;
  let turn = 0;
  const box = make("textarea", { class: "edit-box", spellcheck: "false", "aria-label": "编辑" + (heading || "正文") });
  const mirror = make("div", { class: "edit-mirror", "aria-hidden": "true" });
  const list = make("ul", { class: "edit-findings rows-list", "aria-label": "本节待处理" });
  const said = make("p", { class: "failure", role: "alert", hidden: true });
  const state = make("span", { class: "quiet small", role: "status" }, "Ctrl+S 保存 · Esc 取消");
  const keep = make("button", { type: "button", class: "main" }, "保存本节");
  const drop = smallButton("取消", cancel);
  box.value = spot.text;
  fill(holder, heading ? make("h3", { class: "paper-heading" }, heading) : null, make("div", { class: "edit-sheet" }, mirror, box), list, said,
    make("div", { class: "edit-acts" }, keep, drop, state));
  holder.classList.add("editing");
  draw();
  drawFindings();
  box.focus({ preventScroll: true });

  function draw() {
    let at = 0;
    const parts = [];
    for (const { from, to, mark } of marks) {
      if (from < at) continue;
      parts.push(document.createTextNode(before.slice(at, from)), make("span", { class: "mark mark-" + shapeOf(mark) }, before.slice(from, to)));
      at = to;
    }
    // The last line break needs something behind it to take room, as it does in the box.
    parts.push(document.createTextNode(before.slice(at) + "\u200b"));
    mirror.textContent = "";
    mirror.append(...parts);
    mirror.classList.toggle("all", true);
  }

  function drawFindings() {
    const open = marks.filter((each) => isOpen(each.mark));
    fill(list, open.slice(0, 12).map(({ from, to, mark }) => {
      const names = verdicts[mark.verdict] || { name: mark.verdict };
      return make("li", {},
        make("button", { type: "button", class: "finding-go", on: { click: () => choose(from, to) } },
          make("span", { class: "sign sign-" + mark.band, "aria-hidden": "true" }, mark.band === "block" ? "✕" : mark.band === "warn" ? "!" : "?"),
          make("b", {}, mark.text), make("span", { class: "verdict verdict-" + mark.band }, names.name)),
        make("span", { class: "row-message" }, mark.message),
        mark.replacement ? smallButton("改为“" + mark.replacement + "”", () => replace(from, to, mark.replacement)) : null);
    }));
    show(list, open.length > 0);
  }

  function choose(from, to) {
    box.focus();
    box.setSelectionRange(from, to);
  }

  // Through the box's own editing, so that Ctrl+Z takes it back.
  function replace(from, to, words) {
    choose(from, to);
    if (!document.execCommand("insertText", false, words)) {
      box.setRangeText(words, from, to, "end");
      changed();
    }
  }

  function changed() {
    marks = shifted(marks, before, box.value);
    before = box.value;
    draw();
    acts.changed();
    clearTimeout(timer);
    if (!typing) timer = setTimeout(recheck, RECHECK_MS);
  }

  async function recheck() {
    const text = box.value;
    const mine = (turn += 1);
    const fresh = await acts.check(text);
    if (!fresh || mine !== turn || !document.contains(box)) return;
    // What was typed meanwhile moves the fresh marks as it moved the old ones.
    marks = text === box.value ? fresh : shifted(fresh, text, box.value);
    before = box.value;
    draw();
    drawFindings();
    const open = marks.filter((each) => each.mark.band === "block" && isOpen(each.mark)).length;
    state.textContent = open ? "本节还有" + open + "处必须处理" : "本节没有必须处理的问题";
  }

  async function store() {
    if (keep.disabled) return false;
    keep.disabled = true;
    keep.textContent = "正在保存……";
    clearTimeout(timer);
    const done = await acts.save(box.value.replace(/\s+$/, ""), (text) => {
      said.textContent = text;
      show(said, true);
    });
    keep.disabled = false;
    keep.textContent = "保存本节";
    return done;
  }

  function cancel() {
    clearTimeout(timer);
    acts.close();
  }

  keep.addEventListener("click", store);
  box.addEventListener("compositionstart", () => { typing = true; });
  box.addEventListener("compositionend", () => {
    typing = false;
    changed();
  });
  box.addEventListener("input", changed);
  box.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      store();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (box.value === spot.text) return cancel();
      said.textContent = "有改动还没有保存。请先保存，或点“取消”放弃。";
      show(said, true);
    }
    return undefined;
  });

  return {
    changed: () => document.contains(box) && box.value !== spot.text,
    composing: () => typing,
    value: () => box.value,
    set(text) {
      box.value = text;
      changed();
    },
    choose,
    store,
    cancel,
  };
}

// One line in place of the title; `acts.save(title)` stores it.
export function editTitle(title, acts) {
  const holder = one("#paper .paper-title");
  const box = make("input", { class: "edit-title", "aria-label": "标题", maxlength: "200" });
  const said = make("p", { class: "failure", role: "alert", hidden: true });
  box.value = title;
  const keep = smallButton("保存标题", store, { class: "small-button strong" });
  fill(holder, box, said, make("div", { class: "edit-acts" }, keep, smallButton("取消", acts.close)));
  box.focus();
  box.select();

  async function store() {
    if (!box.value.trim() || keep.disabled) return false;
    keep.disabled = true;
    const done = await acts.save(box.value.trim(), (text) => {
      said.textContent = text;
      show(said, true);
    });
    keep.disabled = false;
    return done;
  }

  box.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      store();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      acts.close();
    }
  });
  return { changed: () => document.contains(box) && box.value !== title, composing: () => false, store, cancel: acts.close, value: () => null };
}
