// The notes of a draft under review: one list element a line, with the line that a number rests on lit up.

import { byPoints, lineStarts, numberedLines } from "./points.js";
import { counted, make, one } from "./dom.js";

export function reviewNotes(draft) {
  const place = one("#note-lines");
  const supplements = (draft.draft && draft.draft.supplements) || [];
  const texts = numberedLines(draft.notes).concat(supplements);
  const starts = startsOf(draft.notes, supplements);
  const own = texts.length - supplements.length;
  const rows = texts.map((text, index) =>
    make("li", { id: "L" + (index + 1), class: index >= own ? "supplement" : null }, make("span", {}, text)));
  place.textContent = "";
  for (const row of rows) place.append(row);
  one("#notes-count").textContent = counted(texts.length) + "行、" + counted(byPoints(draft.notes).length) + "字";
  let lit = [];

  function dim() {
    for (const number of lit) {
      rows[number - 1].classList.remove("lit");
      rows[number - 1].firstChild.textContent = texts[number - 1];
    }
    lit = [];
  }

  // `proofs` are evidences {line, start, end, text} with offsets into the notes.
  function light(proofs) {
    dim();
    for (const proof of proofs) {
      const row = proof.line && rows[proof.line - 1];
      if (!row) continue;
      row.classList.add("lit");
      if (!lit.includes(proof.line)) lit.push(proof.line);
      const cut = byPoints(texts[proof.line - 1]);
      const from = proof.start - starts[proof.line - 1];
      const to = proof.end - starts[proof.line - 1];
      // A second proof in one line keeps the first one's mark: its text is no longer one node.
      if (from >= 0 && to <= cut.length && row.firstChild.childNodes.length === 1) {
        row.firstChild.textContent = "";
        row.firstChild.append(cut.slice(0, from), make("mark", {}, cut.slice(from, to)), cut.slice(to, cut.length));
      }
    }
    if (lit.length) rows[lit[0] - 1].scrollIntoView({ block: "nearest" });
  }

  return { light, dim, source: { texts, starts } };
}

function startsOf(notes, supplements) {
  const starts = lineStarts(notes);
  let next = byPoints(notes).length + (supplements.length && !/[\r\n]$/.test(notes) ? 1 : 0);
  for (const line of supplements) {
    starts.push(next);
    next += byPoints(line).length + 1;
  }
  return starts;
}
