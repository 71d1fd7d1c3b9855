// On every page of a signed-in person: shortcuts under "?", a word before the session ends, a clean leave.

import { ask } from "./api.js";
import { confirmFirst, openDialog } from "./dialog.js";
import { composing, fill, isEditable, make, one, show, smallButton } from "./dom.js";
import { forgetAll, unsavedOf } from "./kept.js";
import { signInAgain } from "./sign-in-again.js";

const ALWAYS = [["?", "显示快捷键"], ["Esc", "关闭浮层或窗口"], ["Tab / Shift+Tab", "到下一处 / 上一处"]];
const WARN_MS = 5 * 60000;

function shortcuts() {
  const more = one("#page-shortcuts");
  const rows = (more ? JSON.parse(more.textContent) : []).concat(ALWAYS);
  openDialog({
    title: "快捷键",
    body: make("dl", { class: "pairs keys" }, rows.map((row) => [make("dt", {}, make("kbd", {}, row[0])), make("dd", {}, row[1])])),
  });
}

one("#shortcuts-open").addEventListener("click", shortcuts);
document.addEventListener("keydown", (event) => {
  if ((event.key === "?" || event.key === "？") && !composing(event) && !isEditable(event.target) && !one("dialog[open]")) {
    event.preventDefault();
    shortcuts();
  }
});

// A shared machine: what this person left unsent goes when they leave, after a word.
const account = one('meta[name="account"]').content;
const leaving = one("#sign-out");
leaving.addEventListener("submit", async (event) => {
  event.preventDefault();
  const left = await unsavedOf(account);
  const leave = async () => {
    await forgetAll(account);
    window.dispatchEvent(new Event("zhibi:leaving"));
    leaving.submit();
  };
  if (!left.length) {
    leave();
    return;
  }
  confirmFirst("退出会清除本机的内容", make("p", {}, "本机还有未提交的内容（" + left.join("、") + "）。为保护隐私，退出后本机不再保留。"), "清除并退出", leave);
});

// Sessions end at a fixed moment; five minutes before, a bar says so and offers to stay.
const ends = Number(one('meta[name="session-ends"]').content);
function watchEnd() {
  const bar = one("#session-notice");
  const left = ends - Date.now();
  if (!ends || left > 2147000000) return;
  setTimeout(() => {
    fill(bar, make("span", {}, "登录将在5分钟内过期，内容会保留。"), smallButton("现在重新登录", renew));
    show(bar, true);
  }, Math.max(0, left - WARN_MS));

  async function renew() {
    await signInAgain();
    location.reload();
  }
}
watchEnd();

document.addEventListener("zhibi:network", (event) => document.body.classList.toggle("offline", !event.detail.there));
window.addEventListener("online", () => ask("GET", "/api/v1/session").catch(() => null));
