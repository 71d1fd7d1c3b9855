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
  for (const child of children) {
    if (child === null || child === undefined) continue;
    element.append(typeof child === "object" ? child : String(child));
  }
  return element;
}

export function fill(element, ...children) {
  element.textContent = "";
  for (const child of children) {
    if (child !== null && child !== undefined) element.append(child);
  }
  return element;
}

export function show(element, visible) {
  element.hidden = !visible;
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
export function toast(text) {
  const place = document.getElementById("toast");
  place.textContent = text;
  place.hidden = false;
  clearTimeout(toasting);
  toasting = setTimeout(() => {
    place.hidden = true;
  }, 6000);
}

// While a Chinese word is being composed, keys belong to the input method: Enter picks a word and must not submit.
export function composing(event) {
  return event.isComposing || event.keyCode === 229 || event.key === "Process";
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

export function counted(number) {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ",");
}
