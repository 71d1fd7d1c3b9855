// What the checker says of one number: the verdict, the note line with the words it rests on, the sum, the mend.

import { byPoints } from "./points.js";
import { fill, make, one, show } from "./dom.js";

export function popovers(acts) {
  const box = one("#popover");
  let opener = null;

  function open(element, mark, names, canEdit) {
    opener = element;
    const rows = [];
    for (const proof of mark.evidence) rows.push(evidence(proof));
    const buttons = [];
    if (canEdit && mark.replacement !== null && mark.replacement !== undefined) {
      const label = mark.replacement ? "改为“" + mark.replacement + "”" : "删除这几个字";
      buttons.push(make("button", { type: "button", class: "small-button strong", on: { click: () => mend(mark) } }, label));
    }
    if (canEdit && mark.band !== "pass") {
      buttons.push(make("button", { type: "button", class: "small-button", on: { click: () => edit(mark) } }, "编辑本节"));
    }
    fill(
      box,
      make(
        "div",
        { class: "popover-head" },
        make("b", { id: "popover-title" }, mark.text),
        make("span", { class: "verdict verdict-" + mark.band }, names.name),
        make("button", { type: "button", class: "close", "aria-label": "关闭", on: { click: () => close(true) } }, "×")
      ),
      make("p", {}, mark.message),
      mark.formula ? make("p", { class: "formula" }, mark.formula) : null,
      rows.length ? make("ul", { class: "evidence" }, ...rows) : null,
      mark.suggestion ? make("p", { class: "suggestion" }, mark.suggestion) : null,
      buttons.length ? make("div", { class: "popover-acts" }, ...buttons) : null
    );
    show(box, true);
    place(element);
    box.tabIndex = -1;
    box.focus({ preventScroll: true });
  }

  function evidence(proof) {
    if (proof.line === null || proof.line === undefined) {
      return make("li", {}, make("span", { class: "quiet" }, "往年报告"), " ", make("mark", {}, proof.text));
    }
    const line = acts.lineOf(proof.line);
    const cut = byPoints(line.text);
    const from = proof.start - line.start;
    const to = proof.end - line.start;
    const inside = from >= 0 && to <= cut.length;
    const button = make("button", { type: "button", class: "line-button", on: { click: () => acts.light([proof]) } }, "第" + proof.line + "行");
    const words = inside
      ? [cut.slice(Math.max(0, from - 20), from), make("mark", {}, cut.slice(from, to)), cut.slice(to, to + 20)]
      : [proof.text];
    if (inside && from > 20) words.unshift("…");
    if (inside && to + 20 < cut.length) words.push("…");
    return make("li", {}, button, make("span", { class: "evidence-text" }, ...words));
  }

  function place(element) {
    const at = element.getClientRects()[0] || element.getBoundingClientRect();
    const size = box.getBoundingClientRect();
    const left = Math.min(Math.max(8, at.left - 12), window.innerWidth - size.width - 8);
    const below = at.bottom + 8;
    const fits = below + size.height < window.innerHeight - 8;
    box.style.left = left + "px";
    box.style.top = (fits ? below : Math.max(8, at.top - size.height - 8)) + "px";
  }

  function mend(mark) {
    close(false);
    acts.mend(mark);
  }

  function edit(mark) {
    close(false);
    acts.edit(mark);
  }

  function close(back) {
    if (box.hidden) return;
    show(box, false);
    if (back && opener && document.contains(opener)) opener.focus({ preventScroll: true });
    opener = null;
    acts.closed();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden && !event.isComposing) close(true);
  });
  document.addEventListener("mousedown", (event) => {
    const outside = !box.hidden && !box.contains(event.target);
    // The notes stay lit when one looks at them: that is what the click was for.
    if (outside && !(event.target.closest && event.target.closest("#notes-pane"))) close(false);
  });
  window.addEventListener("resize", () => close(false));
  one("#right-pane").addEventListener("scroll", () => {
    if (!box.hidden && opener) place(opener);
  });

  return { open, close, isOpen: () => !box.hidden };
}
