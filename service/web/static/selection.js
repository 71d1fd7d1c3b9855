// What of the draft is selected, in code points of the whole text. Blocks of the paper say where they start.

import { byPoints } from "./points.js";

// {start, end, quote} of the selection inside `paper`, or null where none is, or where it leaves the paper.
export function selectedPassage(paper) {
  const selection = window.getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const start = pointOf(paper, range.startContainer, range.startOffset);
  const end = pointOf(paper, range.endContainer, range.endOffset);
  if (start === null || end === null || end <= start) return null;
  return { start, end, quote: String(selection).replace(/\s*\n\s*/g, "") };
}

function pointOf(paper, node, offset) {
  const block = blockOf(node);
  if (!block || !paper.contains(block)) return null;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEnd(node, offset);
  return Number(block.dataset.from) + byPoints(range.toString()).length;
}

function blockOf(node) {
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  return element && element.closest("[data-from]");
}

// The passages {start, end} of `paper` shown as commented on. Browsers without highlights (before Chromium 105) show
// them by their quotes in the list alone.
export function showCommented(paper, places) {
  if (!window.CSS || !CSS.highlights || !window.Highlight) return;
  CSS.highlights.set("commented", new Highlight(...places.map((place) => rangeOf(paper, place)).filter(Boolean)));
}

function rangeOf(paper, place) {
  const range = document.createRange();
  const begun = placeIn(paper, place.start, false);
  const ended = placeIn(paper, place.end, true);
  if (!begun || !ended) return null;
  range.setStart(begun.node, begun.offset);
  range.setEnd(ended.node, ended.offset);
  return range;
}

// The text node and offset at a code point; `end` is for the end of a passage, which belongs to the text before it.
function placeIn(paper, point, end) {
  const block = Array.from(paper.querySelectorAll("[data-from]")).filter((each) => (end ? Number(each.dataset.from) < point : Number(each.dataset.from) <= point)).pop();
  if (!block) return null;
  let left = point - Number(block.dataset.from);
  const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const points = byPoints(node.data);
    if (left < points.length || (end && left === points.length)) return { node, offset: points.units(left) };
    left -= points.length;
  }
  return null;
}
