// The little that every page shares. Everything here is a comfort: all pages work without it.

const region = () => document.getElementById("s-live");

/** Say a text once to people who listen. Other scripts: document.dispatchEvent(new CustomEvent("samskap:say", {detail: text})). */
function say(text) {
  const place = region();
  if (!place || !text) return;
  const line = document.createElement("p");
  line.textContent = text;
  place.replaceChildren(line);
}

document.addEventListener("samskap:say", (event) => say(event.detail));

// Messages that came with the page are not announced by themselves: a live region only speaks of changes.
const messages = document.querySelector(".s-messages");
if (messages) setTimeout(() => say(messages.textContent.replace(/\s+/g, " ").trim()), 400);

// <button data-opens="id"> opens a <dialog>; <button data-closes> closes the one it stands in.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
});

// <form data-once> is sent once: a second press within five seconds does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("form[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 5000);
});

// <div data-fill="address"> gets what the address gives, and keeps the link that stands in it where that fails.
for (const place of document.querySelectorAll("[data-fill]")) {
  fetch(place.dataset.fill, { headers: { Accept: "text/html" } })
    .then(async (answer) => answer.ok && (place.innerHTML = await answer.text()))
    .catch(() => {});
}

// After a page with errors, start where the errors are told.
document.querySelector(".ds-error-summary")?.focus();
