// The draft on paper: title, headings, paragraphs, and a mark on every number the checker judged.

import { fill, make, one, visible } from "./dom.js";
import { shapeOf, tagOf } from "./marks.js";
import { byPoints } from "./points.js";

const SECOND_LEVEL = /^[（(][一二三四五六七八九十]{1,3}[）)]/;

// A number keeps to one line with its tag, and so does a closing mark (，。》】) after it: where the tag may stand at a
// line's end the browser lets anything begin the next one. Of longer words only the last keeps to its tag.
const MOST_KEPT_WHOLE = 8;

export function drawDraft(draft, marks, verdicts, acts) {
  const paper = one("#paper");
  const text = byPoints(draft.text);
  const title = make("h2", { class: "paper-title", id: "result-title" });
  title.dataset.from = "0";
  const bodyStart = draft.sections.length ? draft.sections[0].start - (draft.sections[0].heading ? byPoints(draft.sections[0].heading).length + 1 : 0) - 1 : text.length;
  pour(title, 0, Math.max(0, Math.min(bodyStart, text.length)));
  if (acts.editable) {
    const button = make("button", { type: "button", class: "small-button", on: { click: acts.editTitle } }, "改标题");
    title.append(make("span", { class: "section-tools" }, button));
  }
  const holders = draft.sections.map(holderOf);
  fill(paper, title, ...holders);

  function holderOf(section, index) {
    const holder = make("section", { class: "paper-section", data: { index: String(index) } });
    if (section.heading) {
      const heading = make("h3", { class: "paper-heading", data: { from: String(section.start - 1 - byPoints(section.heading).length) } });
      pour(heading, section.start - 1 - byPoints(section.heading).length, section.start - 1);
      holder.append(heading);
    }
    const tools = toolsOf(section, index);
    if (tools) holder.append(tools);
    paragraphs(section, holder);
    return holder;
  }

  function toolsOf(section, index) {
    if (!acts.editable) return null;
    const name = section.heading || (index === 0 ? "开头" : "结尾");
    return make(
      "div",
      { class: "section-tools" },
      make("button", { type: "button", class: "small-button", "aria-label": "编辑" + name, on: { click: () => acts.edit(index) } }, "编辑"),
      make("button", { type: "button", class: "small-button", "aria-label": "重写" + name, on: { click: () => acts.rewrite(index) } }, "重写")
    );
  }

  function paragraphs(section, holder) {
    const body = byPoints(section.text);
    const lines = section.text.split("\n");
    let at = 0;
    for (const line of lines) {
      const length = byPoints(line).length;
      if (line.trim()) {
        const heading = SECOND_LEVEL.test(line.trim()) && length <= 40 && !/[。；：，！？]$/.test(line.trim());
        const block = make(heading ? "h4" : "p", { class: heading ? "paper-subheading" : "paper-line", data: { from: String(section.start + at) } });
        sentences(section, at, at + length, block);
        holder.append(block);
      }
      at += length + 1;
    }
    if (!body.length) holder.append(make("p", { class: "paper-line quiet" }, "（空）"));
  }

  // Each sentence knows its note lines: a click anywhere in it shows them.
  function sentences(section, from, to, block) {
    let at = from;
    for (const sentence of section.sentences) {
      const start = Math.max(sentence.start, from);
      const end = Math.min(sentence.end, to);
      if (end <= start || start < at) continue;
      if (start > at) pour(block, section.start + at, section.start + start);
      const span = make("span", { class: "sentence" });
      if (sentence.note_lines.length) {
        span.dataset.lines = sentence.note_lines.join(" ");
        span.title = "依据笔记第" + sentence.note_lines.join("、") + "行";
      }
      pour(span, section.start + start, section.start + end);
      block.append(span);
      at = end;
    }
    if (at < to) pour(block, section.start + at, section.start + to);
  }

  function pour(place, start, end) {
    let at = start;
    for (let index = firstMark(start); index < marks.length; index += 1) {
      const mark = marks[index];
      if (mark.start >= end) break;
      const from = Math.max(mark.start, at);
      const to = Math.min(mark.end, end);
      if (to <= from) continue;
      placeText(place, at, from);
      place.append(markElement(mark, index, text.slice(from, to)));
      at = to;
    }
    placeText(place, at, end);
  }

  function firstMark(start) {
    let low = 0;
    let high = marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (marks[middle].end <= start) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function placeText(place, start, end) {
    if (end > start) place.append(visible(text.slice(start, end)));
  }

  function markElement(mark, index, words) {
    const names = verdicts[mark.verdict] || { name: mark.verdict, tag: "" };
    const tag = tagOf(mark, names);
    const kept = words.length <= MOST_KEPT_WHOLE ? 0 : words.length - 1;
    return make(
      "span",
      {
        class: "mark mark-" + shapeOf(mark),
        role: "button",
        tabindex: "0",
        id: "f-" + (index + 1),
        "aria-haspopup": "dialog",
        "aria-label": words + "，" + (mark.settled ? mark.settled.by + "已核" : names.name),
        data: { index: String(index), tag },
      },
      tag ? [words.slice(0, kept), make("span", { class: "mark-tail", data: { tag } }, words.slice(kept))] : words
    );
  }

  return {
    // Draws one section again, in place of what a person had open there.
    section(index) {
      const fresh = holderOf(draft.sections[index], index);
      holders[index].replaceWith(fresh);
      holders[index] = fresh;
    },
  };
}

// A paragraph of its own for each line, as the finished draft has them; what stands there already is not drawn again.
function grow(holder, text) {
  const lines = text.split("\n");
  lines.forEach((line, at) => {
    const shown = holder.children[at] || holder.appendChild(make("p", { class: "paper-line" }));
    const before = shown.textContent;
    if (line.startsWith(before)) shown.append(line.slice(before.length));
    else shown.textContent = line;
  });
  while (holder.children.length > lines.length) holder.lastChild.remove();
}

const bare = (heading) => (heading || "").replace(/^[一二三四五六七八九十]{1,4}、/, "").trim();

// Sections while they arrive: text is appended to what stands there, the rest of the page keeps still. With `only`, the
// index of a section that is rewritten, nothing but that section changes.
export function arriving(only) {
  const paper = one("#paper");
  const places = {};
  let follows = true;
  const scroller = one("#result");
  const look = () => {
    follows = scroller.scrollTop + scroller.clientHeight > scroller.scrollHeight - 60;
  };
  scroller.addEventListener("scroll", look);
  let heading = "";
  if (only !== null) {
    const place = one('.paper-section[data-index="' + only + '"]');
    const shown = one(".paper-heading", place);
    heading = bare(shown ? shown.textContent : "");
    place.classList.add("arriving");
    for (const block of Array.from(place.children)) if (block !== shown) block.remove();
    place.append(make("div", { class: "arriving-text" }));
    places.only = place;
  }

  function placeOf(body) {
    if (only !== null) return bare(body.heading) === heading && (heading || Number(body.index) === 0 || only > 0) ? places.only : null;
    const index = Number(body.index);
    if (!places[index]) {
      const place = make("section", { class: "paper-section arriving", data: { index: String(index) } });
      const later = Object.keys(places).map(Number).filter((other) => other > index).sort((a, b) => a - b)[0];
      paper.insertBefore(place, later === undefined ? null : places[later]);
      places[index] = place;
      if (body.heading) place.append(make("h3", { class: "paper-heading" }, body.heading));
      place.append(make("div", { class: "arriving-text" }));
    }
    return places[index];
  }

  return {
    clear() {
      if (only !== null) return;
      fill(paper, make("h2", { class: "paper-title", id: "result-title" }));
      for (const key of Object.keys(places)) delete places[key];
    },
    title(words) {
      if (only === null) fill(one("#result-title"), visible(words));
    },
    // Gives whether the event is about a section shown here.
    section(body) {
      const place = placeOf(body);
      if (!place) return false;
      grow(one(".arriving-text", place), visible(body.text || ""));
      if (follows && only === null) scroller.scrollTop = scroller.scrollHeight;
      return true;
    },
  };
}
