// What other programs wrap a text in for the clipboard is taken off before it goes into a text box; the words stay.
// A spreadsheet puts a cell that holds a line break or a quotation mark between quotation marks and doubles those
// inside: pasted as it comes, one row of a ledger would be two lines of notes. Word breaks a line by a vertical tab.

import { toast } from "./dom.js";

const BREAKS = /\r\n?|[\v\f\u2028\u2029]/g;
const WRAPPED = /(^|[\t\n])"(?:[^"]|"")*[\n"](?:[^"]|"")*"(?=[\t\n]|$)/;
const MOST_TYPED = 2000;

// Cells of a row parted by tabs, rows by line breaks; null where the text is no spreadsheet's.
function cells(text) {
  const rows = [];
  let row = [];
  let at = 0;
  while (at <= text.length) {
    let cell;
    if (text[at] === '"') {
      const found = /^"((?:[^"]|"")*)"(?=[\t\n]|$)/.exec(text.slice(at, at + 40000));
      if (!found) return null;
      cell = found[1].replace(/""/g, '"');
      at += found[0].length;
    } else {
      const end = text.slice(at).search(/[\t\n]|$/);
      cell = text.slice(at, at + end);
      at += end;
    }
    row.push(cell);
    if (text[at] !== "\t") {
      rows.push(row);
      row = [];
    }
    at += 1;
  }
  return rows;
}

// What stands on several lines of one cell stands on one, parted as sentences of a note are.
const onOneLine = (cell) => cell.split(/\s*\n\s*/).filter(Boolean).reduce((all, part) => all + (/[，。；：、,;:]$/.test(all) ? "" : "；") + part);

export function unwrapped(text, isSheet) {
  const plain = text.replace(BREAKS, "\n");
  if (!isSheet && !plain.includes("\t")) return plain;
  const rows = WRAPPED.test(plain) ? cells(plain) : null;
  return rows ? rows.map((row) => row.map((cell) => (cell.includes("\n") ? onOneLine(cell) : cell)).join("\t")).join("\n") : plain;
}

export function takesPaste(box) {
  box.addEventListener("paste", (event) => {
    const held = event.clipboardData;
    if (!held || box.readOnly) return;
    const text = held.getData("text/plain");
    const words = unwrapped(text, /<table[\s>]/i.test(held.getData("text/html")));
    if (words === text.replace(/\r\n?/g, "\n")) return;
    event.preventDefault();
    const before = box.value;
    const put = (whole, at) => {
      box.value = whole;
      box.setSelectionRange(at, at);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    };
    // Through the box's own editing Ctrl+Z takes it back, but that way 10,000 characters take it a second.
    if (words.length > MOST_TYPED || !document.execCommand("insertText", false, words)) {
      const { selectionStart: from, selectionEnd: to } = box;
      put(before.slice(0, from) + words + before.slice(to), from + words.length);
      toast("已粘贴，分行的单元格各自接成一行。", () => put(before, from));
    }
  });
}
