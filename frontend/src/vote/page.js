// The page itself: show, answer, undo, skip.
import { keyboard } from "./keys.js";
import { newKey, Queue } from "./queue.js";
import { sender } from "./send.js";
import { swipe } from "./swipe.js";

const FEW_AHEAD = 3;
const LOOK_AGAIN_MS = 20_000;
const byId = (id) => document.getElementById(id);
const say = (text) => document.dispatchEvent(new CustomEvent("samskap:say", { detail: text }));
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_all, name) => values[name]);

export function startVoting(root) {
  const page = new Page(root);
  page.begin();
}

class Page {
  constructor(root) {
    this.root = root;
    this.words = root.dataset;
    this.form = byId("v-form");
    this.isOpen = root.dataset.open === "yes";
    this.ahead = [];
    this.skipped = [];
    this.done = new Set();
    this.last = null;
    this.isAllAsked = false;
    this.wasAway = false;
    this.hasSaidReceived = false;
    this.asksSector = root.dataset.askSector === "yes";
    this.queue = new Queue(root.dataset.key, { send: sender(root), changed: (news) => this.changed(news) });
  }

  begin() {
    if (this.isOpen) this.beginOpen();
    else setInterval(() => document.visibilityState === "visible" && this.look(), LOOK_AGAIN_MS * (1 + Math.random()));
    if (this.queue.items.length) this.changed({});
    this.queue.flush();
  }

  beginOpen() {
    const text = byId("v-text");
    const pk = Number(text.dataset.statement);
    this.current = pk ? { pk, text: text.textContent, lang: text.lang } : null;
    this.queue.items.filter((item) => item.kind === "vote").forEach((item) => this.done.add(item.statement));
    const progress = byId("v-progress").dataset;
    this.answered = Number(progress.answered);
    this.total = Number(progress.total);
    this.listen();
    this.look().then(() => this.current && this.done.has(this.current.pk) && this.next());
  }

