// Notes from a text file, chosen or dropped: UTF-8 first, then GB18030, which many office machines still write.

export function openFile(button, input, dropPlace, give, refuse) {
  button.addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    if (input.files[0]) read(input.files[0]);
    input.value = "";
  });
  dropPlace.addEventListener("dragover", (event) => {
    if (Array.from(event.dataTransfer.types).includes("Files")) event.preventDefault();
  });
  dropPlace.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    read(event.dataTransfer.files[0]);
  });

  function read(file) {
    if (file.size > 2000000) return refuse("文件“" + file.name + "”超过2MB，不像笔记。请检查，或分次粘贴。");
    const reader = new FileReader();
    reader.addEventListener("load", () => {
      const text = decode(new Uint8Array(reader.result));
      if (text === null) refuse("不能读取“" + file.name + "”：它不是文本文件。Word、Excel 请打开后复制粘贴内容。");
      else give(text);
    });
    reader.addEventListener("error", () => refuse("读取“" + file.name + "”失败。请重新选择。"));
    reader.readAsArrayBuffer(file);
    return undefined;
  }
}

function decode(bytes) {
  if (bytes.indexOf(0) >= 0) return null;
  for (const encoding of ["utf-8", "gb18030"]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/\r\n?/g, "\n");
    } catch (error) {
      // The next encoding may fit.
    }
  }
  return null;
}
