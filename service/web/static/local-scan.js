// What should be seen before anything leaves this machine: private data and blanks, found by the browser itself.

const LABEL = "(?:(?:联系)?电话|手机(?:号码?)?|联系方式|身份证(?:号码?)?|银行卡(?:号)?|卡号|账号|邮箱|微信(?:号)?|QQ)?[是为：:]{0,2} ?";
const NAMES = "(?:低保(?:户|对象)?|特困(?:户|人员)?|困难户|五保户|残疾人|孤儿|留守儿童|困境儿童|重点人员|信访人|小学生|中学生|小朋友)[：: ]{0,2}[\\u4e00-\\u9fff]某{0,2}[\\u4e00-\\u9fff]?(?=$|[，,。；;、（( ）)的家])";
const BORDER = "(^|[^\\dA-Za-z])";
const PATTERNS = [
  { what: "身份证号", pattern: new RegExp(BORDER + "(" + LABEL + "(\\d{6} ?(?:19|20)\\d{2} ?\\d{4} ?\\d{3}[\\dXx]))(?![\\dA-Za-z])", "g"), proof: identity },
  { what: "银行卡号", pattern: new RegExp(BORDER + "(" + LABEL + "(\\d{4}(?:[ -]?\\d{4}){3}(?:[ -]?\\d{1,3})?))(?!\\d)", "g"), proof: card },
  { what: "手机号", pattern: new RegExp(BORDER + "(" + LABEL + "((?:\\+?86[- ]?)?1[3-9]\\d(?:[- ]?\\d{4}){2}))(?!\\d)", "g") },
  { what: "电话号码", pattern: new RegExp(BORDER + "(" + LABEL + "(0\\d{2,3}[- ]\\d{7,8}))(?!\\d)", "g") },
  { what: "邮箱", pattern: new RegExp("()(" + LABEL + "([\\w.+-]{1,40}@[A-Za-z0-9-]{1,40}(?:\\.[A-Za-z0-9-]{2,20}){1,4}))", "g") },
  { what: "个人姓名", pattern: new RegExp("()((" + NAMES + "))", "g") },
];
const BLANK = /(?:[xX×＊*]{2,6}|[_＿]{2,}|[○〇●]{2,})(?=[\u4e00-\u9fff]|$|[，。；,;])|[（(][ 　]{2,}[）)]|某{2,}(?=[处个人次场份])/g;
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const HIDDEN = "[已隐去]";

function identity(digits, whole) {
  const plain = digits.replace(/ /g, "").toUpperCase();
  const sum = WEIGHTS.reduce((all, weight, at) => all + weight * Number(plain[at]), 0);
  return "10X98765432"[sum % 11] === plain[17] || whole.includes("身份证");
}

function card(digits, whole) {
  const plain = digits.replace(/[ -]/g, "");
  let sum = 0;
  for (let at = 0; at < plain.length; at += 1) {
    const digit = Number(plain[plain.length - 1 - at]) * (at % 2 ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return plain.length >= 16 && (sum % 10 === 0 || whole.includes("卡"));
}

// Parts of one line, {start, end, what}, in order, none over another. "缺数量" is a blank, all others are private.
export function scanLine(text) {
  const parts = [];
  const free = (start, end) => parts.every((part) => end <= part.start || start >= part.end);
  for (const { what, pattern, proof } of PATTERNS) {
    pattern.lastIndex = 0;
    for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
      const start = found.index + found[1].length;
      const end = start + found[2].length;
      if ((!proof || proof(found[3], found[2])) && free(start, end)) parts.push({ start, end, what });
      pattern.lastIndex = Math.max(end, found.index + 1);
    }
  }
  for (const found of text.matchAll(BLANK)) {
    if (free(found.index, found.index + found[0].length)) parts.push({ start: found.index, end: found.index + found[0].length, what: "缺数量" });
  }
  return parts.sort((a, b) => a.start - b.start);
}

const isPrivate = (part) => part.what !== "缺数量";
const known = new Map();

// Lines with something to see, {line, private, blank}; lines that did not change are not read again.
export function scan(lines) {
  const rows = [];
  lines.forEach((text, at) => {
    if (!known.has(text)) {
      if (known.size > 20000) known.clear();
      known.set(text, scanLine(text));
    }
    const parts = known.get(text);
    if (parts.length) rows.push({ line: at + 1, private: parts.filter(isPrivate), blank: parts.filter((part) => !isPrivate(part)) });
  });
  return rows;
}

// The notes without what identifies a person; line numbers stay.
export function withoutPrivate(text) {
  return text.split("\n").map((line) => {
    let shown = "";
    let at = 0;
    for (const part of scanLine(line).filter(isPrivate)) {
      shown += line.slice(at, part.start) + HIDDEN;
      at = part.end;
    }
    return shown + line.slice(at);
  }).join("\n");
}
