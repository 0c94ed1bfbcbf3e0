// The page of a direction follows the conversation while people answer: what has changed is put in place, and the
// reader's focus, scroll, open parts and half-typed words stay. Without script the page is read again by hand.
import { follow, say } from "./live/poll.js";
import { glide, remember } from "./map/moving.js";

const { state, map, every, said } = document.currentScript.dataset;
const FOCUSABLE = "a[href], button, input, select, textarea, summary, [tabindex]";

let shown = map;
let fetching = false;

const live = () => [...document.querySelectorAll("[data-live][id]")];

/** The part at the top of the window: it stays where it is, whatever grows above it. */
const anchor = () => live().find((part) => part.getBoundingClientRect().bottom > 0);

async function fetchPage() {
  try {
    const answer = await fetch(location.href, { cache: "no-store", credentials: "same-origin" });
    return answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html") : null;
  } catch {
    return null;
  }
}

/** Put one part in place of the old one, and give back what the reader had there. */
function replace(old, fresh) {
  const places = [...old.querySelectorAll(FOCUSABLE)];
  const focused = places.indexOf(document.activeElement);
  const open = [...old.querySelectorAll("details")].map((part) => part.open);
  const typed = [...old.querySelectorAll("input[id], select[id]")].map((field) => [field.id, field.value]);
  const before = remember(old);
  const part = document.importNode(fresh, true);
  const target = focused < 0 ? null : sameAs(places[focused], focused, [...part.querySelectorAll(FOCUSABLE)]);
  old.replaceWith(part);
  [...part.querySelectorAll("details")].forEach((each, at) => {
    each.open = open[at] ?? each.open;
  });
  for (const [id, value] of typed) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
  target?.focus({ preventScroll: true });
  glide(part, before);
}

const sameAs = (was, at, among) =>
  among.find((one) => was.id && one.id === was.id) ??
  among.find((one) => one.tagName === was.tagName && one.getAttribute("href") === was.getAttribute("href")) ??
  among[Math.min(at, among.length - 1)];

async function refresh(next) {
  if (fetching) return;
  fetching = true;
  const page = await fetchPage();
  fetching = false;
  if (!page) return;
  if (!page.querySelector("[data-live]")) return location.reload(); // hidden again: nothing of it stays on the screen
  shown = next;
  const kept = anchor();
  const top = kept?.getBoundingClientRect().top ?? 0;
  let changed = false;
  for (const old of live()) {
    const fresh = page.getElementById(old.id);
    if (!fresh || old.isEqualNode(fresh)) continue;
    replace(old, fresh);
    changed = true;
  }
  const now = kept && document.getElementById(kept.id);
  if (now) window.scrollBy({ top: now.getBoundingClientRect().top - top, behavior: "instant" });
  if (changed) say(said);
}

function onState(next) {
  const found = next.map === null ? "" : String(next.map);
  if (found === shown) return;
  if (!found || !shown) location.reload(); // shown for the first time, or hidden
  else refresh(found);
}

follow(state, { pace: () => Number(every), onState, credentials: "same-origin", first: Number(every) });
