// The host console: every step is a form; here it is sent without loading the page, and what changed is put in.
import { fetchFragment, follow, say, saying, showContact, showCounts, swap } from "./live/poll.js";

const { live, now, version, failed } = document.currentScript.dataset;
const HEADERS = { "X-Samskap-Fragment": "console" };

let shown = version;
let busy = false;

function put(html) {
  const part = html && swap("console", html);
  if (!part) return false;
  shown = part.dataset.version;
  say(saying(part));
  return true;
}

async function refresh() {
  if (busy) return;
  busy = true;
  put(await fetchFragment(now, { headers: HEADERS, cache: "no-store" }));
  busy = false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.matches("form[data-step]") || event.defaultPrevented) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const body = new FormData(form, event.submitter);
  event.submitter?.setAttribute("aria-busy", "true");
  const text = form.querySelector("input[name=text]:not([type=hidden])");
  const said = text?.value;
  if (text) text.value = "";
  const html = await fetchFragment(form.action, { method: "POST", body, headers: HEADERS });
  busy = false;
  if (put(html)) return;
  if (text) text.value = said;
  event.submitter?.removeAttribute("aria-busy");
  say(failed);
  const line = document.getElementById("contact");
  if (line) line.hidden = false;
});

function onState(state) {
  showCounts(state);
  if (state.version !== shown) refresh();
}

follow(live, { pace: (state) => state.hall_ms, onState, onContact: showContact, first: 1000 });
