// Passkeys: the browser's own dialogue, between our forms and the server. Without it a code by e-mail does the same.
//
// <form data-passkey="create|get" data-options="id">: pressing the form's button makes or shows a passkey; the answer is
// put into the field `credential` and the form is sent. The options stand in the JSON element with that id, or, with
// data-options="fetch", are fetched from the form's own address.

const fromBase64 = (text) => {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (sign) => sign.charCodeAt(0)).buffer;
};

const toBase64 = (buffer) => {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
};

const withBinaryId = (one) => ({ ...one, id: fromBase64(one.id) });

async function optionsOf(form) {
  if (form.dataset.options !== "fetch") {
    const options = JSON.parse(document.getElementById(form.dataset.options).textContent);
    return (options.creation_options ?? options.request_options).publicKey;
  }
  const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return (await answer.json()).request_options.publicKey;
}

/** A new passkey that can sign in alone: kept on the device, and the device checks who holds it. */
async function create(options) {
  const publicKey = {
    ...options,
    challenge: fromBase64(options.challenge),
    user: withBinaryId(options.user),
    excludeCredentials: (options.excludeCredentials ?? []).map(withBinaryId),
    authenticatorSelection: {
      ...options.authenticatorSelection,
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    },
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    attestationObject: toBase64(made.response.attestationObject),
    transports: made.response.getTransports?.() ?? [],
    made,
  };
}

async function get(options) {
  const publicKey = {
    ...options,
    challenge: fromBase64(options.challenge),
    allowCredentials: (options.allowCredentials ?? []).map(withBinaryId),
  };
  const made = await navigator.credentials.get({ publicKey });
  const { authenticatorData, signature, userHandle } = made.response;
  return {
    authenticatorData: toBase64(authenticatorData),
    signature: toBase64(signature),
    userHandle: userHandle ? toBase64(userHandle) : null,
    made,
  };
}

/** The credential in the form that WebAuthn Level 3 calls its JSON. */
function asJson({ made, ...response }) {
  return JSON.stringify({
    id: made.id,
    rawId: toBase64(made.rawId),
    type: made.type,
    authenticatorAttachment: made.authenticatorAttachment ?? null,
    clientExtensionResults: made.getClientExtensionResults(),
    response: { clientDataJSON: toBase64(made.response.clientDataJSON), ...response },
  });
}

async function send(form) {
  const place = form.querySelector("[data-passkey-failed]");
  place.hidden = true;
  try {
    const options = await optionsOf(form);
    const answer = form.dataset.passkey === "create" ? await create(options) : await get(options);
    form.elements.credential.value = asJson(answer);
    form.submit();
  } catch {
    place.hidden = false;
    document.dispatchEvent(new CustomEvent("samskap:say", { detail: place.textContent.trim() }));
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  form.hidden = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(form);
  });
}
