// Small makers of elements. Text only ever becomes text nodes, so a note can never become a tag.

export function one(selector, root) {
  return (root || document).querySelector(selector);
}

export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const key of Object.keys(attributes || {})) {
    const value = attributes[key];
    if (value === null || value === undefined || value === false) continue;
    if (key === "on") {
      for (const kind of Object.keys(value)) element.addEventListener(kind, value[kind]);
    } else if (key === "data") {
      for (const part of Object.keys(value)) element.dataset[part] = value[part];
    } else if (key === "class") {
      element.className = value;
    } else {
      element.setAttribute(key, value === true ? "" : value);
    }
  }
  append(element, children);
  return element;
}

export function fill(element, ...children) {
  element.textContent = "";
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(typeof child === "object" ? child : visible(String(child)));
  }
}

// Marks that turn the direction of writing would let a note show something else than it says; they are made visible.
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f]/g;
export function visible(text) {
  return text.replace(TURNING, "\ufffd");
}

export function show(element, shown) {
  element.hidden = !shown;
}

export function smallButton(text, act, attributes) {
  return make("button", Object.assign({ type: "button", class: "small-button", on: { click: act } }, attributes || {}), text);
}

let announcing = null;
// One polite message at a time; the pause lets a screen reader notice that the same words were said again.
export function announce(text) {
  const place = document.getElementById("announcer");
  place.textContent = "";
  clearTimeout(announcing);
  announcing = setTimeout(() => {
    place.textContent = text;
  }, 60);
}

let toasting = null;
// A message that leaves by itself; with `undo` it offers to take the step back, and stays ten seconds.
export function toast(text, undo) {
  const place = document.getElementById("toast");
  const leave = () => {
    place.hidden = true;
  };
  fill(place, make("span", {}, text), undo ? make("button", { type: "button", on: { click: () => { leave(); undo(); } } }, "撤销") : null);
  place.hidden = false;
  clearTimeout(toasting);
  toasting = setTimeout(leave, undo ? 10000 : 6000);
}

// Takes a message back that begins so and is overtaken by what came of it.
export function endToast(begin) {
  const place = document.getElementById("toast");
  if (place.textContent.startsWith(begin)) place.hidden = true;
}

// While a Chinese word is being composed, keys belong to the input method: Enter picks a word and must not submit.
export function composing(event) {
  return event.isComposing || event.keyCode === 229 || event.key === "Process";
}

// True where a letter typed is text, so that no shortcut takes it.
export function isEditable(element) {
  return Boolean(element && element.closest && element.closest("input:not([type=radio]):not([type=checkbox]), textarea, select, [contenteditable]"));
}

// Beijing time, whatever the machine's clock is set to.
function inBeijing(moment) {
  return new Date(moment.getTime() + (moment.getTimezoneOffset() + 480) * 60000);
}

export function clockText(moment) {
  const two = (n) => String(n).padStart(2, "0");
  const beijing = inBeijing(moment);
  return two(beijing.getHours()) + ":" + two(beijing.getMinutes());
}

export function dayText(moment) {
  const beijing = inBeijing(moment);
  return beijing.getFullYear() + "年" + (beijing.getMonth() + 1) + "月" + beijing.getDate() + "日 " + clockText(moment);
}

export function beijingToday() {
  const now = inBeijing(new Date());
  return { year: now.getFullYear(), month: now.getMonth() + 1, day: now.getDate() };
}

// Who made a version, where it was no person.
const MAKERS = { rules: "规则起草", stopped: "停止时保留" };
export const authorName = (author) => MAKERS[author] || author;

export function counted(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
