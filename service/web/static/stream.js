// The events of one draft. The browser asks again by itself after a cut and names the last event it saw.

const SILENCE_MS = 25000;

export function follow(draftId, hear) {
  let source = null;
  let last = 0;
  let guard = null;
  let closed = false;

  function open() {
    if (closed) return;
    source = new EventSource("/api/v1/drafts/" + draftId + "/events" + (last ? "?after=" + last : ""));
    for (const kind of ["stage", "section", "finding", "state", "done", "failed"]) {
      source.addEventListener(kind, (event) => {
        last = Number(event.lastEventId) || last;
        alive();
        let body;
        try {
          body = JSON.parse(event.data);
        } catch (error) {
          return;
        }
        if (kind === "done" || kind === "failed") close();
        hear(kind, body);
      });
    }
    source.addEventListener("open", () => {
      alive();
      hear("connected", {});
    });
    source.addEventListener("error", () => {
      if (closed) return;
      hear("cut", {});
      // A closed source never asks again by itself: the server said 204, or the session ended.
      if (source.readyState === EventSource.CLOSED) hear("over", {});
    });
    alive();
  }

  // The server gives a sign of life every ten seconds, but not to scripts; only real events count here, so this only
  // asks whether the draft is finished, which is cheap.
  function alive() {
    clearTimeout(guard);
    guard = setTimeout(() => {
      hear("quiet", {});
      alive();
    }, SILENCE_MS);
  }

  function close() {
    closed = true;
    clearTimeout(guard);
    if (source) source.close();
  }

  open();
  return { close };
}
