// Two texts compared: sentence by sentence, then inside a changed sentence piece by piece. A number is one piece.

import { make } from "./dom.js";

const SENTENCE = /[^。！？；\n]*[。！？；\n]+|[^。！？；\n]+/g;
const PIECE = /\d[\d.,，:：/]*\d%?|\d%?|[A-Za-z]+|[\s\S]/gu;
const MOST_CELLS = 4000000;

// Steps {kind: "same" | "gone" | "new", from, to} that turn `before` into `after`, both lists of words.
export function steps(before, after) {
  let head = 0;
  while (head < before.length && head < after.length && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < before.length - head && tail < after.length - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  const middle = between(before.slice(head, before.length - tail), after.slice(head, after.length - tail));
  return [
    ...before.slice(0, head).map((word) => ({ kind: "same", word })),
    ...middle,
    ...before.slice(before.length - tail).map((word) => ({ kind: "same", word })),
  ];
}

function between(before, after) {
  const width = after.length + 1;
  if (before.length * after.length > MOST_CELLS) {
    return [...before.map((word) => ({ kind: "gone", word })), ...after.map((word) => ({ kind: "new", word }))];
  }
  const longest = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = before[i] === after[j] ? longest[(i + 1) * width + j + 1] + 1 : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const found = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      found.push({ kind: "same", word: before[i] });
      i += 1;
      j += 1;
    } else if (i < before.length && (j >= after.length || longest[(i + 1) * width + j] >= longest[i * width + j + 1])) {
      found.push({ kind: "gone", word: before[i] });
      i += 1;
    } else {
      found.push({ kind: "new", word: after[j] });
      j += 1;
    }
  }
  return found;
}

export const sentencesOf = (text) => text.match(SENTENCE) || [];
export const piecesOf = (text) => text.match(PIECE) || [];

// Elements that show how `before` became `after`.
export function drawDiff(before, after) {
  const out = [];
  let gone = "";
  let fresh = "";
  const flush = () => {
    if (gone && fresh) out.push(...steps(piecesOf(gone), piecesOf(fresh)).reduce(join, []).map(draw));
    else if (gone) out.push(draw({ kind: "gone", word: gone }));
    else if (fresh) out.push(draw({ kind: "new", word: fresh }));
    gone = "";
    fresh = "";
  };
  for (const step of steps(sentencesOf(before), sentencesOf(after))) {
    if (step.kind === "gone") gone += step.word;
    else if (step.kind === "new") fresh += step.word;
    else {
      flush();
      out.push(draw(step));
    }
  }
  flush();
  return out;
}

function join(all, step) {
  const last = all[all.length - 1];
  if (last && last.kind === step.kind) last.word += step.word;
  else all.push({ kind: step.kind, word: step.word });
  return all;
}

function draw(step) {
  return make({ same: "span", gone: "del", new: "ins" }[step.kind], {}, step.word);
}
