// What is being typed is kept: on this machine within a second, on the server within ten. A crash or a cut loses nothing.

import { ask, Failure } from "./api.js";
import { clockText } from "./dom.js";
import { forget, found, keep } from "./kept.js";

const LOCAL_MS = 600;
const SERVER_MS = 8000;
const AGAIN_MS = 10000;

// `value()` gives what to keep, or null while a word is being composed; `tell(text)` shows how safe it is.
export function autosave(account, place, value, tell) {
  const path = "/api/v1/working/" + place;
  let local = null;
  let remote = null;
  let dirty = false;
  let sending = false;
  let ended = false;

  async function keepHere() {
    clearTimeout(local);
    local = null;
    const body = value();
    if (body === null) {
      local = setTimeout(keepHere, 300);
      return;
    }
    try {
      await keep(account, place, { body, at: Date.now() });
      if (dirty) tell("已保存在本机 " + clockText(new Date()));
    } catch (error) {
      tell("本机空间不足，没有自动保存");
    }
  }

  async function keepThere() {
    clearTimeout(remote);
    remote = null;
    if (!dirty || sending || ended) return;
    const body = value();
    if (body === null) {
      remote = setTimeout(keepThere, 500);
      return;
    }
    sending = true;
    dirty = false;
    try {
      await ask("PUT", path, { body });
      if (!ended && !dirty) tell("已保存 " + clockText(new Date()));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      dirty = true;
      if (!ended) {
        tell("仅保存在本机");
        remote = setTimeout(keepThere, AGAIN_MS);
      }
    } finally {
      sending = false;
      if (dirty && remote === null && !ended) remote = setTimeout(keepThere, SERVER_MS);
    }
  }

  const onHide = () => {
    if (ended || !dirty) return;
    keepHere();
    keepThere();
  };
  document.addEventListener("visibilitychange", onHide);
  window.addEventListener("pagehide", onHide);
  window.addEventListener("online", keepThere);

  return {
    changed() {
      if (ended) return;
      dirty = true;
      if (local === null) local = setTimeout(keepHere, LOCAL_MS);
      if (remote === null) remote = setTimeout(keepThere, SERVER_MS);
    },
    now() {
      dirty = true;
      keepHere();
      return keepThere();
    },
    // The newer of what this machine and the server hold; null where neither holds anything.
    async found() {
      const here = await found(account, place);
      let there = null;
      try {
        const answer = await ask("GET", path);
        if (answer.body) there = { body: answer.body, at: Date.parse(answer.saved_at), elsewhere: true };
      } catch (error) {
        there = null;
      }
      if (!here || !here.body) return there;
      return there && there.at > here.at + 2000 ? there : here;
    },
    // What was kept has been handed in or given up.
    async forget() {
      clearTimeout(local);
      clearTimeout(remote);
      local = null;
      remote = null;
      dirty = false;
      await forget(account, place);
      await ask("DELETE", path).catch(() => null);
    },
    end() {
      ended = true;
      clearTimeout(local);
      clearTimeout(remote);
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", onHide);
      window.removeEventListener("online", keepThere);
    },
  };
}
