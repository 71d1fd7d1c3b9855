// Text found on this machine that the page does not show: taken back, given up, or compared first.

import { openDialog } from "./dialog.js";
import { announce, clockText, dayText, fill, make, show, smallButton } from "./dom.js";
import { drawDiff } from "./diff.js";
import { numberedLines } from "./points.js";

export function offerRecovery(bar, { kept, what, current, text, take, drop }) {
  const lines = numberedLines(text);
  const close = () => show(bar, false);
  const yes = () => {
    close();
    take();
    announce("已恢复" + what);
  };
  const no = () => {
    close();
    drop();
  };
  const when = new Date(kept.at);
  const today = dayText(when).split(" ")[0] === dayText(new Date()).split(" ")[0];
  fill(bar,
    make("span", {}, "发现" + (kept.elsewhere ? "服务器上" : "本机") + "未提交的" + what + "（" + (today ? clockText(when) : dayText(when)) + "，" + lines.length + "行，开头是“" + (lines.find((line) => line.trim()) || "").trim().slice(0, 16) + "”）。"),
    smallButton("恢复", yes, { class: "small-button strong" }),
    smallButton("比较", () => openDialog({
      title: "本机内容与当前内容",
      wide: true,
      body: [make("p", { class: "quiet" }, "划线的是当前有、恢复后没有的；加底色的是恢复后才有的。"), make("div", { class: "diff" }, drawDiff(current, text))],
      actions: [{ text: "放弃", act: no }, { text: "恢复", main: true, act: yes }],
    })),
    smallButton("放弃", no));
  show(bar, true);
}
