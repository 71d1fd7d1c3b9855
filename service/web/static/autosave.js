// Notes are kept on this machine within a second, so a crash or a power cut loses nothing.

import { clockText } from "./dom.js";

const WAIT_MS = 600;

export function autosave(account, onSaved) {
  const key = "zhibi.notes." + account;
  let timer = null;
  let waiting = null;

  function write() {
    clearTimeout(timer);
    timer = null;
    if (waiting === null) return;
    const text = waiting;
    waiting = null;
    try {
      if (text === "") localStorage.removeItem(key);
      else localStorage.setItem(key, JSON.stringify({ text, at: Date.now() }));
      onSaved(text === "" ? "" : "已保存在本机 " + clockText(new Date()));
    } catch (error) {
      onSaved("本机空间不足，没有自动保存");
    }
  }

  document.addEventListener("visibilitychange", write);
  window.addEventListener("pagehide", write);
  return {
    keep(text) {
      waiting = text;
      if (timer === null) timer = setTimeout(write, WAIT_MS);
    },
    found() {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && typeof kept.text === "string" && kept.text ? kept : null;
      } catch (error) {
        return null;
      }
    },
    forget() {
      clearTimeout(timer);
      timer = null;
      waiting = null;
      try {
        localStorage.removeItem(key);
      } catch (error) {
        onSaved("");
      }
    },
    // A shared machine: the notes of whoever used it before do not belong to this person.
    forgetOthers() {
      try {
        for (const name of Object.keys(localStorage)) {
          if (name.startsWith("zhibi.notes.") && name !== key) localStorage.removeItem(name);
        }
      } catch (error) {
        onSaved("");
      }
    },
  };
}
