// When the session has ended the page stays as it is, text and all; a window over it signs the same person in again.

import { openDialog } from "./dialog.js";
import { make } from "./dom.js";

const OFFLINE = "网络已断开。内容已保存在本机，恢复后会自动上传。";
let asking = null;

function meta(name) {
  const found = document.querySelector('meta[name="' + name + '"]');
  return found ? found.content : "";
}

// Resolves with the new csrf word once the same person has signed in. One window however many requests wait.
export function signInAgain() {
  if (!asking) asking = ask().finally(() => { asking = null; });
  return asking;
}

function ask() {
  return new Promise((resolve) => {
    const who = meta("account");
    const name = make("input", { name: "name", autocomplete: "username", required: true });
    const password = make("input", { name: "password", type: "password", autocomplete: "current-password", autofocus: true });
    const said = make("p", { class: "failure", role: "alert" });
    name.value = who;
    const provider = meta("single-sign-on");
    const form = make("form", { class: "fields" },
      make("label", {}, "用户名", name), make("label", {}, "密码", password), said,
      provider && make("p", {}, make("a", { class: "button", href: "/single-sign-on?next=/account", target: "_blank", rel: "opener" }, "在新窗口用" + provider + "登录")),
      make("p", { class: "quiet small" }, "没有密码？", make("a", { href: "/sign-in", target: "_blank", rel: "opener" }, "在新窗口用登录链接登录"), "，再回到这里点“我已登录”。"));

    async function check(silent) {
      const response = await fetch("/api/v1/session", { credentials: "same-origin" }).catch(() => null);
      if (!response || !response.ok) {
        if (!silent) said.textContent = response ? "还没有登录成功。请检查用户名和密码。" : OFFLINE;
        return false;
      }
      const found = await response.json();
      if (who && found.name !== who) {
        // Another person's session must not store this person's text.
        said.textContent = "现在登录的是“" + found.name + "”，不是“" + who + "”。请用“" + who + "”登录；本页内容保留在本机。";
        return false;
      }
      resolve(found);
      return true;
    }

    async function signIn() {
      said.textContent = "";
      const body = new URLSearchParams({ name: name.value, password: password.value, next: "/account" });
      const response = await fetch("/sign-in", { method: "POST", body, credentials: "same-origin" }).catch(() => null);
      if (!response) {
        said.textContent = OFFLINE;
        return false;
      }
      if (!response.ok) {
        const page = new DOMParser().parseFromString(await response.text(), "text/html");
        const told = page.querySelector("[role=alert]");
        said.textContent = told ? told.textContent : "登录没有成功（代码 " + response.status + "）。请重试。";
        password.select();
        return false;
      }
      return check(false);
    }

    // Whoever signed in in another window comes back to this one, and finds it gone on by itself.
    const lookAgain = async () => {
      if (await check(true)) opened.close();
    };
    window.addEventListener("focus", lookAgain);

    form.addEventListener("submit", (event) => event.preventDefault());
    const opened = openDialog({
      title: "登录已过期，请重新登录",
      lasting: true,
      onClose: () => window.removeEventListener("focus", lookAgain),
      body: [make("p", {}, "您填写的内容仍在，登录后继续提交。"), form],
      actions: [
        { text: "我已登录，继续", act: () => check(false) },
        { text: "登录", main: true, act: signIn },
      ],
    });
  });
}
