// The hall screen: the counts every second, and the rest when something has changed.
import { fetchFragment, follow, say, showContact, showCounts, swap } from "./live/poll.js";

const { live, now, version } = document.currentScript.dataset;

let shown = version;
let fetching = false;

async function refresh() {
  if (fetching) return;
  fetching = true;
  const html = await fetchFragment(now, { cache: "no-store" });
  const part = html && swap("hall-now", html);
  fetching = false;
  if (!part || part.dataset.version === shown) return;
  shown = part.dataset.version;
  say(part.dataset.say.replace(/\s+/g, " ").trim());
}

function onState(state) {
  showCounts(state);
  const answered = document.querySelector("[data-count='answered']")?.closest("div");
  if (answered) answered.hidden = state.answered === null;
  if (state.version !== shown) refresh();
}

// A projector may show a window that the browser thinks is hidden: the hall never sleeps.
follow(live, { pace: (state) => state.hall_ms, onState, onContact: showContact, sleeps: false, first: 500 });

// Keep the screen awake where the browser lets us; asked again when the page comes back.
const stayAwake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
