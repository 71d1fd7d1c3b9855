// One modal window at a time: Esc closes it, Enter in a field does what it is for, Tab stays inside, focus goes back to
// where it came from.

import { composing, make } from "./dom.js";

// `actions` are {text, main, act}; act may return false to keep the window open, or a promise of it.
// `lasting` is a window that Esc does not close. Gives a promise-free handle {close, box}.
export function openDialog({ title, body, actions, onClose, lasting, wide, role }) {
  const before = document.activeElement;
  const id = "dialog-title-" + String(Date.now());
  const box = make("dialog", { class: "dialog" + (wide ? " dialog-wide" : ""), "aria-labelledby": id, role: role || null });
  let typing = false;
  const close = () => {
    if (box.open) box.close();
  };
  const buttons = (actions || [{ text: "关闭" }]).map((one) =>
    make("button", {
      type: "button",
      class: one.main ? "main" : "plain-button",
      on: {
        click: async (event) => {
          event.target.disabled = true;
          const kept = one.act ? await one.act() : true;
          event.target.disabled = false;
          if (kept !== false) close();
        },
      },
    }, one.text)
  );
  box.append(make("h2", { id }, title), make("div", { class: "dialog-body" }, body), make("div", { class: "dialog-acts" }, buttons));
  // Esc while a word is composed belongs to the input method.
  box.addEventListener("compositionstart", () => { typing = true; });
  box.addEventListener("compositionend", () => { typing = false; });
  box.addEventListener("cancel", (event) => {
    if (typing || lasting) event.preventDefault();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && lasting) event.preventDefault();
    event.stopPropagation();
    const main = buttons.find((each) => each.classList.contains("main"));
    if (event.key !== "Enter" || composing(event) || event.target.tagName !== "INPUT" || event.defaultPrevented || !main) return;
    event.preventDefault();
    main.click();
  });
  box.addEventListener("close", () => {
    box.remove();
    // Whoever closed it may already have gone on to another place.
    const lost = !document.activeElement || document.activeElement === document.body;
    if (lost && before && before.focus && document.contains(before)) before.focus({ preventScroll: true });
    if (onClose) onClose();
  });
  document.body.append(box);
  box.showModal();
  const first = box.querySelector("[autofocus]") || box.querySelector("input, textarea, select") || buttons[buttons.length - 1];
  if (first) first.focus();
  return { close, box };
}

// Asks before something that cannot be taken back; `act` runs on yes.
export function confirmFirst(title, body, yes, act, onClose) {
  return openDialog({ title, body, onClose, actions: [{ text: "取消" }, { text: yes, main: true, act }] });
}
