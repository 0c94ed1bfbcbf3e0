// One answer to the server. Only a 2xx answer in JSON counts as received.

const TIMEOUT_MS = 15_000;

export function sender(root) {
  return async function send(item) {
    const { id, kind, refused, ...fields } = item;
    const body = new URLSearchParams({ ...fields, key: id });
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "");
    const response = await fetch(root.dataset[kind], {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
      signal: AbortSignal.timeout?.(TIMEOUT_MS),
    });
    const isJson = response.headers.get("Content-Type")?.startsWith("application/json");
    if (response.ok && isJson) return { received: await response.json() };
    if (isJson && response.status < 500 && response.status !== 429) return { refused: await response.json() };
    // A page in place of JSON: the form has grown too old for the server, which a reload cures.
    if (response.status === 403 || response.status === 404) return { stale: true };
    throw new Error(String(response.status));
  };
}
