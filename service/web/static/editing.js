// One section or the title open for editing at a time; what is typed is kept like notes are, and judged while it is typed.

import { ask, Failure } from "./api.js";
import { autosave } from "./autosave.js";
import { plainSections } from "./changes.js";
import { one, show, toast } from "./dom.js";
import { marksOf } from "./marks.js";
import { byPoints } from "./points.js";
import { offerRecovery } from "./recovery.js";
import { editSection, editTitle } from "./section-editor.js";

export function editing(desk) {
  let open = null;
  let at = null;
  let store = null;

  function keeper() {
    if (!store) {
      store = autosave(desk.page.account.name, desk.whole().id, () => {
        if (!open || at === null || open.composing()) return null;
        const section = desk.whole().draft.sections[at];
        return { index: at, heading: section.heading, before: section.text, text: open.value(), version: desk.whole().version };
      }, (text) => {
        one("#edit-saved").textContent = text;
      });
    }
    return store;
  }

  window.addEventListener("beforeunload", (event) => {
    if (open && open.changed()) {
      event.preventDefault();
      event.returnValue = "";
    }
  });

  // True, with a word, while something typed has not been stored.
  function refuseOpen() {
    if (!open || !open.changed()) return false;
    toast("请先保存正在编辑的内容，或点“取消”放弃。");
    return true;
  }

  // Marks of section `index` as the editor takes them, in UTF-16 units of the section's own text.
  function marksWithin(all, start, text) {
    const points = byPoints(text);
    return all
      .filter((mark) => mark.start >= start && mark.end <= start + points.length)
      .map((mark) => ({ from: points.units(mark.start - start), to: points.units(mark.end - start), mark }));
  }

  function section(index, mark) {
    if (refuseOpen()) return undefined;
    if (open) put();
    const whole = desk.whole();
    const found = whole.draft.sections[index];
    if (!found) return undefined;
    at = index;
    const spot = { holder: one('.paper-section[data-index="' + index + '"]'), heading: found.heading, text: found.text, marks: marksWithin(desk.marks(), found.start, found.text) };
    open = editSection(spot, desk.page.verdicts, {
      check: (text) => check(index, text),
      save: (text, tell) => save(index, text, tell),
      changed: () => keeper().changed(),
      close,
    });
    if (mark) chooseMark(mark);
    return open;
  }

  // Judges the whole draft with this section as it stands now; null where nothing answers, and the old marks stay.
  async function check(index, text) {
    const whole = desk.whole();
    const sections = plainSections(whole.draft);
    sections[index].text = text;
    let draft = whole.draft.title;
    let start = 0;
    sections.forEach((each, place) => {
      if (each.heading) draft += "\n" + each.heading;
      draft += "\n";
      if (place === index) start = byPoints(draft).length;
      draft += each.text;
    });
    const more = whole.draft.supplements || [];
    const notes = more.length ? whole.notes + (/[\r\n]$/.test(whole.notes) || !whole.notes ? "" : "\n") + more.join("\n") : whole.notes;
    try {
      const checked = await ask("POST", "/api/v1/check", { notes, draft, period: whole.period, unit: whole.unit });
      return marksWithin(marksOf(checked, checked.names), start, text);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return null;
    }
  }

  async function save(index, text, tell) {
    const name = desk.whole().draft.sections[index].heading || "正文";
    try {
      const done = await desk.changes.change((before) => {
        const sections = before.sections.slice();
        sections[index] = { heading: sections[index].heading, text };
        return { sections };
      }, "修改" + name);
      if (done && store) await store.forget();
      one("#edit-saved").textContent = "";
      return done;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      tell(error.message);
      return false;
    }
  }

  function title() {
    if (refuseOpen()) return;
    if (open) put();
    at = null;
    open = editTitle(desk.whole().draft.title, {
      async save(text, tell) {
        try {
          return await desk.changes.change({ title: text }, "修改标题");
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          tell(error.message);
          return false;
        }
      },
      close,
    });
  }

  // What was open stands as text again; a section alone is drawn alone.
  function put() {
    if (at === null) desk.redraw();
    else desk.redrawSection(at);
    closed();
  }

  function close() {
    const index = at;
    if (store) store.forget();
    one("#edit-saved").textContent = "";
    put();
    const button = index === null ? null : one('.paper-section[data-index="' + index + '"] .section-tools button');
    if (button) button.focus({ preventScroll: true });
  }

  function closed() {
    open = null;
    at = null;
  }

  // Inside an open editor a mark is chosen as text.
  function chooseMark(mark) {
    if (!open || at === null || !mark) return;
    const found = desk.whole().draft.sections[at];
    const spot = marksWithin([mark], found.start, found.text)[0];
    if (spot) open.choose(spot.from, spot.to);
  }

  // An edit that a crash cut off is offered again.
  async function recover() {
    const whole = desk.whole();
    if (!whole.draft || !["editing", "returned"].includes(whole.state)) return;
    const kept = await keeper().found();
    const body = kept && kept.body;
    const current = body && whole.draft.sections[body.index];
    if (!current || typeof body.text !== "string" || body.text === current.text || open) return;
    offerRecovery(one("#recovery"), {
      kept,
      what: "修改",
      current: current.text,
      text: body.text,
      take() {
        const editor = section(body.index);
        if (editor) editor.set(body.text);
      },
      drop: () => keeper().forget(),
    });
  }

  return {
    section,
    title,
    closed,
    chooseMark,
    recover,
    refuseOpen,
    isOpen: () => Boolean(open),
    end() {
      if (store) store.end();
      show(one("#recovery"), false);
      open = null;
    },
  };
}
