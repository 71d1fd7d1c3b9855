// The drafting page: notes on the left; on the right first what to write, then the draft as it arrives, then its check.

import { one, show } from "./dom.js";
import { intake } from "./intake.js";
import { forgetOthers } from "./kept.js";
import { notesPane } from "./notes-pane.js";
import { resultView } from "./result.js";

const page = JSON.parse(one("#page-values").textContent);
let desk = null;
const notes = notesPane((event) => {
  if (desk) desk.changed(event);
});
const result = resultView(page, notes);
// A shared machine: what whoever used it before left here does not belong to this person.
forgetOthers(page.account.name);
const choosePane = switchPanes();

if (page.draft) openDraft(page.draft);
else {
  desk = intake(page, notes, (draft) => {
    desk = null;
    page.genre = draft.genre;
    show(one("#setup"), false);
    one("#tab-draft").textContent = "稿件";
    openDraft(draft);
  });
}

function openDraft(draft) {
  notes.set(draft.notes);
  notes.freeze();
  show(one("#notes-warnings"), false);
  show(one("#notes-clean-view"), false);
  show(one(".sheet"), true);
  for (const name of ["#notes-open-file", "#notes-clean"]) show(one(name), false);
  one("#notes-file").disabled = true;
  show(one("#notes-again"), true);
  one("#notes-advice").textContent = "原文逐字保存，不会改动。稿件里的每个数字都指向这里的一行。";
  one("#notes-again").addEventListener("click", () => {
    const again = { notes: draftNotes(result.whole), setup: Object.assign({ genre: draft.genre }, draft.request) };
    sessionStorage.setItem("zhibi.again", JSON.stringify(again));
    location.href = "/";
  });
  result.open(draft);
  choosePane(1);
}

// Answers given to questions become lines of the notes, so a new draft rests on them too.
function draftNotes(draft) {
  const more = (draft.draft && draft.draft.supplements) || [];
  return more.length ? draft.notes.replace(/\n*$/, "\n") + more.join("\n") : draft.notes;
}

// Below 1100 px notes and draft take turns.
function switchPanes() {
  const tabs = [one("#tab-notes"), one("#tab-draft")];
  const choose = (index) => {
    tabs.forEach((tab, at) => {
      tab.setAttribute("aria-selected", String(at === index));
      tab.tabIndex = at === index ? 0 : -1;
    });
    document.body.classList.toggle("showing-right", index === 1);
  };
  tabs.forEach((tab, index) => {
    tab.addEventListener("click", () => choose(index));
    tab.addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      choose(1 - index);
      tabs[1 - index].focus();
    });
  });
  document.addEventListener("zhibi:show-notes", () => {
    if (getComputedStyle(one(".pane-switch")).display !== "none") choose(0);
  });
  document.addEventListener("zhibi:show-draft", () => choose(1));
  choose(0);
  return choose;
}
