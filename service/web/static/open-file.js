// Notes from a file, chosen or dropped: the server reads Word, Excel, PDF and old text files with the corpus's reader.

import { ask, Failure } from "./api.js";
import { numberedLines } from "./points.js";

const LARGEST_BYTES = 20000000;

// `give(files)` gets what is dropped on `place`, which shows that it takes files while one is held over it.
export function takesDrops(place, give) {
  let depth = 0;
  const over = (yes) => place.classList.toggle("dropping", yes);
  const holdsFiles = (event) => Array.from(event.dataTransfer.types).includes("Files");
  place.addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    over(true);
  });
  place.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) over(false);
  });
  place.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  place.addEventListener("drop", (event) => {
    depth = 0;
    over(false);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    give(Array.from(event.dataTransfer.files));
  });
}

// `give(texts, told)` takes what was read, once for all files that came together, with the words that say so;
// `tell(text, bad)` says how it goes.
export function openFile({ button, input, dropPlace, give, tell }) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    readAll(Array.from(input.files));
    input.value = "";
  });
  takesDrops(dropPlace, readAll);

  // Every file ends in one of two lists: what was read, and what was not and why. Neither hides the other.
  async function readAll(files) {
    if (!files.length) return;
    const read = [];
    const refused = [];
    button.disabled = true;
    try {
      for (const [at, file] of files.entries()) {
        tell("正在读取“" + file.name + "”" + (files.length > 1 ? "（" + (at + 1) + "/" + files.length + "）" : "") + "……", false);
        try {
          read.push(await readOne(file));
        } catch (error) {
          if (!(error instanceof Failure)) throw error;
          refused.push(error.message);
        }
      }
    } finally {
      button.disabled = false;
    }
    if (read.length) {
      const lines = read.reduce((all, one) => all + numberedLines(one.text).length, 0);
      const warnings = read.reduce((all, one) => all.concat(one.warnings || []), []);
      give(read.map((one) => one.text), "已读入" + (read.length > 1 ? read.length + "个文件" : "“" + read[0].name + "”") + "，" + lines + "行。" + warnings.join(""));
    }
    tell(refused.join(""), true);
  }

  async function readOne(file) {
    if (file.size > LARGEST_BYTES) throw new Failure(413, { message: "文件“" + file.name + "”超过20MB，不像笔记。请检查，或分次粘贴。" });
    const form = new FormData();
    form.append("file", file);
    const read = await ask("POST", "/api/v1/notes/file", form);
    read.text = read.text.replace(/\r\n?/g, "\n");
    return read;
  }
}
