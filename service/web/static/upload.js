// One file sent with its progress; fetch tells none of it. Failures are those of the one door in api.js.

import { csrfNow, Failure, renewed } from "./api.js";

const NETWORK = "网络已断开，这个文件没有传完。恢复后请重新选择它。";
const UNREADABLE = "服务器的回答无法读取。请稍后刷新页面，看看它是否已经入库。";

// `sent` is told the share from 0 to 1. Asks once to sign in again where the session has ended.
export async function upload(path, file, sent) {
  let answer = await send(path, file, sent);
  if (answer.status === 401) {
    await renewed();
    answer = await send(path, file, sent);
  }
  let value = null;
  try {
    value = JSON.parse(answer.text);
  } catch (error) {
    throw new Failure(answer.status, { message: answer.status ? UNREADABLE + "（代码 " + answer.status + "）" : NETWORK });
  }
  if (answer.status < 200 || answer.status > 299) throw new Failure(answer.status, value);
  return value;
}

function send(path, file, sent) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append("file", file);
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRF-Token", csrfNow());
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) sent(event.loaded / event.total);
    });
    request.addEventListener("load", () => resolve({ status: request.status, text: request.responseText }));
    for (const kind of ["error", "abort", "timeout"]) request.addEventListener(kind, () => resolve({ status: 0, text: "" }));
    request.send(form);
  });
}
