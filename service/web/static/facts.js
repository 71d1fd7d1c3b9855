// What the notes hold while they are being typed: facts by kind, lines set aside and why, figures that disagree.

import { inWords } from "./answers.js";
import { composing, fill, make, one, smallButton } from "./dom.js";

const MOST_SHOWN = 60;

export function lineButton(notes, lines) {
  const words = lines.length > 6 ? lines.slice(0, 6).join("、") + "等" : lines.join("、");
  return make("button", { type: "button", class: "line-button", on: { click: () => notes.goTo(lines[0]) } }, "第" + words + "行");
}

function rows(list, draw, most) {
  const shown = list.slice(0, most || MOST_SHOWN).map(draw);
  if (list.length > shown.length) shown.push(make("li", { class: "quiet" }, "……另有 " + (list.length - shown.length) + " 项"));
  return shown;
}

function group(name, items) {
  return [make("h3", { class: "group-name" }, name, make("span", { class: "quiet" }, " " + items.length)), make("ul", { class: "fact-list" }, items)];
}

// A fact is corrected where it is listed, in the words of the notes it stands on: nothing else may feed a report.
function factRow(fact, notes, change) {
  const row = make("li", { class: "fact-row" });
  const rest = () => fill(row, lineButton(notes, fact.lines), make("span", { class: "kind" }, fact.kind_name),
    make("span", { class: "grow" }, fact.clean || fact.text), fact.unsure ? make("span", { class: "quiet" }, "（" + fact.unsure + "）") : null,
    smallButton("改", edit, { "aria-label": "改“" + fact.text + "”", class: "small-button fact-change" }));
  function edit() {
    const field = make("input", { value: fact.text, "aria-label": "笔记第" + fact.lines[0] + "行的原话", maxlength: "2000" });
    const give = () => {
      if (field.value === fact.text) return back();
      if (!change(fact, field.value.trim())) return field.focus();
      return fill(row, make("span", { class: "quiet" }, "正在重新识别第" + fact.lines[0] + "行……"));
    };
    const back = () => {
      rest();
      one(".fact-change", row).focus();
    };
    field.addEventListener("keydown", (event) => {
      if (composing(event) || (event.key !== "Enter" && event.key !== "Escape")) return;
      event.preventDefault();
      event.stopPropagation();
      if (event.key === "Enter") give();
      else back();
    });
    fill(row, make("span", { class: "question-give" }, field, smallButton("改笔记", give), smallButton("取消", back)), make("span", { class: "quiet small" }, "改的是笔记第" + fact.lines[0] + "行；清空就是删去这句话。"));
    field.focus();
  }
  rest();
  return row;
}

// The list of facts: what is unclear first, then the rest in the order of the notes.
export function drawFacts(read, notes, change) {
  if (!read) {
    return make("div", { class: "empty small-empty" }, make("p", { class: "empty-title" }, "还没有笔记"),
      make("p", { class: "quiet" }, "在左边粘贴笔记后，这里列出能写进报告的事实，每一项都注明来自哪一行。"));
  }
  const parts = [];
  if (read.conflicts.length) {
    parts.push(group("有出入，需要核实", rows(read.conflicts, (row) => make("li", {}, lineButton(notes, row.lines), make("span", {}, row.about + "：" + row.values.join(" / "))))));
  }
  const unsure = read.facts.filter((fact) => fact.unsure);
  const drawn = (fact) => factRow(fact, notes, change);
  if (unsure.length) parts.push(group("没说准的", rows(unsure, drawn)));
  const sure = read.facts.filter((fact) => !fact.unsure);
  if (sure.length) parts.push(parts.length ? group("说清楚的", rows(sure, drawn)) : make("ul", { class: "fact-list" }, rows(sure, drawn)));
  if (!read.facts.length) {
    parts.push(make("div", { class: "empty small-empty" }, make("p", { class: "empty-title" }, "还没有找到可用的事实"),
      make("p", { class: "quiet" }, "事实是时间、数量、活动，例如“3月12日清理卫生死角12处”。")));
  }
  return make("div", {}, parts);
}

// What the genre asks for and the notes do not say; an answer becomes a line of the notes at once.
export function drawMissing(outline, addLine) {
  const asked = outline ? outline.missing : [];
  if (!asked.length) return make("p", { class: "quiet empty-line" }, outline ? "这个文种要求的内容，笔记里都有。" : "识别出事实后，这里列出该文种还缺的内容。");
  const questions = make("ul", { class: "rows-list" }, rows(asked, (one) => {
    const field = make("input", { "aria-label": one.ask + (one.section ? "（" + one.section + "）" : ""), placeholder: "补充后写进笔记", maxlength: "200" });
    const give = () => {
      if (field.value.trim()) addLine(one.ask + "：" + inWords(one.ask, field.value.trim()), field);
      else field.focus();
    };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        give();
      }
    });
    return make("li", { class: "question" },
      make("span", {}, make("b", {}, one.ask), " ", make("span", { class: "quiet" }, [one.section, one.why].filter(Boolean).join(" · "))),
      make("span", { class: "question-give" }, field, smallButton("补到笔记", give)));
  }));
  return make("div", {}, make("p", { class: "quiet small" }, "可以先不补：缺的地方在稿件里留作【待补】，补上才能提交。"), questions);
}

// Lines that will not be written, each with its reason; what an outline left out can be put back.
export function drawAside(read, outline, notes, putBack) {
  const aside = read ? read.set_aside : [];
  const unplaced = outline ? outline.unplaced : [];
  if (!aside.length && !unplaced.length) return make("p", { class: "quiet empty-line" }, "每一行都会写进报告。");
  const list = make("ul", { class: "rows-list" });
  fill(list,
    rows(unplaced, (row) => make("li", { class: "left-out" }, lineButton(notes, row.lines), make("span", { class: "cut" }, row.text), putBack(row), make("span", { class: "quiet" }, row.reason))),
    rows(aside, (row) => make("li", {}, lineButton(notes, [row.line]), make("span", { class: "cut" }, row.text), make("span", { class: "quiet" }, row.message))));
  return list;
}
