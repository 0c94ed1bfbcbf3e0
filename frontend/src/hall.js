// The hall screen: the counts every second, and the rest when something has changed.
import { fetchFragment, follow, say, saying, showContact, showCounts, swap } from "./live/poll.js";
import { glide, remember } from "./map/moving.js";

const { live, now, version } = document.currentScript.dataset;

let shown = version;
let fetching = false;
let said = saying(document.getElementById("hall-now"));

/** Make what does not fit smaller, in steps that the stylesheet knows. */
function fit() {
  const stage = document.getElementById("hall-now");
  delete stage.dataset.tight;
  for (let step = 1; step <= 6 && document.documentElement.scrollHeight > window.innerHeight + 1; step += 1) {
    stage.dataset.tight = String(step);
  }
}

async function refresh() {
  if (fetching) return;
  fetching = true;
  const html = await fetchFragment(now, { cache: "no-store" });
  const before = remember(document);
  const part = html && swap("hall-now", html);
  fetching = false;
  if (!part) return;
  fit();
  glide(part, before);
  shown = part.dataset.version;
  if (saying(part) === said) return;
  said = saying(part);
  say(said);
}

function onState(state) {
  showCounts(state);
  const answered = document.querySelector("[data-count='answered']")?.closest("div");
  if (answered) answered.hidden = state.answered === null;
  if (state.version !== shown) refresh();
}

// A projector may show a window that the browser thinks is hidden: the hall never sleeps.
follow(live, { pace: (state) => state.hall_ms, onState, onContact: showContact, sleeps: false, first: 500 });

fit();
window.addEventListener("resize", fit);
window.addEventListener("load", fit);

// Keep the screen awake where the browser lets us; asked again when the page comes back.
const stayAwake = () => document.visibilityState === "visible" && navigator.wakeLock?.request("screen").catch(() => {});
document.addEventListener("visibilitychange", stayAwake);
stayAwake();