  listen() {
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (event.submitter) this.vote(Number(event.submitter.value));
    });
    byId("v-undo").addEventListener("submit", (event) => { event.preventDefault(); this.undo(); });
    byId("v-skip").addEventListener("submit", (event) => { event.preventDefault(); this.skip(); });
    byId("v-sector").querySelector("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.saySector(event.submitter?.value ?? "");
    });
    const isReady = () => Boolean(this.current) && !this.root.hidden && !this.form.hidden;
    keyboard({ vote: (choice) => isReady() && this.vote(choice), undo: () => this.last && this.undo() });
    swipe(byId("v-card"), (choice) => isReady() && this.vote(choice));
  }

  vote(choice) {
    const { pk } = this.current;
    const matters = byId("v-matters").checked;
    this.queue.add({
      id: newKey(), kind: "vote", statement: pk, choice, round: Number(this.words.round), ...(matters && { matters: "on" }),
    });
    if (!this.done.has(pk)) this.answered += 1;
    this.done.add(pk);
    this.last = { ...this.current, matters };
    byId("v-undo").hidden = false;
    byId("v-about")?.removeAttribute("open");
    if (this.asksSector) this.askSector();
    else this.next();
  }

  undo() {
    const pk = this.last?.pk ?? Number(byId("v-undo").elements.statement.value);
    if (!this.queue.drop(pk)) this.queue.add({ id: newKey(), kind: "undo", statement: pk });
    this.answered = Math.max(0, this.answered - 1);
    this.done.delete(pk);
    if (!this.last) return location.assign(`?statement=${pk}`);
    if (this.current) this.ahead.unshift(this.current);
    const again = this.last;
    this.last = null;
    byId("v-undo").hidden = true;
    byId("v-sector").hidden = true;
    this.root.hidden = false;
    this.show(again);
    byId("v-matters").checked = again.matters;
  }

  skip() {
    this.skipped.push(this.current.pk);
    this.ahead.push(this.current);
    this.next();
  }

  askSector() {
    this.asksSector = false;
    this.root.hidden = this.form.hidden = true;
    byId("v-sector").hidden = false;
    byId("v-sector-title").focus({ preventScroll: true });
    scrollTo({ top: 0 });
    this.current = null;
    this.draw();
  }

  saySector(sector) {
    this.asksSector = false;
    this.queue.add({ id: newKey(), kind: "sector", sector });
    byId("v-sector").hidden = true;
    this.root.hidden = false;
    this.next();
  }

  next() {
    const isNew = (one) => !this.done.has(one.pk);
    this.ahead = this.ahead.filter(isNew);
    this.show(this.ahead.shift() ?? null);
    if (this.ahead.length < FEW_AHEAD && !this.isAllAsked) this.look();
  }

  show(statement) {
    this.current = statement;
    this.form.hidden = byId("v-one").hidden = !statement;
    byId("v-none").hidden = Boolean(statement) || !this.isAllAsked;
    byId("v-before").hidden = true;
    if (statement) {
      const text = byId("v-text");
      text.textContent = statement.text;
      text.lang = statement.lang;
      text.dataset.statement = statement.pk;
      byId("v-matters").checked = false;
      this.form.querySelectorAll("[aria-pressed]").forEach((button) => button.removeAttribute("aria-pressed"));
      byId("v-card").animate?.([{ opacity: 0, transform: "translateY(0.5rem)" }, { opacity: 1, transform: "none" }],
        { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 160, easing: "ease-out" });
      say(fill(this.words.next, { text: statement.text }));
    }
    this.draw();
  }

  /** Fetch what comes next, and notice that the conversation was opened or closed. */
  async look() {
    let news;
    try {
      const response = await fetch(`${this.words.batch}?skipped=${this.skipped.join(",")}`, { headers: { Accept: "application/json" } });
      if (!response.ok) return;
      news = await response.json();
    } catch {
      return;
    }
    if (news.open !== this.isOpen) return location.reload();
    if (!this.isOpen) return;
    const known = new Set([this.current?.pk, ...this.ahead.map((one) => one.pk)]);
    const fresh = news.statements.filter((one) => !this.done.has(one.pk) && !known.has(one.pk));
    const put = fresh.filter((one) => !this.skipped.includes(one.pk));
    this.ahead = [...this.ahead.filter((one) => !this.skipped.includes(one.pk)), ...put, ...this.ahead.filter((one) => this.skipped.includes(one.pk))];
    if (!put.length) this.ahead.push(...fresh.filter((one) => this.skipped.includes(one.pk)));
    this.isAllAsked = !fresh.length;
    this.total = news.total;
    if (!this.current && !this.root.hidden) this.show(this.ahead.shift() ?? null);
    this.draw();
  }

  changed({ received, refused, stale, failed, item }) {
    if (received && item.kind !== "sector") {
      const unsent = this.queue.waiting.filter((one) => one.kind === "vote").length;
      this.answered = received.answered + unsent;
      this.total = received.total;
    }
    if (failed) this.wasAway = true;
    this.tell({ received, refused, stale, item });
    if (this.isOpen) this.draw();
    // Where results are seen after voting, the page that has the link comes with the last receipt.
    const isThrough = received && this.isAllAsked && !this.current && !this.queue.items.length;
    if (isThrough && this.words.results === "after") location.replace(`?last=${item.statement ?? ""}`);
  }

  /** The one line that says where the answers are. */
  tell({ received, refused, stale, item }) {
    const waiting = this.queue.waiting.length;
    const kept = this.queue.refused;
    if (stale) this.state("stale", this.words.stale);
    else if (kept.length) this.state("refused", `${fill(this.words.refused, { reason: kept[0].refused.error })} ${this.words.refusedKept}`);
    else if (refused) this.state("refused", fill(this.words.refused, { reason: `${refused.error} ${refused.cure ?? ""}` }));
    else if (waiting && !this.wasAway) this.state("saved", this.words.saved);
    else if (waiting) this.state("saved", waiting === 1 ? this.words.savedOne : fill(this.words.savedMany, { n: waiting }));
    else if (received) this.state("received", item.kind === "undo" ? this.words.undone : this.words.received);
    else this.state("", "");
    if (stale || refused) say(byId("v-state").textContent);
    if (received && !waiting && (this.wasAway || !this.hasSaidReceived)) {
      say(this.words.received);
      this.hasSaidReceived = true;
      this.wasAway = false;
    }
  }

  state(name, text) {
    const line = byId("v-state");
    line.dataset.state = name;
    line.textContent = text;
    line.hidden = !text;
  }

  draw() {
    const progress = byId("v-progress");
    if (!progress) return;
    const numbers = { answered: Math.min(this.answered, this.total), total: this.total };
    progress.hidden = !this.total;
    const line = progress.querySelector("p");
    line.textContent = fill(line.dataset.words, numbers);
    const bar = progress.querySelector("progress");
    bar.max = this.total || 1;
    bar.value = numbers.answered;
  }
}
