// Every act on a draft stores a new version over the one that is shown, can be taken back, and never writes over another's.

import { ask, Failure } from "./api.js";
import { mergeWindow } from "./conflict.js";
import { clockText, toast } from "./dom.js";

export function plainSections(draft) {
  return draft.sections.map((section) => ({ heading: section.heading, text: section.text }));
}

export function plainBody(draft) {
  return { title: draft.title, sections: plainSections(draft), supplements: draft.supplements || [] };
}

// `desk` gives `whole()` and takes a fresh draft by `take(draft)`; `told()` after the steps that can be taken back changed.
export function changesOf(desk) {
  const back = [];
  let queue = Promise.resolve();

  // One change after the other: the second is made over the version that the first one gave.
  function change(edit, reason) {
    const next = queue.then(() => store(edit, reason));
    queue = next.catch(() => null);
    return next;
  }

  // What must not run while a change is under way.
  function alone(act) {
    queue = queue.then(act).catch(() => null);
  }

  // Gives true, or throws a Failure; on a conflict both versions are shown and the promise gives false.
  async function store(edit, reason, isUndo) {
    const whole = desk.whole();
    const before = plainBody(whole.draft);
    const wanted = Object.assign({}, before, typeof edit === "function" ? edit(before) : edit);
    try {
      const fresh = await patch(whole.version, wanted, reason);
      if (!isUndo) back.push(before);
      desk.take(fresh);
      const said = "已保存为第" + fresh.version + "版 " + clockText(new Date());
      if (isUndo) toast("已撤销，" + said);
      else toast(said, undo);
      return true;
    } catch (error) {
      if (!(error instanceof Failure) || error.status !== 409 || error.detail.version === undefined) throw error;
      await settle(before, wanted, reason, error);
      return false;
    }
  }

  function patch(version, wanted, reason) {
    return ask("PATCH", "/api/v1/drafts/" + desk.whole().id, Object.assign({ reason }, wanted), { "If-Match": '"' + version + '"' });
  }

  async function settle(base, mine, reason, error) {
    const newest = await ask("GET", "/api/v1/drafts/" + desk.whole().id);
    const theirs = plainBody(newest.draft);
    mergeWindow({
      base,
      mine,
      theirs,
      told: error.message,
      take: () => {
        desk.take(newest);
        toast("已换成对方的版本。");
      },
      async store(merged) {
        const lines = theirs.supplements.concat(mine.supplements.filter((line) => !theirs.supplements.includes(line)));
        try {
          const fresh = await patch(newest.version, Object.assign({ supplements: lines }, merged), reason + "（合并）");
          back.push(theirs);
          desk.take(fresh);
          toast("已合并为第" + fresh.version + "版 " + clockText(new Date()));
          return true;
        } catch (again) {
          if (!(again instanceof Failure)) throw again;
          toast(again.message);
          return false;
        }
      },
    });
  }

  async function undo() {
    const kept = back.pop();
    if (!kept) return;
    try {
      await store(kept, "撤销上一步", true);
    } catch (error) {
      back.push(kept);
      if (!(error instanceof Failure)) throw error;
      toast(error.message);
    }
  }

  return {
    change,
    undo,
    alone,
    forgetSteps: () => { back.length = 0; },
    get canUndo() {
      return back.length > 0;
    },
  };
}
