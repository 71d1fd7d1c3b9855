// A Word file that a person edited, read back: what was changed in it, how that stands with the notes, and the next
// version made of it. Nothing is stored before the person says so.

import { ask, Failure } from "./api.js";
import { drawDiff } from "./diff.js";
import { openDialog } from "./dialog.js";
import { make, one, toast } from "./dom.js";
import { takesDrops } from "./open-file.js";

const KINDS = { changed: "改", added: "增", removed: "删" };
const MOST_SHOWN = 100;
const JUDGED = { block: "必须处理", warn: "需要核实", undecided: "无法判断" };

// `desk` is {whole, canEdit, refuseOpen, changes, act, verdicts}.
export function wordBack(desk) {
  const button = one("#read-word");
  const input = one("#word-file");
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const file = input.files[0];
    if (file) read(file);
    input.value = "";
  });
  takesDrops(one("#right-pane"), (files) => {
    if (button.hidden) return;
    if (files.length > 1) toast("一次读回一个 Word 文件。");
    else read(files[0]);
  });

  async function read(file) {
    if (desk.refuseOpen()) return;
    button.disabled = true;
    const form = new FormData();
    form.append("file", file);
    await desk.act(async () => {
      const found = await ask("POST", "/api/v1/drafts/" + desk.whole().id + "/word", form);
      if (found.version === desk.whole().version) compare(found, file.name);
      else toast("稿件刚有新版本，请再读一次。");
    });
    button.disabled = false;
  }

  function compare(found, name) {
    const body = [make("p", { class: "quiet" }, "与第" + found.version + "版比较，Word 里的修订按已接受算。" + found.warnings.join(""))];
    if (!found.changes.length) {
      openDialog({ title: "“" + name + "”没有改动", body, actions: [{ text: "关闭" }] });
      return;
    }
    body.push(make("ul", { class: "word-changes" }, found.changes.slice(0, MOST_SHOWN).map(changeRow)));
    if (found.changes.length > MOST_SHOWN) body.push(make("p", { class: "quiet" }, "……另有" + (found.changes.length - MOST_SHOWN) + "处。"));
    body.push(...judged(found.check));
    const said = make("p", { class: "failure", role: "alert" });
    body.push(said);
    const store = async () => {
      try {
        await desk.changes.change({ title: found.title, sections: found.sections }, "按 Word 文件修改");
        return true;
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        said.textContent = error.message;
        return false;
      }
    };
    openDialog({
      title: "“" + name + "”改了" + found.changes.length + "处",
      wide: true,
      body,
      actions: [{ text: "取消" }, { text: "存为新版本", main: true, act: store }],
    });
  }

  function changeRow(change) {
    return make("li", {}, make("span", { class: "change-kind" }, KINDS[change.kind]),
      make("div", { class: "diff" }, drawDiff(change.before || "", change.after || "")));
  }

  // How the file as it stands bears on the notes: what would be open in the next version.
  function judged(check) {
    const open = check.findings.filter((each) => each.band !== "pass");
    if (!open.length) return [make("p", {}, "重新核对：每个数字都有依据。")];
    return [make("p", {}, "重新核对后有" + open.length + "处待处理："), make("ul", { class: "rows-list" }, open.slice(0, MOST_SHOWN).map((each) =>
      make("li", {}, make("b", {}, each.text), make("span", { class: "verdict verdict-" + each.band }, (desk.verdicts[each.verdict] || {}).name || JUDGED[each.band]),
        make("span", { class: "row-message" }, each.message))))];
  }

  return {
    draw() {
      const shown = desk.canEdit();
      button.hidden = !shown;
      input.disabled = !shown;
    },
  };
}
