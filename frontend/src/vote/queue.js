// Answers wait here, in order, until the server has received them. They survive sleep, reload and no network.

const PREFIX = "samskap.votes.";
const LONGEST_WAIT_MS = 30_000;
const KEPT_REFUSALS = new Set(["closed", "ticket_too_weak"]);

/** Delete everything that this site has kept on the phone about answers. */
export function forgetEverything() {
  try {
    Object.keys(localStorage).filter((name) => name.startsWith("samskap.votes.") || name.startsWith("samskap.draft."))
      .forEach((name) => localStorage.removeItem(name));
  } catch { /* no storage, so nothing is kept */ }
}

export function newKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  // Only on plain http in a local network, where randomUUID is missing.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** A queue of `{id, kind, ...fields}`; `send(item)` resolves to `{received}`, `{refused}` or `{stale}`, or rejects. */
export class Queue {
  constructor(conversation, { send, changed }) {
    this.name = PREFIX + conversation;
    this.send = send;
    this.changed = changed;
    this.memory = [];
    this.sending = null;
    this.tries = 0;
    this.timer = 0;
    const again = () => { this.tries = 0; this.flush(); };
    addEventListener("online", again);
    addEventListener("pageshow", again);
    addEventListener("storage", (event) => event.key === this.name && this.changed({}));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
    // What was refused because it was closed is tried again when the page is loaded anew.
    this.write(this.items.map((item) => ({ ...item, refused: undefined })));
  }

  get items() {
    try {
      return JSON.parse(localStorage.getItem(this.name)) ?? [];
    } catch {
      return this.memory;
    }
  }

  get waiting() {
    return this.items.filter((item) => !item.refused);
  }

  get refused() {
    return this.items.filter((item) => item.refused);
  }

  write(items) {
    this.memory = items;
    try {
      if (items.length) localStorage.setItem(this.name, JSON.stringify(items));
      else localStorage.removeItem(this.name);
    } catch { /* private mode or a full disk: the answers wait in this tab */ }
  }

  /** Keep first, send after: the order of the two lines is the promise "saved on this phone". */
  add(item) {
    this.write([...this.items, item]);
    this.changed({});
    this.flush();
  }

  /** Take back what has not been sent; false where it is on its way or there already. */
  drop(statement) {
    const found = this.items.findLast?.((item) => item.kind === "vote" && item.statement === statement && item.id !== this.sending);
    if (!found) return false;
    this.write(this.items.filter((item) => item.id !== found.id));
    this.changed({});
    return true;
  }

  flush() {
    clearTimeout(this.timer);
    // One sender for all tabs, so that answers arrive in the order they were given.
    if (navigator.locks) navigator.locks.request(this.name, () => this.drain());
    else this.drain();
  }

  async drain() {
    if (this.sending) return;
    for (let item = this.waiting[0]; item; item = this.waiting[0]) {
      this.sending = item.id;
      let outcome;
      try {
        outcome = await this.send(item);
      } catch {
        outcome = { failed: true };
      }
      this.sending = null;
      if (outcome.failed || outcome.stale) {
        if (outcome.failed) this.later();
        this.changed(outcome);
        return;
      }
      this.tries = 0;
      this.settle(item, outcome);
      this.changed({ ...outcome, item });
    }
  }

  settle(item, outcome) {
    if (outcome.refused && KEPT_REFUSALS.has(outcome.refused.code)) {
      this.write(this.items.map((one) => (one.refused ? one : { ...one, refused: outcome.refused })));
    } else {
      this.write(this.items.filter((one) => one.id !== item.id));
    }
  }

  later() {
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** this.tries) * (0.5 + Math.random());
    this.tries += 1;
    this.timer = setTimeout(() => this.flush(), wait);
  }
}
