// How far the draft is, for how long it has been written, and the button that stops it.

import { announce, one, show } from "./dom.js";

const LATE_SECONDS = 20;

export function progress(onStop) {
  const box = one("#progress");
  const text = one("#progress-text");
  const time = one("#progress-time");
  const stopping = one("#stop");
  let begun = 0;
  let ticking = null;
  let told = -1;
  let whole = new Set();
  let begunParts = new Set();

  stopping.addEventListener("click", async () => {
    stopping.disabled = true;
    stopping.textContent = "正在停止……";
    // Where the stop did not get through, it can be asked again.
    if (!(await onStop())) ready();
  });

  function ready() {
    stopping.disabled = false;
    stopping.textContent = "停止";
  }

  function tick() {
    const seconds = Math.floor((Date.now() - begun) / 1000);
    time.textContent = "已用 " + seconds + " 秒";
    show(one("#progress-late"), seconds >= LATE_SECONDS);
  }

  return {
    // `since` are the seconds that went by before this page was opened.
    start(waiting, since) {
      begun = Date.now() - since * 1000;
      told = -1;
      whole = new Set();
      begunParts = new Set();
      text.textContent = waiting ? "前面还有" + waiting + "份在起草" : "正在起草";
      one("#progress-fill").style.width = "4%";
      ready();
      show(box, true);
      clearInterval(ticking);
      ticking = setInterval(tick, 1000);
      tick();
    },
    stage(body) {
      if (body.message) text.textContent = body.message;
    },
    // Sections are written side by side and end in any order, so those that are whole are counted: it never goes back.
    section(body) {
      const total = Number(body.total) || 0;
      begunParts.add(body.index);
      if (body.complete) whole.add(body.index);
      text.textContent = "已写好" + whole.size + (total ? "/" + total : "") + "节";
      if (total) one("#progress-fill").style.width = Math.round((50 * (whole.size + begunParts.size)) / total) + "%";
      // One message a section, never one a word.
      if (told !== body.index && body.heading) announce("正在写：" + body.heading);
      told = body.index;
    },
    cut() {
      text.textContent = "连接中断，正在重新连接（起草在继续）";
    },
    connected() {
      if (text.textContent.startsWith("连接中断")) text.textContent = "正在起草";
    },
    stop() {
      clearInterval(ticking);
      show(box, false);
    },
  };
}
