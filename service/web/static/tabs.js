// A row of tabs over one panel: arrows move, the counts stand in the names, the chosen one is kept while contents change.

import { fill, make, one } from "./dom.js";

// Each tab is {name, count, bad, draw() → element}. `list` has role tablist, `panel` role tabpanel.
export function tabRow(list, panel, onChoose) {
  let tabs = [];
  let chosen = null;
  // Drawn anew, a panel stays where it was scrolled to by itself; asking it where that is would have the browser lay out
  // everything that was just drawn beside it.
  let scrolled = false;
  let drawnTab = null;
  panel.addEventListener("scroll", () => { scrolled = true; });

  function draw() {
    const focused = list.contains(document.activeElement);
    // The buttons stay while their names do: one drawn anew between press and release of the mouse would lose the click.
    const buttons = () => Array.from(list.children);
    if (buttons().map((each) => each.dataset.name).join("\n") !== tabs.map((tab) => tab.name).join("\n")) {
      fill(list, ...tabs.map((tab) => make("button", {
        type: "button",
        role: "tab",
        id: list.id + "-" + tab.name,
        "aria-controls": panel.id,
        data: { name: tab.name },
        on: { click: () => choose(tab.name), keydown: arrows },
      })));
    }
    buttons().forEach((button, at) => {
      const tab = tabs[at];
      button.setAttribute("aria-selected", String(tab.name === chosen));
      button.setAttribute("tabindex", tab.name === chosen ? "0" : "-1");
      const told = tab.count + (tab.bad ? " bad" : "");
      if (button.dataset.told === told) return;
      button.dataset.told = told;
      fill(button, tab.name, tab.count === undefined ? null : make("span", { class: "count" + (tab.bad ? " count-bad" : "") }, String(tab.count)));
    });
    const tab = tabs.find((each) => each.name === chosen);
    panel.setAttribute("aria-labelledby", list.id + "-" + tab.name);
    // A field in which somebody is typing is not drawn over; what it needs comes with the next drawing.
    const typing = panel.contains(document.activeElement) && document.activeElement.matches("input, textarea, select");
    if (!typing || panel.dataset.shown !== tab.name) keepingFocus(() => fill(panel, tab.draw()));
    panel.dataset.shown = tab.name;
    if (scrolled && drawnTab !== tab.name) panel.scrollTop = 0;
    scrolled = scrolled && drawnTab === tab.name;
    drawnTab = tab.name;
    if (focused) one('[aria-selected="true"]', list).focus();
  }

  // Who walks the panel by keyboard stays on the button that reads the same after it is drawn anew.
  function keepingFocus(redraw) {
    const named = (each) => each.getAttribute("aria-label") || each.textContent;
    const alike = (like) => Array.from(panel.querySelectorAll("button")).filter((each) => named(each) === named(like));
    const before = panel.contains(document.activeElement) && document.activeElement.matches("button") ? document.activeElement : null;
    const at = before ? alike(before).indexOf(before) : -1;
    redraw();
    const after = before ? alike(before)[at] : null;
    if (after) after.focus({ preventScroll: true });
  }

  function choose(name) {
    chosen = name;
    panel.dataset.shown = "";
    draw();
    if (onChoose) onChoose(name);
  }

  function arrows(event) {
    const at = tabs.findIndex((tab) => tab.name === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    choose(tabs[(to + tabs.length) % tabs.length].name);
    one('[aria-selected="true"]', list).focus();
  }

  return {
    set(fresh, preferred) {
      tabs = fresh;
      if (preferred || !tabs.some((tab) => tab.name === chosen)) chosen = preferred || tabs[0].name;
      if (preferred) panel.dataset.shown = "";
      draw();
    },
    choose,
    get chosen() {
      return chosen;
    },
  };
}
