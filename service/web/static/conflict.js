// Somebody stored a version in between. Both are shown section by section, and nothing is written over in silence.

import { openDialog } from "./dialog.js";
import { drawDiff } from "./diff.js";
import { make } from "./dom.js";

// `base` is what this page was drawn from, `mine` what it wants to store, `theirs` the newest version; each has title and
// sections. `store(merged)` writes the merged text over the newest version.
export function mergeWindow({ base, mine, theirs, told, store, take }) {
  const parts = [part("标题", base.title, mine.title, theirs.title)];
  const longest = Math.max(mine.sections.length, theirs.sections.length);
  for (let at = 0; at < longest; at += 1) {
    const own = mine.sections[at];
    const other = theirs.sections[at];
    const name = (own || other).heading || "第" + (at + 1) + "节";
    parts.push(part(name, (base.sections[at] || {}).text || "", own ? own.text : "", other ? other.text : ""));
  }

  function part(name, before, own, other) {
    if (own === other) return { name, value: () => own, element: null };
    if (own === before) return { name, value: () => other, element: null, theirs: true };
    if (other === before) return { name, value: () => own, element: null };
    const box = make("textarea", { class: "merge-box", spellcheck: "false", "aria-label": name + "：合并后的内容" });
    box.value = own;
    const use = (text) => () => {
      box.value = text;
      box.focus();
    };
    return {
      name,
      value: () => box.value,
      element: make("section", { class: "merge" },
        make("h3", {}, name),
        make("div", { class: "merge-sides" },
          make("div", {}, make("p", { class: "quiet small" }, "对方的版本（与我的不同处已标出）"), make("div", { class: "diff" }, drawDiff(own, other)), make("button", { type: "button", class: "small-button", on: { click: use(other) } }, "用对方的")),
          make("div", {}, make("p", { class: "quiet small" }, "我的版本"), make("div", { class: "diff" }, own), make("button", { type: "button", class: "small-button", on: { click: use(own) } }, "用我的"))),
        make("label", { class: "quiet small" }, "合并后", box)),
    };
  }

  const clashes = parts.filter((each) => each.element);
  const taken = parts.filter((each) => each.theirs).map((each) => each.name);
  openDialog({
    title: "两个版本不同",
    wide: true,
    body: [
      make("p", {}, told),
      taken.length ? make("p", { class: "quiet" }, "只有对方改过、将保留对方内容的：" + taken.join("、") + "。") : null,
      clashes.length ? clashes.map((each) => each.element) : make("p", {}, "你们改的不是同一处，可以直接合并。"),
    ],
    actions: [
      { text: "放弃我的修改，用对方的", act: take },
      { text: "先不处理" },
      {
        text: "合并并保存",
        main: true,
        act: () => store({
          title: parts[0].value(),
          sections: parts.slice(1).map((each, at) => ({ heading: ((theirs.sections[at] || mine.sections[at]) || {}).heading || "", text: each.value() })),
        }),
      },
    ],
  });
}
