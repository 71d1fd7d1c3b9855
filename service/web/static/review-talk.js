// Comments in threads on passages, and suggestions of other words.

import { composing, dayText, fill, make, smallButton } from "./dom.js";
import { openDialog } from "./dialog.js";

const OUTCOMES = { open: "待处理", accepted: "已采纳", rejected: "未采纳" };

function when(text) {
  return dayText(new Date(text));
}

// `acts`: show(place), answer(thread, text), resolve(thread, done), settle(suggestion, outcome, reason), comment(),
// tell(doing); answer and settle let a failure pass, tell says it.
export function talk(acts) {
  const typed = new Map();

  function comments(into, threads, canWrite) {
    const open = threads.filter((one) => !one.resolved);
    const settled = threads.filter((one) => one.resolved);
    fill(
      into,
      canWrite ? make("p", { class: "desk-filters" }, smallButton("给整篇加批注", () => acts.comment()), make("span", { class: "quiet small" }, "选中稿件中的文字，可对一处加批注")) : null,
      open.length || settled.length ? null : make("p", { class: "quiet empty-line" }, "还没有批注。"),
      open.map((one) => thread(one, canWrite)),
      settled.length ? make("details", {}, make("summary", {}, "已解决的批注 " + settled.length), settled.map((one) => thread(one, canWrite))) : null
    );
  }

  function thread(one, canWrite) {
    const field = make("input", { "aria-label": "回复", placeholder: "回复", maxlength: "2000" });
    // The list is drawn anew after each act of anyone; an answer half typed, or refused, is still there.
    field.value = typed.get(one.id) || "";
    field.addEventListener("input", () => typed.set(one.id, field.value));
    const give = () => {
      const said = field.value.trim();
      if (!said) return field.focus();
      return acts.tell(async () => {
        typed.delete(one.id);
        try {
          await acts.answer(one, said);
        } catch (error) {
          typed.set(one.id, said);
          throw error;
        }
      });
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !composing(event)) give();
    });
    return make("article", { class: "thread" },
      quoteOf(one),
      said(one),
      (one.replies || []).map(said),
      make("div", { class: "thread-acts" }, canWrite ? [field, smallButton("回复", give)] : null,
        canWrite ? smallButton(one.resolved ? "重新打开" : "标为已解决", () => acts.resolve(one, !one.resolved)) : null));
  }

  function quoteOf(one) {
    if (!one.anchor && !one.place) return make("p", { class: "quiet small" }, "整篇");
    const words = one.anchor ? one.anchor.quote : "";
    if (!one.place) return make("p", { class: "quote quiet" }, words, make("span", { class: "small" }, "（" + (one.notice || "原文已改动，请确认") + "）"));
    return make("button", { type: "button", class: "quote", on: { click: () => acts.show(one.place) } }, words);
  }

  function said(one) {
    return make("div", { class: "said" }, make("p", {}, one.text), make("p", { class: "quiet small" }, one.by + " · " + when(one.at)));
  }

  function suggestions(into, rows, canWrite) {
    fill(into, rows.length ? rows.slice().reverse().map((one) => suggestion(one, canWrite)) : make("p", { class: "quiet empty-line" }, "还没有修改建议。选中稿件中的文字，点“改为…”。"));
  }

  function suggestion(one, canWrite) {
    return make("article", { class: "thread" },
      make("p", {}, make("del", {}, one.anchor.quote), " → ", one.replacement ? make("ins", {}, one.replacement) : make("span", { class: "quiet" }, "删去")),
      make("p", { class: "quiet small" }, [one.by, when(one.at), one.reason].filter(Boolean).join(" · ")),
      one.state === "open"
        ? make("div", { class: "thread-acts" }, one.place ? smallButton("看原文", () => acts.show(one.place)) : make("span", { class: "quiet small" }, "原文已改动，请确认"),
            canWrite && one.place ? smallButton("采纳", () => acts.tell(() => acts.settle(one, "accepted", ""))) : null,
            canWrite ? smallButton("不采纳", () => reasonFirst("不采纳这条建议", (reason) => acts.settle(one, "rejected", reason))) : null)
        : make("p", { class: "small" }, make("b", {}, OUTCOMES[one.state] || one.state), " ", [one.settled_by, one.settled_reason].filter(Boolean).join(" · ")));
  }

  return { comments, suggestions };
}

// Asks for words; `act` gets them and may fail, then the window stays.
export function reasonFirst(title, act, options) {
  const asked = options || {};
  const field = make("textarea", { rows: "3", maxlength: "2000", class: "reason-box", autofocus: true, "aria-label": asked.label || "理由" });
  const said = make("p", { class: "failure", role: "alert" });
  field.value = asked.value || "";
  openDialog({
    title,
    body: [asked.before || null, field, asked.after || null, said],
    actions: [{ text: "取消" }, {
      text: asked.yes || "确定", main: true,
      act: async () => {
        if (!field.value.trim() && !asked.mayBeEmpty) {
          said.textContent = "请先填写。";
          return false;
        }
        try {
          await act(field.value.trim());
          return true;
        } catch (error) {
          said.textContent = error.message;
          return false;
        }
      },
    }],
  });
}
