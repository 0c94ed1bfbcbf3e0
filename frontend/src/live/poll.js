// Asking for the live state, kindly: at the pace the server says, never two at once, at once on wake.

const LOST_AFTER_MS = 10_000;
const HIDDEN_MS = 30_000;
const TIMEOUT_MS = 8_000;
const SLOWEST_RETRY_MS = 30_000;

/** A number near `ms`: ±20 %, so that phones that woke together do not ask together for ever. */
export const jittered = (ms) => ms * (0.8 + Math.random() * 0.4);

/**
 * Ask `address` again and again. `pace(state)` gives the milliseconds to the next question; `sleeps` says that a
 * hidden page asks seldom. `onState(state)` gets every answer, `onContact(bool)` is told when contact is lost for ten
 * seconds and when it is back. `credentials` goes along where the answer depends on who asks. The browser keeps the ETag: an answer that has not changed costs a few bytes.
 */
export function follow(address, { pace, onState, onContact = () => {}, sleeps = true, first = 0, credentials = "omit" }) {
  let timer = 0;
  let asking = false;
  let failures = 0;
  let heard = Date.now();
  let lost = false;

  const hidden = () => sleeps && document.visibilityState === "hidden";

  function later(ms) {
    clearTimeout(timer);
    timer = setTimeout(ask, jittered(hidden() ? Math.max(ms, HIDDEN_MS) : ms));
  }

  function tell(isLost) {
    if (isLost === lost) return;
    lost = isLost;
    onContact(!lost);
  }

  async function ask() {
    if (asking) return;
    asking = true;
    const stop = new AbortController();
    const timeout = setTimeout(() => stop.abort(), TIMEOUT_MS);
    let state = null;
    try {
      const answer = await fetch(address, { cache: "no-cache", credentials, signal: stop.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      state = await answer.json();
    } catch {
      state = null;
    }
    clearTimeout(timeout);
    asking = false;
    if (state) {
      failures = 0;
      heard = Date.now();
      tell(false);
      onState(state);
      later(pace(state));
    } else {
      failures += 1;
      tell(Date.now() - heard > LOST_AFTER_MS && document.visibilityState === "visible");
      later(Math.min(SLOWEST_RETRY_MS, 1000 * 2 ** (failures - 1)));
    }
  }

  function wake() {
    if (document.visibilityState !== "visible") return;
    failures = 0;
    heard = Math.max(heard, Date.now() - LOST_AFTER_MS + 3000); // a phone that wakes gets three seconds to find its network
    clearTimeout(timer);
    ask();
  }

  document.addEventListener("visibilitychange", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", (event) => event.persisted && wake());
  later(first);
  return { ask: wake };
}

/** Put the counts of the state where the page shows them. */
export function showCounts(state) {
  for (const place of document.querySelectorAll("[data-count]")) {
    const count = state[place.dataset.count];
    const text = count === null || count === undefined ? "–" : String(count);
    if (place.textContent !== text) place.textContent = text;
  }
}

/** Show or hide the calm line about lost contact. */
export function showContact(ok) {
  const line = document.getElementById("contact");
  if (!line) return;
  line.hidden = ok;
  if (!ok) say(line.textContent.trim());
}

/** Say a text once to those who listen. */
export function say(text) {
  if (text) document.dispatchEvent(new CustomEvent("samskap:say", { detail: text }));
}

/** The sentence that a fragment wants said, on one line. */
export const saying = (part) => (part?.dataset.say ?? "").replace(/\s+/g, " ").trim();

/** Fetch a fragment of HTML; null where it did not come. */
export async function fetchFragment(address, options = {}) {
  try {
    const answer = await fetch(address, options);
    return answer.ok && !answer.redirected ? await answer.text() : null;
  } catch {
    return null;
  }
}

/**
 * Put the fragment in the place of the element with its id. Focus, and what somebody is typing, stay where they were;
 * where the focused thing is gone, focus goes to the heading. Returns the new element, or null.
 */
export function swap(id, html) {
  const old = document.getElementById(id);
  const box = document.createElement("template");
  box.innerHTML = html;
  const fresh = box.content.getElementById(id);
  if (!old || !fresh) return null;
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const typed = [...old.querySelectorAll("input:not([type=hidden]), textarea")].map((field) => [field.id, field.value]);
  const open = [...old.querySelectorAll("details[open][id]")].map((part) => part.id);
  const at = focused && "selectionStart" in focused ? focused.selectionStart : null;
  old.replaceWith(fresh);
  for (const [name, value] of typed) {
    const field = name && document.getElementById(name);
    if (field && value) field.value = value;
  }
  for (const name of open) document.getElementById(name)?.setAttribute("open", "");
  if (focused) {
    const again = (focused.id && document.getElementById(focused.id)) || fresh.querySelector("[tabindex='-1']");
    again?.focus({ preventScroll: true });
    if (again === document.activeElement && at !== null && again.setSelectionRange) again.setSelectionRange(at, at);
  }
  return fresh;
}
