// The events of one draft. One stream a tab; it is let go while the tab is hidden, since a browser has six to a server,
// and taken up again after the last event seen.

const SILENCE_MS = 25000;
const KINDS = ["stage", "section", "finding", "state", "done", "failed"];

// `after` is the last event already seen; `hear(kind, body, number)`. The caller closes it once the draft is done: an end
// that is told may be that of an earlier run.
export function follow(draftId, after, hear) {
  let source = null;
  let last = after;
  let guard = null;
  let closed = false;

  function open() {
    if (closed || document.hidden || source) return;
    const mine = new EventSource("/api/v1/drafts/" + draftId + "/events" + (last ? "?after=" + last : ""));
    source = mine;
    for (const kind of KINDS) {
      mine.addEventListener(kind, (event) => {
        last = Number(event.lastEventId) || last;
        alive();
        let body;
        try {
          body = JSON.parse(event.data);
        } catch (error) {
          return;
        }
        hear(kind, body, last);
      });
    }
    mine.addEventListener("open", () => {
      alive();
      hear("connected", {});
    });
    mine.addEventListener("error", () => {
      if (closed || source !== mine) return;
      hear("cut", {});
      // A closed source never asks again by itself: the server said 204, or 503, or the session ended.
      if (mine.readyState === EventSource.CLOSED) {
        source = null;
        hear("over", {});
      }
    });
    alive();
  }

  // The server gives a sign of life every ten seconds, but not to scripts; only real events count here, so this only
  // asks whether the draft is finished, which is cheap.
  function alive() {
    clearTimeout(guard);
    guard = setTimeout(() => {
      if (!document.hidden) hear("quiet", {});
      open();
      alive();
    }, SILENCE_MS);
  }

  function letGo() {
    if (source) source.close();
    source = null;
  }

  function onVisibility() {
    if (document.hidden) letGo();
    else open();
  }

  function close() {
    closed = true;
    clearTimeout(guard);
    letGo();
    document.removeEventListener("visibilitychange", onVisibility);
    window.removeEventListener("pagehide", letGo);
  }

  document.addEventListener("visibilitychange", onVisibility);
  window.addEventListener("pagehide", letGo);
  open();
  return { close, reopen: open };
}
