// The ways to mend one place of the draft. Each is one change, checked by the server and taken back by one step.

import { inWords } from "./answers.js";
import { ask } from "./api.js";
import { plainBody } from "./changes.js";
import { openDialog } from "./dialog.js";
import { make, toast } from "./dom.js";
import { byPoints } from "./points.js";

const SENTENCE = /[^。！？；\n]+[。！？；]*[”’）]?/g;

export function mending(desk) {
  const section = (index) => desk.whole().draft.sections[index];

  // Changes section `index` by `edit(text)`; `more` are further parts of the version.
  function changeSection(index, edit, reason, more) {
    if (desk.edits.refuseOpen()) return false;
    return desk.act(() => desk.changes.change((before) => {
      const sections = before.sections.slice();
      sections[index] = { heading: sections[index].heading, text: edit(sections[index].text) };
      return Object.assign({ sections }, more ? more(before) : {});
    }, reason));
  }

  // Where a mark stands in its section, in UTF-16 units; null for one in the title or a heading.
  function spotOf(mark) {
    const index = desk.sectionOf(mark);
    const found = section(index);
    const points = byPoints(found.text);
    const from = mark.start - found.start;
    const to = mark.end - found.start;
    if (from < 0 || to > points.length) return null;
    return { index, text: found.text, from: points.units(from), to: points.units(to) };
  }

  function replaceWith(mark, words, reason, more) {
    const spot = spotOf(mark);
    if (!spot) return desk.edits.title();
    return changeSection(spot.index, (text) => text.slice(0, spot.from) + words + text.slice(spot.to), reason, more);
  }

  const replace = (mark) => replaceWith(mark, mark.replacement, "按检查意见改“" + mark.text + "”");

  function sentenceAt(spot) {
    for (const found of spot.text.matchAll(SENTENCE)) {
      if (found.index <= spot.from && spot.from < found.index + found[0].length) return { from: found.index, to: found.index + found[0].length };
    }
    return { from: spot.from, to: spot.to };
  }

  function dropSentence(mark) {
    const spot = spotOf(mark);
    if (!spot) return desk.edits.title();
    const { from, to } = sentenceAt(spot);
    return changeSection(spot.index, (text) => {
      const left = text.slice(0, from) + text.slice(to);
      // What ended with ； before it must not now stand without an end.
      return left.replace(/；(?=\n|$)/g, "。").replace(/\n{2,}/g, "\n").replace(/^\n+|\n+$/g, "");
    }, "删除含“" + mark.text + "”的一句");
  }

  // Left open on purpose: a placeholder that names the number, blocks handing in, and is answered like any other.
  const markOpen = (mark) => replaceWith(mark, "【待补：核实“" + mark.text.replace(/[【】\n]/g, "") + "”】", "标记“" + mark.text + "”待核实");

  function sentenceOf(mark) {
    const spot = spotOf(mark);
    if (!spot) return mark.text;
    const { from, to } = sentenceAt(spot);
    return spot.text.slice(from, to).replace(/[。；！？]$/, "").trim().slice(0, 200);
  }

  function addSource(mark, line) {
    if (desk.edits.refuseOpen()) return false;
    const told = line.replace(/\s+/g, " ");
    return desk.act(() => desk.changes.change((before) => ({ supplements: before.supplements.concat([told]) }), "补充“" + mark.text + "”的来源"));
  }

  // Where the checker knows no value, the values of the lines the sentence rests on are offered, then the section.
  function choose(mark) {
    const spot = spotOf(mark);
    if (!spot) return desk.edits.title();
    const values = valuesNear(spot);
    if (!values.length) return desk.edits.section(spot.index, mark);
    const opened = openDialog({
      title: "把“" + mark.text + "”改为笔记数值",
      body: [make("p", { class: "quiet" }, "这句话依据的笔记行里有这些数值："),
        make("ul", { class: "rows-list" }, values.map((each) => make("li", {},
          make("button", { type: "button", class: "small-button", on: { click: () => { opened.close(); replaceWith(mark, each.value, "把“" + mark.text + "”改为第" + each.line + "行的“" + each.value + "”"); } } }, each.value),
          make("span", { class: "quiet" }, "第" + each.line + "行：" + each.text.slice(0, 40)))))],
      actions: [{ text: "取消" }],
    });
    return opened;
  }

  function valuesNear(spot) {
    const found = section(spot.index);
    const { texts } = desk.source();
    const lines = new Set();
    for (const sentence of found.sentences) {
      const points = byPoints(found.text);
      if (points.units(sentence.start) <= spot.from && spot.from < points.units(sentence.end)) sentence.note_lines.forEach((line) => lines.add(line));
    }
    const values = [];
    for (const line of lines) {
      for (const value of (texts[line - 1] || "").match(/\d[\d,.]*(?:多|余)?[万亿]?[\u4e00-\u9fff%]/g) || []) values.push({ line, value, text: texts[line - 1] });
    }
    return values.slice(0, 12);
  }

  // An answer takes the place of its placeholder, and stands as one more line after the notes.
  function answer(question, given) {
    const said = inWords(question.ask, given);
    return changeSection(question.index, (text) => {
      let at = -1;
      for (let nth = 0; nth <= question.nth; nth += 1) at = text.indexOf(question.placeholder, at + 1);
      if (at < 0) {
        toast("这处已经改动，请刷新页面。");
        return text;
      }
      const rest = text.slice(at + question.placeholder.length);
      // An answer that is a sentence of its own ends like one.
      const alone = /(^|[。！？；\n])\s*$/.test(text.slice(0, at)) && /^\s*(\n|$)/.test(rest) && !/[。！？；]$/.test(said);
      return text.slice(0, at) + said + (alone ? "。" : "") + rest;
    }, "补充" + question.ask, (before) => ({ supplements: before.supplements.concat([(question.ask + "：" + said).replace(/\s+/g, " ")]) }));
  }

  function insert(unused, index) {
    const words = unused.text.trim().replace(/[，,；;、]$/, "");
    const sentence = /[。！？]$/.test(words) ? words : words + "。";
    return changeSection(index, (text) => text.replace(/\s*$/, "") + (/[。！？]\s*$/.test(text) || !text.trim() ? "" : "。") + sentence, "插入笔记第" + unused.line + "行");
  }

  function restore(number) {
    if (desk.edits.refuseOpen()) return false;
    return desk.act(async () => {
      const old = await ask("GET", "/api/v1/drafts/" + desk.whole().id + "/versions/" + number);
      return desk.changes.change(plainBody(old.draft), "恢复到第" + number + "版");
    });
  }

  return { replace, dropSentence, markOpen, addSource, choose, answer, insert, restore, sentenceOf };
}
