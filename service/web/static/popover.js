// What the checker says of one number: the verdict, the note line with the words it rests on, the sum, the ways to mend.

import { isOpen, isQuestion } from "./marks.js";
import { byPoints } from "./points.js";
import { composing, fill, make, one, show, smallButton } from "./dom.js";

export function popovers(acts) {
  const box = one("#popover");
  let opener = null;

  function open(element, mark, names, canEdit) {
    opener = element;
    fill(
      box,
      make("div", { class: "popover-head" },
        make("b", { id: "popover-title" }, mark.text),
        make("span", { class: "verdict verdict-" + mark.band }, names.name),
        make("button", { type: "button", class: "close", "aria-label": "关闭", on: { click: () => close(true) } }, "×")),
      make("p", {}, mark.message),
      mark.settled ? make("p", { class: "settled" }, make("b", {}, mark.settled.decision_name), " ", [mark.settled.by, mark.settled.reason, mark.settled.source].filter(Boolean).join(" · ")) : null,
      mark.formula ? make("p", { class: "formula" }, mark.formula) : null,
      mark.evidence.length ? make("ul", { class: "evidence" }, mark.evidence.map(evidence)) : null,
      mark.suggestion ? make("p", { class: "suggestion" }, mark.suggestion) : null,
      canEdit && isOpen(mark) ? ways(mark) : null
    );
    show(box, true);
    place(element);
    box.focus({ preventScroll: true });
  }

  // The four ways to mend, and the section itself; a value is offered only where the checker knows one.
  function ways(mark) {
    const row = make("div", { class: "popover-acts" });
    const act = (name, doing, strong) => smallButton(name, () => { close(false); doing(mark); }, strong ? { class: "small-button strong" } : {});
    const known = mark.replacement !== null && mark.replacement !== undefined;
    if (isQuestion(mark)) {
      fill(row, act("回答", acts.answer, true), act("删除该句", acts.dropSentence), act("编辑本节", acts.edit));
      return row;
    }
    fill(row,
      known ? act(mark.replacement ? "改为“" + mark.replacement + "”" : "删去这几个字", acts.mend, true) : act("改为笔记数值…", acts.choose, true),
      smallButton("补充来源", () => askSource(mark)),
      act("删除该句", acts.dropSentence), act("标记待核实", acts.markOpen), act("编辑本节", acts.edit));
    return row;
  }

  // A source is a line of the notes that was not written down: it is told here, and the number is judged by it.
  function askSource(mark) {
    const field = make("input", { "aria-label": "来源（将成为一行笔记）", maxlength: "200" });
    field.value = acts.sentenceOf(mark);
    const give = () => {
      if (!field.value.trim()) return field.focus();
      close(false);
      return acts.addSource(mark, field.value.trim());
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !composing(event)) {
        event.preventDefault();
        give();
      }
    });
    const form = make("div", { class: "popover-form" }, make("p", { class: "quiet" }, "写下依据，它成为一行补充笔记，数字按它重新核对。"), field, smallButton("补充", give, { class: "small-button strong" }));
    one(".popover-acts", box).replaceWith(form);
    if (opener) place(opener);
    field.focus();
    field.select();
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

  function close(back) {
    if (box.hidden) return;
    show(box, false);
    if (back && opener && document.contains(opener)) opener.focus({ preventScroll: true });
    opener = null;
    acts.closed();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !box.hidden && !composing(event)) close(true);
  });
  document.addEventListener("mousedown", (event) => {
    const outside = !box.hidden && !box.contains(event.target);
    // The notes stay lit when one looks at them: that is what the click was for.
    if (outside && !(event.target.closest && event.target.closest("#notes-pane"))) close(false);
  });
  // Tab past the last control closes it and goes on from where it was opened.
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget) && !event.relatedTarget.closest("#notes-pane")) close(false);
  });
  window.addEventListener("resize", () => close(false));
  one("#right-pane").addEventListener("scroll", () => {
    if (!box.hidden && opener) place(opener);
  }, true);

  return { open, close, isOpen: () => !box.hidden };
}
