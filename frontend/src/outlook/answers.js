// Ask the server what comes of the levers, and put the answer in place. While a slider moves at most one question is on
// its way and at most one waits: the latest. An answer to an older question is thrown away.

const PAUSE_MS = 60; // between the last move and the question
const SAY_MS = 900; // a headline is announced when the levers have been still for so long
const SLOW_MS = 350; // a question that takes longer is told

/** A function that asks for the answer to these parameters of the address; `now` does not wait for the next move. */
export function follow(form, answer) {
  const status = document.getElementById("o-status");
  let waiting = null;
  let timer = 0;
  let speaker = 0;
  let busy = false;
  let spoken = headline();

  return (query, { now = false } = {}) => {
    waiting = query;
    clearTimeout(timer);
    clearTimeout(speaker);
    timer = setTimeout(next, now ? 0 : PAUSE_MS);
  };

  async function next() {
    if (busy || waiting === null) return;
    const query = waiting;
    waiting = null;
    busy = true;
    const slow = setTimeout(() => tell("working", form.dataset.working), SLOW_MS);
    const found = await fetched(query);
    clearTimeout(slow);
    busy = false;
    if (waiting !== null) return next();
    answer.setAttribute("aria-busy", "false");
    if (found.wrong) return tell("failed", found.wrong);
    if (!found.page) return tell("failed", form.dataset.failed);
    put(found.page);
    tell("ready", "");
    remember(query);
    speaker = setTimeout(announce, SAY_MS);
  }

  function tell(state, words) {
    answer.setAttribute("aria-busy", String(state === "working"));
    status.dataset.state = state;
    status.textContent = words;
    if (state === "failed") say(words);
  }

  async function fetched(query) {
    try {
      const reply = await fetch(`${form.dataset.answer}?${query}`, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html").body;
      if (reply.status === 422) return { wrong: page.textContent.replace(/\s+/g, " ").trim() };
      return { page: reply.ok ? page : null };
    } catch {
      return { page: null };
    }
  }

  /** Part by part, so that what did not change is not touched: open tables, scroll and focus stay. */
  function put(page) {
    const open = new Set([...answer.querySelectorAll("details[open]")].map((part) => part.id));
    const focused = answer.contains(document.activeElement) ? path(document.activeElement) : null;
    for (const part of page.querySelectorAll("details")) part.open = open.has(part.id);
    const old = [...answer.children];
    const fresh = [...page.children];
    if (old.length === fresh.length) old.forEach((part, at) => part.isEqualNode(fresh[at]) || part.replaceWith(fresh[at]));
    else answer.replaceChildren(...fresh);
    if (focused && !answer.contains(document.activeElement)) answer.querySelector(focused)?.focus({ preventScroll: true });
  }

  /** What finds the same thing in the new answer: a tab by its group, a table by its name, a link by its address. */
  function path(element) {
    if (element.dataset.group) return `[data-group="${CSS.escape(element.dataset.group)}"]`;
    const part = element.closest("[id]");
    return part ? `#${CSS.escape(part.id)} ${part === element ? "" : element.localName}`.trim() : null;
  }

  /** The address and all links that carry the levers say what is seen. */
  function remember(query) {
    const search = query.toString();
    history.replaceState(null, "", search ? `?${search}` : location.pathname);
    const saved = document.getElementById("o-query");
    if (saved) saved.value = search;
  }

  function headline() {
    return document.getElementById("o-headline")?.textContent.trim() ?? "";
  }

  function announce() {
    const words = headline();
    if (words && words !== spoken) say(words);
    spoken = words;
  }
}

const say = (words) => document.dispatchEvent(new CustomEvent("samskap:say", { detail: words }));
