// The phone follows the programme: it asks for the small state, and fetches what is on now when that has changed.
import { fetchFragment, follow, jittered, say, saying, showContact, showCounts, swap } from "./live/poll.js";

const { live, now, version, state } = document.currentScript.dataset;
const SPREAD_MS = 400; // five hundred phones do not fetch in the same instant

let shown = version;
let fetching = false;
let said = saying(document.getElementById("now"));

/** Before joining and after the end the whole page is another one. */
const isAnotherPage = (next) => next !== state && !document.getElementById("now");

async function refresh() {
  if (fetching) return;
  fetching = true;
  await new Promise((done) => setTimeout(done, jittered(SPREAD_MS) * Math.random()));
  const html = await fetchFragment(now, { credentials: "omit", cache: "no-cache" });
  const part = html && swap("now", html);
  fetching = false;
  if (!part) return;
  // The copy of another server process may be half a second behind: what counts is what really came.
  shown = part.dataset.version;
  if (saying(part) === said) return;
  said = saying(part);
  say(said);
}

function onState(next) {
  showCounts(next);
  if (isAnotherPage(next.state)) return location.reload();
  if (next.version !== shown && document.getElementById("now")) refresh();
}

follow(live, { pace: (next) => next.phone_ms, onState, onContact: showContact, first: 1500 });
