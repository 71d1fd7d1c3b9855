// The one door to the server. Every failure becomes a Chinese sentence; an ended session asks for sign-in and repeats.

import { make, fill, show, one } from "./dom.js";

const TEXTS = {
  network: "网络已断开。内容已保存在本机，恢复后请重试。",
  unreadable: "服务器的回答无法读取，内容已保存在本机。请稍后重试。",
  timeout: "服务器很久没有回答，内容已保存在本机。请稍后重试。",
};
const PATIENCE_MS = 60000;

export class Failure extends Error {
  constructor(status, answer) {
    super(answer && answer.message ? answer.message : TEXTS.unreadable + "（代码 " + status + "）");
    this.status = status;
    this.kind = answer ? answer.error : "";
    this.detail = (answer && answer.detail) || {};
  }
}

let csrf = one('meta[name="csrf"]').content;

export async function ask(method, path, body, headers) {
  for (;;) {
    const response = await send(method, path, body, headers);
    if (response.status !== 401) return read(response);
    await signInAgain();
  }
}

async function send(method, path, body, headers) {
  const all = Object.assign({ Accept: "application/json", "X-CSRF-Token": csrf }, headers || {});
  if (body !== undefined) all["Content-Type"] = "application/json";
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    return await fetch(path, {
      method,
      headers: all,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal: stop.signal,
    });
  } catch (error) {
    const kind = stop.signal.aborted ? "timeout" : "network";
    throw new Failure(0, { error: kind, message: TEXTS[kind] });
  } finally {
    clearTimeout(timer);
  }
}

async function read(response) {
  let answer = null;
  try {
    answer = response.status === 204 ? {} : await response.json();
  } catch (error) {
    throw new Failure(response.status, null);
  }
  if (!response.ok) throw new Failure(response.status, answer);
  return answer;
}

// A random word for one request sent twice. crypto.randomUUID is missing on plain HTTP.
export function requestWord() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let asking = null;
// Covers the page, which stays as it is below, until the person has signed in in another window.
function signInAgain() {
  if (asking) return asking;
  const veil = document.getElementById("veil");
  const before = document.activeElement;
  asking = new Promise((resolve) => {
    const said = make("p", { class: "failure", role: "alert" });
    const again = make("button", { type: "button", class: "main" }, "我已登录，继续");
    again.addEventListener("click", async () => {
      const response = await fetch("/api/v1/session", { credentials: "same-origin" }).catch(() => null);
      if (!response || !response.ok) {
        said.textContent = response ? "还没有登录成功，请先在新窗口登录。" : TEXTS.network;
        return;
      }
      csrf = (await response.json()).csrf;
      show(veil, false);
      asking = null;
      if (before && before.focus) before.focus();
      resolve();
    });
    const box = make(
      "div",
      { class: "card narrow", role: "dialog", "aria-modal": "true", "aria-labelledby": "again-title" },
      make("h2", { id: "again-title" }, "登录已过期"),
      make("p", {}, "您填写的内容仍在，登录后继续提交。"),
      make("p", {}, make("a", { href: "/sign-in", target: "_blank", class: "button" }, "在新窗口登录")),
      said,
      again
    );
    box.addEventListener("keydown", (event) => trap(event, box));
    fill(veil, box);
    show(veil, true);
    one("a", box).focus();
  });
  return asking;
}

function trap(event, box) {
  if (event.key !== "Tab") return;
  const stops = Array.from(box.querySelectorAll("a, button"));
  const last = stops[stops.length - 1];
  if (event.shiftKey && document.activeElement === stops[0]) {
    event.preventDefault();
    last.focus();
  } else if (!event.shiftKey && document.activeElement === last) {
    event.preventDefault();
    stops[0].focus();
  }
}
