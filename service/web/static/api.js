// The one door to the server. Every failure becomes a Chinese sentence; an ended session asks for sign-in and repeats.

import { one } from "./dom.js";
import { signInAgain } from "./sign-in-again.js";

const TEXTS = {
  network: "网络已断开。内容已保存在本机，恢复后会自动上传。",
  unreadable: "服务器的回答无法读取，内容已保存在本机。请稍后重试。",
  timeout: "服务器很久没有回答，内容已保存在本机。请稍后重试。",
  503: "服务暂时不可用，笔记和已生成内容已保存。请稍后再试。",
};
const PATIENCE_MS = 60000;

export class Failure extends Error {
  constructor(status, answer) {
    const told = answer && typeof answer.message === "string" && answer.message;
    super(told || (TEXTS[status] || TEXTS.unreadable) + (status ? "（代码 " + status + "）" : ""));
    this.status = status;
    this.kind = (answer && answer.error) || "";
    this.detail = (answer && answer.detail) || {};
    this.requestId = (answer && answer.request_id) || "";
  }
}

let csrf = one('meta[name="csrf"]').content;

// For a sender of its own that shows progress (upload.js).
export const csrfNow = () => csrf;
export async function renewed() {
  csrf = (await signInAgain()).csrf;
}

export async function ask(method, path, body, headers, patience) {
  let response = await send(method, path, body, headers, patience);
  if (response.status === 401) {
    await renewed();
    // Repeated once: a second 401 is an answer, not a reason to ask for ever.
    response = await send(method, path, body, headers, patience);
  }
  return read(response);
}

async function send(method, path, body, headers, patience) {
  const all = Object.assign({ Accept: "application/json", "X-CSRF-Token": csrf }, headers || {});
  const isForm = body instanceof FormData;
  if (body !== undefined && !isForm) all["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), patience || PATIENCE_MS);
  try {
    const response = await fetch(path, {
      method,
      headers: all,
      body: body === undefined ? undefined : isForm ? body : JSON.stringify(body),
      credentials: "same-origin",
      signal: stop.signal,
    });
    network(true);
    return response;
  } catch (error) {
    const kind = stop.signal.aborted ? "timeout" : "network";
    if (kind === "network") network(false);
    throw new Failure(0, { error: kind, message: TEXTS[kind] });
  } finally {
    clearTimeout(timer);
  }
}

// The page may want to say that it works alone for now.
function network(there) {
  document.dispatchEvent(new CustomEvent("zhibi:network", { detail: { there } }));
}

async function read(response) {
  let answer = null;
  try {
    answer = response.status === 204 ? {} : await response.json();
  } catch (error) {
    throw new Failure(response.status === 200 ? 0 : response.status, null);
  }
  if (!response.ok) throw new Failure(response.status, answer);
  return answer;
}

// A random word for one request sent twice. crypto.randomUUID is missing on plain HTTP.
export function requestWord() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// Copies without the clipboard API, which plain HTTP has not.
export function copyText(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.className = "unseen";
  (document.querySelector("dialog[open]") || document.body).append(box);
  box.select();
  const done = document.execCommand("copy");
  box.remove();
  return done;
}
