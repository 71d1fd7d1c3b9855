// The outline before anything is written: sections in order, the facts of each, moved by drag or by keyboard.

import { announce, composing, fill, make, one, smallButton } from "./dom.js";
import { lineButton } from "./facts.js";

const MOST_FACTS = 60;

// `onEdit(wishes)` is told the arrangement after each change; null is the genre's own order again.
export function outlineEditor(notes, onEdit) {
  let shown = null;
  let edited = false;
  let dragged = null;
  let place = null;
  // Sections whose facts are all listed; of 1,000 facts, each with its choice of sections, the browser draws for seconds.
  const whole = new Set();

  const wishes = () => shown.sections.map((one) => ({ key: one.key, heading: one.heading, facts: one.facts.map((fact) => fact.id) }));

  function change(said, focus) {
    edited = true;
    redraw();
    if (focus) {
      const found = place && one(focus, place);
      if (found) found.focus();
    }
    announce(said);
    onEdit(wishes());
  }

  function moveSection(at, to) {
    if (to < 0 || to >= shown.sections.length) return;
    const [moved] = shown.sections.splice(at, 1);
    shown.sections.splice(to, 0, moved);
    change(moved.heading + "移到第" + (to + 1) + "节", '[data-at="' + to + '"] .outline-heading');
  }

  function dropSection(at) {
    const [gone] = shown.sections.splice(at, 1);
    for (const fact of gone.facts) shown.unplaced.push(Object.assign({ reason: "已从提纲中移出" }, fact));
    change("去掉" + gone.heading);
  }

  function moveFact(fact, key) {
    for (const section of shown.sections) section.facts = section.facts.filter((each) => each.id !== fact.id);
    shown.unplaced = shown.unplaced.filter((each) => each.id !== fact.id);
    const target = shown.sections.find((section) => section.key === key);
    if (target) target.facts.push(fact);
    else shown.unplaced.push(Object.assign({ reason: "已从提纲中移出" }, fact));
    change("“" + fact.text.slice(0, 12) + "”" + (target ? "移到" + target.heading : "不写入"));
  }

  function addSection(key, heading) {
    shown.sections.push({ key, heading, purpose: "", facts: [], missing: [] });
    shown.possible = shown.possible.filter((each) => each.key !== key);
    change("增加一节", '[data-at="' + (shown.sections.length - 1) + '"] .outline-heading');
  }

  function freeKey() {
    let number = 1;
    while (shown.sections.some((section) => section.key === "own-" + number)) number += 1;
    return "own-" + number;
  }

  function sectionChoice(fact, from) {
    const choice = make("select", { class: "small-select", "aria-label": "把“" + fact.text.slice(0, 12) + "”移到", on: { change: () => moveFact(fact, choice.value) } },
      shown.sections.map((section) => make("option", { value: section.key, selected: section.key === from }, section.heading || "（无标题）")),
      make("option", { value: "", selected: !from }, "不写入"));
    return choice;
  }

  function factRow(fact, section) {
    return make("li", {
      class: "outline-fact",
      draggable: "true",
      on: {
        dragstart: (event) => {
          dragged = { fact };
          event.dataTransfer.setData("text/plain", fact.text);
          event.stopPropagation();
        },
        dragend: () => { dragged = null; },
      },
    }, lineButton(notes, fact.lines), make("span", { class: "grow" }, fact.text), sectionChoice(fact, section.key));
  }

  function factRows(section) {
    const most = whole.has(section.key) ? section.facts.length : MOST_FACTS;
    const rows = section.facts.slice(0, most).map((fact) => factRow(fact, section));
    const left = section.facts.length - rows.length;
    if (left > 0) rows.push(make("li", { class: "outline-fact" }, smallButton("还有" + left + "项，全部列出", () => { whole.add(section.key); redraw(); })));
    return rows;
  }

  function sectionBlock(section, at) {
    const last = shown.sections.length - 1;
    const heading = make("input", { class: "outline-heading", value: section.heading, maxlength: "60", "aria-label": "第" + (at + 1) + "节标题" });
    heading.addEventListener("change", () => {
      section.heading = heading.value.trim() || section.heading;
      heading.defaultValue = heading.value;
      change("标题改为" + section.heading);
    });
    heading.addEventListener("keydown", (event) => {
      if (composing(event)) return;
      if (event.key === "Enter") event.preventDefault();
      const step = event.altKey && { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (step) {
        event.preventDefault();
        event.stopPropagation();
        moveSection(at, at + step);
      }
    });
    const handle = make("span", {
      class: "handle",
      draggable: "true",
      "aria-hidden": "true",
      title: "拖动调整次序",
      on: { dragstart: (event) => { dragged = { at }; event.dataTransfer.setData("text/plain", section.heading); }, dragend: () => { dragged = null; } },
    }, "⠿");
    const block = make("li", { class: "outline-section", data: { at: String(at) } },
      make("div", { class: "outline-row" }, handle, make("span", { class: "outline-number" }, String(at + 1)), heading,
        make("span", { class: "quiet small" }, section.facts.length + "项"),
        smallButton("↑", () => moveSection(at, at - 1), { "aria-label": section.heading + "上移", disabled: at === 0 }),
        smallButton("↓", () => moveSection(at, at + 1), { "aria-label": section.heading + "下移", disabled: at === last }),
        smallButton("去掉", () => dropSection(at), { "aria-label": "去掉" + section.heading })),
      section.facts.length ? make("ul", { class: "outline-facts" }, factRows(section))
        : make("p", { class: "quiet small outline-none" }, section.missing.length ? "还没有内容，将留作【待补】。" : "还没有内容，可把事实移到这里。"));
    block.addEventListener("dragover", (event) => {
      if (!dragged) return;
      event.preventDefault();
      block.classList.add("over");
    });
    block.addEventListener("dragleave", () => block.classList.remove("over"));
    block.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      const { fact, at: from } = dragged;
      dragged = null;
      if (fact) moveFact(fact, section.key);
      else if (from !== at) moveSection(from, at);
      else block.classList.remove("over");
    });
    return block;
  }

  function contents() {
    if (!shown) return make("p", { class: "quiet empty-line" }, "识别出事实后，这里排出提纲，可以调整后再起草。");
    return [
      make("p", { class: "quiet small" }, "标题可改；拖动⠿或按 Alt+↑↓ 调整次序；每项事实可移到别的节。"),
      make("ol", { class: "outline" }, shown.sections.map(sectionBlock)),
      make("div", { class: "outline-acts" },
        shown.possible.map((each) => smallButton("加上“" + each.heading + "”", () => addSection(each.key, each.heading))),
        smallButton("增加一节", () => addSection(freeKey(), "其他工作")),
        edited ? smallButton("恢复默认提纲", () => { edited = false; onEdit(null); }) : null),
    ];
  }

  // Drawn anew under the person's hands: focus stays on the same control, and a heading half typed stays as it is.
  function redraw() {
    if (!place || !document.contains(place)) return;
    const active = place.contains(document.activeElement) ? document.activeElement : null;
    if (active && active.matches(".outline-heading") && active.value !== active.defaultValue) return;
    const label = active && active.getAttribute("aria-label");
    fill(place, contents());
    const again = label && Array.from(place.querySelectorAll("[aria-label]")).find((each) => each.getAttribute("aria-label") === label);
    if (again) again.focus({ preventScroll: true });
  }

  return {
    show(outline) {
      shown = outline ? JSON.parse(JSON.stringify(outline)) : null;
      redraw();
    },
    draw() {
      place = make("div", {}, contents());
      return place;
    },
    edited(yes) {
      edited = yes;
    },
    // The control that puts a fact left out into a section.
    putBack: (fact) => (shown ? make("span", { class: "put-back" }, "写入到 ", sectionChoice(fact, "")) : null),
    get current() {
      return shown;
    },
  };
}
