// What a person is in the middle of, kept on this machine: IndexedDB where it answers, localStorage where it does not.
// A key is account and place ("new" for notes not yet handed in, a draft's id for an edit).

const NAME = "zhibi";
const SHELF = "kept";
const PREFIX = "zhibi.kept.";
const PATIENCE_MS = 1500;
let opening = null;

function database() {
  if (!opening) {
    opening = new Promise((resolve) => {
      // A private window or a full disk may leave the request unanswered.
      const late = setTimeout(() => resolve(null), PATIENCE_MS);
      let request;
      try {
        request = indexedDB.open(NAME, 1);
      } catch (error) {
        resolve(null);
        return;
      }
      request.onupgradeneeded = () => request.result.createObjectStore(SHELF);
      request.onsuccess = () => { clearTimeout(late); resolve(request.result); };
      request.onerror = () => { clearTimeout(late); resolve(null); };
      request.onblocked = () => { clearTimeout(late); resolve(null); };
    });
  }
  return opening;
}

async function withShelf(mode, act) {
  const found = await database();
  if (!found) return null;
  return new Promise((resolve, reject) => {
    const transaction = found.transaction(SHELF, mode);
    const request = act(transaction.objectStore(SHELF));
    transaction.oncomplete = () => resolve({ value: request ? request.result : undefined });
    transaction.onerror = () => reject(transaction.error);
    transaction.onabort = () => reject(transaction.error);
  });
}

const keyOf = (account, place) => account + "\n" + place;

export async function keep(account, place, value) {
  const key = keyOf(account, place);
  try {
    if (await withShelf("readwrite", (shelf) => shelf.put(value, key))) return;
  } catch (error) {
    // The other shelf may still have room.
  }
  localStorage.setItem(PREFIX + key, JSON.stringify(value));
}

export async function found(account, place) {
  const key = keyOf(account, place);
  try {
    const kept = await withShelf("readonly", (shelf) => shelf.get(key));
    if (kept && kept.value) return kept.value;
  } catch (error) {
    // Fall through to the other shelf.
  }
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key));
  } catch (error) {
    return null;
  }
}

export async function forget(account, place) {
  const key = keyOf(account, place);
  try {
    await withShelf("readwrite", (shelf) => shelf.delete(key));
  } catch (error) {
    // Nothing kept there then.
  }
  try {
    localStorage.removeItem(PREFIX + key);
  } catch (error) {
    // Nothing kept there either.
  }
}

async function keys() {
  const all = [];
  try {
    const kept = await withShelf("readonly", (shelf) => shelf.getAllKeys());
    if (kept) all.push(...kept.value);
  } catch (error) {
    // Unreadable is empty.
  }
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) all.push(name.slice(PREFIX.length));
  } catch (error) {
    // Storage may be switched off.
  }
  return Array.from(new Set(all));
}

async function forgetWhere(matches) {
  for (const key of await keys()) {
    const [account, place] = key.split("\n");
    if (matches(account, place)) await forget(account, place);
  }
}

// Names of what `account` has on this machine, for the warning before it goes.
export async function unsavedOf(account) {
  const places = (await keys()).map((key) => key.split("\n")).filter((parts) => parts[0] === account).map((parts) => parts[1]);
  return places.map((place) => (place === "new" ? "未提交的笔记" : "未保存的修改"));
}

export const forgetAll = (account) => forgetWhere((who) => who === account);
export const forgetOthers = (account) => forgetWhere((who) => who !== account);
