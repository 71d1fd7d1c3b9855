// Notes from a file, chosen or dropped: the server reads Word, Excel, PDF and old text files with the corpus's reader.

import { ask, Failure } from "./api.js";

const LARGEST_BYTES = 20000000;

// `give(text, name, warnings)` takes the text; `tell(text, bad)` says how it goes.
export function openFile({ button, input, dropPlace, give, tell }) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    readAll(Array.from(input.files));
    input.value = "";
  });
  let depth = 0;
  const over = (yes) => dropPlace.classList.toggle("dropping", yes);
  const holdsFiles = (event) => Array.from(event.dataTransfer.types).includes("Files");
  dropPlace.addEventListener("dragenter", (event) => {
    if (!holdsFiles(event)) return;
    depth += 1;
    over(true);
  });
  dropPlace.addEventListener("dragleave", () => {
    depth = Math.max(0, depth - 1);
    if (!depth) over(false);
  });
  dropPlace.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) event.preventDefault();
  });
  dropPlace.addEventListener("drop", (event) => {
    depth = 0;
    over(false);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    readAll(Array.from(event.dataTransfer.files));
  });

  async function readAll(files) {
    for (const file of files) await read(file);
  }

  async function read(file) {
    if (file.size > LARGEST_BYTES) return tell("文件“" + file.name + "”超过20MB，不像笔记。请检查，或分次粘贴。", true);
    const form = new FormData();
    form.append("file", file);
    tell("正在读取“" + file.name + "”……", false);
    button.disabled = true;
    try {
      const read = await ask("POST", "/api/v1/notes/file", form);
      give(read.text.replace(/\r\n?/g, "\n"), read.name, read.warnings);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      tell(error.message, true);
    } finally {
      button.disabled = false;
    }
    return undefined;
  }
}
