// Handing in: what blocks is listed with a way to each place; otherwise one question, one submission.

import { ask, Failure } from "./api.js";
import { openDialog } from "./dialog.js";
import { make, toast } from "./dom.js";

export function submitting(desk) {
  let sending = false;

  function blocked(rows, told) {
    const list = make("ul", { class: "rows-list block-list" }, rows.map((row) => make("li", {},
      make("button", { type: "button", class: "finding-go", on: { click: () => { opened.close(); desk.go(row.index); } } },
        make("span", { class: "sign sign-block", "aria-hidden": "true" }, "✕"), make("span", { class: "quiet" }, row.where), make("b", {}, row.mark.text), make("span", { class: "verdict verdict-block" }, row.name)))));
    const opened = openDialog({
      title: "还有" + rows.length + "处必须处理",
      body: [told ? make("p", {}, told) : null, make("p", { class: "quiet" }, "处理后才能提交。点一处直接到那里。"), list],
      actions: [{ text: "稍后处理" }, { text: "处理第一处", main: true, act: () => { setTimeout(() => desk.go(rows[0].index), 0); } }],
    });
  }

  async function send(note) {
    if (sending) return false;
    sending = true;
    const whole = desk.whole();
    try {
      await ask("POST", "/api/v1/drafts/" + whole.id + "/submit", { note }, { "If-Match": '"' + whole.version + '"' });
      desk.take(await ask("GET", "/api/v1/drafts/" + whole.id));
      toast("已提交审核。");
      return true;
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.status === 409 && error.detail.findings) setTimeout(() => blocked(desk.blocking(), error.message), 0);
      else toast(error.message);
      return !(error.status === 0 || error.status >= 500);
    } finally {
      sending = false;
    }
  }

  return function submit() {
    if (sending || document.querySelector("dialog[open]")) return;
    const rows = desk.blocking();
    if (rows.length) {
      blocked(rows);
      return;
    }
    const doubtful = desk.doubtful();
    const note = make("textarea", { maxlength: "500", rows: "2", class: "wish", spellcheck: "false" });
    openDialog({
      title: "提交审核",
      body: [make("p", {}, "提交后由审核人员处理，退回前不能再改。"),
        doubtful ? make("p", { class: "warning" }, "还有" + doubtful + "处需要核实，审核人员会看到。") : make("p", { class: "quiet" }, "每个数字都有依据。"),
        make("div", { class: "fields" }, make("label", {}, "给审核人员的话（可不填）", note))],
      actions: [{ text: "再看看" }, { text: "提交", main: true, act: () => send(note.value.trim()) }],
    });
  };
}
