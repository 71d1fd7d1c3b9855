// The server counts offsets in code points; strings here count UTF-16 units. They differ after 𠮷 or an emoji.

const SURROGATE = /[\ud800-\udfff]/;

// A text that can be cut by code points.
export function byPoints(text) {
  if (!SURROGATE.test(text)) {
    return {
      length: text.length,
      slice: (start, end) => text.slice(start, end),
      units: (point) => point,
      indexOf: (words, from) => text.indexOf(words, from),
    };
  }
  const points = Array.from(text);
  const units = (point) => points.slice(0, point).join("").length;
  return {
    length: points.length,
    slice: (start, end) => points.slice(start, end).join(""),
    // The UTF-16 offset of a code point's place.
    units,
    indexOf(words, from) {
      const at = text.indexOf(words, units(from));
      return at < 0 ? -1 : Array.from(text.slice(0, at)).length;
    },
  };
}

// Lines as the server numbers them: CRLF, CR and LF end a line; a final break opens no other.
export function numberedLines(text) {
  const lines = text.split(/\r\n|\r|\n/);
  if (lines[lines.length - 1] === "") lines.pop();
  return lines;
}

// Where each numbered line starts, in code points of the whole text.
export function lineStarts(text) {
  const starts = [];
  const points = SURROGATE.test(text) ? Array.from(text) : text;
  let start = 0;
  for (let at = 0; at < points.length; at += 1) {
    if (points[at] === "\n" || points[at] === "\r") {
      starts.push(start);
      if (points[at] === "\r" && points[at + 1] === "\n") at += 1;
      start = at + 1;
    }
  }
  if (start < points.length) starts.push(start);
  return starts;
}
