// The notes as the machine reads them, beside the exact paste: digits and spaces made plain, blanks and private data lit.

import { fill, make } from "./dom.js";
import { scanLine } from "./local-scan.js";

const UNSEEN = /[\u200b-\u200d\u2060\ufeff\u00ad]/g;
const SPACES = /[\u00a0\u2000-\u200a\u202f\u3000\t ]+/g;
const WIDE = /[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\uff05\uff0e]/g;

export function cleanLine(text) {
  return text
    .replace(/\r/g, "")
    .replace(UNSEEN, "")
    .replace(WIDE, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replace(SPACES, " ")
    .replace(/^[ ]*[•·●▪■◆\-*][ ]*/, "· ")
    .trim();
}

export function drawClean(place, lines) {
  fill(place, ...lines.map((line) => {
    const text = cleanLine(line);
    const block = make("div", { class: "line clean-line" });
    let at = 0;
    for (const part of scanLine(text)) {
      block.append(text.slice(at, part.start), make("mark", { class: part.what === "缺数量" ? "blank" : "private", title: part.what }, text.slice(part.start, part.end)));
      at = part.end;
    }
    block.append(text.slice(at));
    if (text !== line.trim()) block.classList.add("changed");
    return block;
  }));
}
