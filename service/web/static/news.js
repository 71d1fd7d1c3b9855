// Somebody else may store a version, or return the draft, while this page stands open. It is asked for now and then and whenever the page is
// looked at again, and takes the place of the old one unless something is being typed: then it is only told.

import { ask, Failure } from "./api.js";
import { isEditable, one, toast } from "./dom.js";

const EVERY_MS = 20000;
// A save waits behind this question, so it is given up soon.
const PATIENCE_MS = 5000;

// `desk`: whole(), take(draft), isEditing(), isLooking() (at one mark), alone(act): after every change under way.
export function watchOthers(desk) {
  let told = "";

  const waits = () => document.hidden || !desk.whole() || !desk.whole().draft || one("#result-bar").hidden || Boolean(one("dialog[open]"));

  async function look() {
    if (waits()) return;
    const mine = desk.whole();
    let fresh;
    try {
      fresh = await ask("GET", "/api/v1/drafts/" + mine.id + "?state=" + mine.state, undefined, { "If-None-Match": '"' + mine.version + '"' }, PATIENCE_MS);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      return; // 304: nothing new; anything else is told by the next act
    }
    if (waits() || desk.whole() !== mine || fresh.state === "drafting") return;
    const stored = fresh.version > mine.version;
    if (!stored && fresh.state === mine.state) return;
    const newest = fresh.versions.find((each) => each.number === fresh.version);
    const what = stored ? ((newest && newest.author) || "有人") + "已存为第" + fresh.version + "版" : "此稿现在是“" + fresh.state_name + "”";
    if (desk.isEditing()) {
      if (told !== what) toast(what + "。您正在改的还在" + (stored ? "，保存时两个版本一起显示。" : "。"));
      told = what;
    } else if (!desk.isLooking() && !isEditable(document.activeElement)) {
      desk.take(fresh);
      toast(what + (stored ? "，这里已换成新的一版。" : "。"));
    }
  }

  const soon = () => desk.alone(look);
  setInterval(soon, EVERY_MS);
  document.addEventListener("visibilitychange", soon);
  window.addEventListener("focus", soon);
}
