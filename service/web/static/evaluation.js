// The administrator brings in the blind pairs that `zhibi eval pairs` wrote.

import { ask, Failure } from "./api.js";
import { openDialog } from "./dialog.js";
import { make, one, toast } from "./dom.js";

const input = one("#pairs-file");
one("#pairs-open").addEventListener("click", () => input.click());
input.addEventListener("change", async () => {
  const file = input.files[0];
  input.value = "";
  if (!file) return;
  let found = null;
  try {
    found = JSON.parse(await new Response(file).text());
  } catch (error) {
    found = null;
  }
  if (!found || typeof found.name !== "string" || !Array.isArray(found.pairs) || !found.pairs.length) {
    toast("“" + file.name + "”不是稿件对。请选 zhibi eval pairs 写出的 .json 文件。");
    return;
  }
  bringIn(found);
});

function bringIn(found) {
  const said = make("p", { class: "failure", role: "alert" });
  openDialog({
    title: "导入“" + found.name + "”",
    body: [make("p", {}, "共" + found.pairs.length + "对稿件。导入后每位评测人员都能评；已在里面的不会重复。"), said],
    actions: [{ text: "取消" }, {
      text: "全部导入", main: true,
      act: async () => {
        try {
          await ask("POST", "/api/v1/pairs", { name: found.name, seed: found.seed || 0, pairs: found.pairs });
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          said.textContent = error.message;
          return false;
        }
        location.reload();
        return true;
      },
    }],
  });
}
