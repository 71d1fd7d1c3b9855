// The drafting page: notes on the left; on the right first what to write, then the draft as it arrives, then its check.

import { ask, Failure, requestWord } from "./api.js";
import { autosave } from "./autosave.js";
import { announce, clockText, make, one, fill, show } from "./dom.js";
import { factsPanel } from "./facts.js";
import { notesPane } from "./notes-pane.js";
import { numberedLines } from "./points.js";
import { openFile } from "./open-file.js";
import { resultView } from "./result.js";
import { setupForm } from "./setup.js";

const page = JSON.parse(one("#page-values").textContent);
const saved = one("#notes-saved");
const store = autosave(page.account.name, (text) => {
  saved.textContent = text;
});
const notes = notesPane((event) => {
  store.keep(notes.value);
  if (facts) facts.later(event);
});
const result = resultView(page, notes);
let facts = null;
store.forgetOthers();

if (page.draft) openDraft(page.draft);
else openSetup();
switchPanes();

function openDraft(draft) {
  notes.set(draft.notes);
  notes.freeze();
  show(one("#notes-again"), true);
  show(one("#notes-open-file"), false);
  one("#notes-again").addEventListener("click", () => {
    store.keep(draftNotes(draft));
    window.dispatchEvent(new Event("pagehide"));
    sessionStorage.setItem("zhibi.again", JSON.stringify(Object.assign({ genre: draft.genre }, draft.request)));
    location.href = "/";
  });
  result.open(draft);
}

// Answers given to questions become lines of the notes, so a new draft rests on them too.
function draftNotes(draft) {
  const more = (draft.draft && draft.draft.supplements) || [];
  return more.length ? draft.notes.replace(/\n*$/, "\n") + more.join("\n") : draft.notes;
}

function openSetup() {
  const form = setupForm(start);
  facts = factsPanel(notes, page.limit, form.period);
  one("#period").addEventListener("input", facts.later);
  openFile(one("#notes-open-file"), one("#notes-file"), one("#notes-scroll"), (text) => {
    notes.set(notes.value ? notes.value.replace(/\n*$/, "\n") + text : text);
    store.keep(notes.value);
    facts.later();
  }, form.refuse);
  const again = sessionStorage.getItem("zhibi.again");
  const kept = store.found();
  if (again && kept) {
    sessionStorage.removeItem("zhibi.again");
    form.fill(JSON.parse(again));
    notes.set(kept.text);
    facts.now();
  } else if (kept) {
    offerRecovery(kept);
  } else {
    notes.set(notes.value);
    if (notes.value) facts.now();
  }
  if (!notes.value) notes.focus();

  async function start(asked) {
    const text = notes.value;
    if (!text.trim()) return refuse("笔记中没有找到可用的事实（时间、数量、活动）。请补充后再起草。", one("#notes"));
    form.busy(true);
    const word = requestWord();
    try {
      const made = await ask("POST", "/api/v1/drafts", Object.assign({ notes: text }, asked), { "Idempotency-Key": word });
      store.forget();
      const draft = await ask("GET", "/api/v1/drafts/" + made.id);
      history.pushState({}, "", "/drafts/" + made.id);
      window.addEventListener("popstate", () => location.reload());
      show(one("#setup"), false);
      saved.textContent = "笔记已保存 " + clockText(new Date());
      one("#tab-draft").textContent = "稿件";
      openDraft(draft);
      one("#tab-draft").click();
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      refuse(error.message);
    } finally {
      form.busy(false);
    }
    return undefined;
  }

  function refuse(text, field) {
    form.refuse(text, field);
    one("#setup-failure").scrollIntoView({ block: "nearest" });
  }
}

function offerRecovery(kept) {
  const bar = one("#recovery");
  const lines = numberedLines(kept.text);
  const close = () => show(bar, false);
  fill(
    bar,
    make("span", {}, "发现本机未提交的笔记（" + clockText(new Date(kept.at)) + "，" + lines.length + "行，开头是“" + (lines.find((line) => line.trim()) || "").slice(0, 20) + "”）。"),
    make("button", { type: "button", class: "small-button strong", on: { click: () => { notes.set(kept.text); facts.now(); close(); announce("已恢复笔记"); } } }, "恢复"),
    make("button", { type: "button", class: "small-button", on: { click: () => { store.forget(); close(); notes.focus(); } } }, "放弃")
  );
  show(bar, true);
}

// Below 1100 px notes and draft take turns.
function switchPanes() {
  const tabs = [one("#tab-notes"), one("#tab-draft")];
  const choose = (index) => {
    tabs.forEach((tab, at) => tab.setAttribute("aria-selected", String(at === index)));
    document.body.classList.toggle("showing-right", index === 1);
  };
  tabs.forEach((tab, index) => tab.addEventListener("click", () => choose(index)));
  document.addEventListener("zhibi:show-notes", () => {
    if (getComputedStyle(one(".pane-switch")).display !== "none") choose(0);
  });
  if (page.draft) choose(1);
}
