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
