// What the notes hold, while they are being typed: facts by kind, lines set aside and why, figures that disagree.

import { ask } from "./api.js";
import { fill, make, one } from "./dom.js";

const WAIT_MS = 500;
const MOST_SHOWN = 60;
// What a person should see before anything is written.
const WARNED = [
  ["private", "含个人隐私信息，不会写入报告。如非必要，请从笔记中删去。"],
  ["masked", "含未填写的空缺。请补充数量；不补则不写入。"],
  ["instruction", "像是写给机器的指令，只作为文字保留，不执行。"],
];

export function factsPanel(notes, limit, period) {
  const place = one("#facts");
  const count = one("#facts-count");
  const empty = place.firstElementChild;
  let timer = null;
  let asked = 0;

  async function look() {
    const text = notes.value;
    const mine = (asked += 1);
    if (!text.trim()) {
      fill(place, empty);
      count.textContent = "";
      return;
    }
    if (Array.from(text).length > limit) {
      count.textContent = "笔记太长";
      return;
    }
    let read;
    try {
      read = await ask("POST", "/api/v1/notes", { notes: text, period: period() || null });
    } catch (error) {
      // A period half typed is no reason to hide what the notes hold.
      try {
        read = await ask("POST", "/api/v1/notes", { notes: text });
      } catch (again) {
        if (mine === asked) count.textContent = again.message;
        return;
      }
    }
    if (mine === asked) draw(read);
  }

  function draw(read) {
    count.textContent =
      "已识别 " + read.facts.length + " 项" + (read.set_aside.length ? "，" + read.set_aside.length + " 处不写入" : "");
    const parts = [];
    for (const [reason, words] of WARNED) {
      const lines = read.set_aside.filter((row) => row.reason === reason).map((row) => row.line);
      if (lines.length) parts.push(make("p", { class: "notice" }, lineButton(lines.slice(0, 8)), " " + words));
    }
    if (read.conflicts.length) parts.push(group("有出入，需要核实", read.conflicts.map(conflictRow), true));
    const unsure = read.facts.filter((fact) => fact.unsure);
    if (unsure.length) parts.push(group("笔记里没说准的", unsure.map(factRow), true));
    if (read.facts.length) parts.push(group("能写进报告的事实", read.facts.map(factRow), true));
    else parts.push(make("p", { class: "quiet" }, "还没有找到可用的事实（时间、数量、活动）。"));
    if (read.set_aside.length) parts.push(group("不写入的行和原因", read.set_aside.map(asideRow), false));
    const opened = Array.from(place.querySelectorAll("details")).reduce((all, one) => {
      all[one.dataset.name] = one.open;
      return all;
    }, {});
    for (const part of parts) {
      if (part.dataset.name in opened) part.open = opened[part.dataset.name];
    }
    fill(place, ...parts);
  }

  function group(name, rows, open) {
    const list = make("ul", { class: "fact-list" }, ...rows.slice(0, MOST_SHOWN));
    if (rows.length > MOST_SHOWN) list.append(make("li", { class: "quiet" }, "……另有 " + (rows.length - MOST_SHOWN) + " 项"));
    return make("details", { open, data: { name } }, make("summary", {}, name, make("span", { class: "quiet" }, " " + rows.length)), list);
  }

  function lineButton(lines) {
    const label = "第" + lines.join("、") + "行";
    return make("button", { type: "button", class: "line-button", on: { click: () => notes.light(lines) } }, label);
  }

  function factRow(fact) {
    return make("li", {}, lineButton(fact.lines), make("span", { class: "kind" }, fact.kind_name), make("span", {}, fact.clean || fact.text));
  }

  function asideRow(row) {
    return make("li", {}, lineButton([row.line]), make("span", { class: "cut" }, row.text), make("span", { class: "quiet" }, row.message));
  }

  function conflictRow(row) {
    return make("li", {}, lineButton(row.lines), make("span", {}, row.about + "：" + row.values.join(" / ")));
  }

  return {
    later(event) {
      if (event && event.isComposing) return;
      clearTimeout(timer);
      timer = setTimeout(look, WAIT_MS);
    },
    now: look,
  };
}
