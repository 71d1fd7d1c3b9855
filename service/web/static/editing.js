// Changing a section in place. A newer version by someone else is never overwritten: both stay in sight.

import { ask, Failure } from "./api.js";
import { composing, fill, make, one } from "./dom.js";

export async function save(draft, version, change) {
  const headers = { "If-Match": '"' + version + '"' };
  return ask("PATCH", "/api/v1/drafts/" + draft.id, change, headers);
}

export function plainSections(draft) {
  return draft.sections.map((section) => ({ heading: section.heading, text: section.text }));
}

// A text box in place of the section's paragraphs; `done(text)` saves, and may throw a Failure.
export function editInPlace(index, section, done, cancel) {
  const holder = one('.paper-section[data-index="' + index + '"]');
  const box = make("textarea", { class: "edit-box", spellcheck: "false", "aria-label": "编辑" + (section.heading || "正文") });
  box.value = section.text;
  const said = make("p", { class: "failure", role: "alert", hidden: true });
  const keep = make("button", { type: "button", class: "main" }, "保存本节");
  const drop = make("button", { type: "button", class: "small-button" }, "取消");
  const newest = make("a", { class: "small-button", target: "_blank", href: location.pathname, hidden: true }, "查看最新版本");
  const hint = make("span", { class: "quiet small" }, "Ctrl+S 保存 · Esc 取消");
  const heading = section.heading ? make("h3", { class: "paper-heading" }, section.heading) : null;
  fill(holder, heading, box, said, make("div", { class: "edit-acts" }, keep, drop, newest, hint));
  holder.classList.add("editing");
  fit();
  box.focus({ preventScroll: true });

  async function store() {
    keep.disabled = true;
    keep.textContent = "正在保存……";
    try {
      await done(box.value.replace(/\s+$/, ""));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      said.textContent = error.message;
      said.hidden = false;
      newest.hidden = error.status !== 409;
      keep.disabled = false;
      keep.textContent = "保存本节";
    }
  }

  function fit() {
    box.style.height = "auto";
    box.style.height = box.scrollHeight + 4 + "px";
  }

  keep.addEventListener("click", store);
  drop.addEventListener("click", cancel);
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      store();
    } else if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      if (box.value === section.text) cancel();
      else {
        said.textContent = "有改动还没有保存。请先保存，或点“取消”放弃。";
        said.hidden = false;
      }
    }
  });
  return { changed: () => document.contains(box) && box.value !== section.text };
}

// One line in place of the title; `done(title)` saves.
export function editTitleInPlace(title, done, cancel) {
  const holder = one("#paper .paper-title");
  const box = make("input", { class: "edit-title", "aria-label": "标题", maxlength: "200" });
  box.value = title;
  const said = make("p", { class: "failure", role: "alert" });
  const keep = make("button", { type: "button", class: "small-button strong" }, "保存标题");
  const drop = make("button", { type: "button", class: "small-button" }, "取消");
  fill(holder, box, said, make("div", { class: "edit-acts" }, keep, drop));
  box.focus();
  box.select();

  async function store() {
    if (!box.value.trim()) return;
    keep.disabled = true;
    try {
      await done(box.value.trim());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      said.textContent = error.message;
      keep.disabled = false;
    }
  }

  keep.addEventListener("click", store);
  drop.addEventListener("click", cancel);
  box.addEventListener("keydown", (event) => {
    if (composing(event)) return;
    if (event.key === "Enter") store();
    else if (event.key === "Escape") {
      event.stopPropagation();
      cancel();
    }
  });
  return { changed: () => document.contains(box) && box.value !== title };
}
