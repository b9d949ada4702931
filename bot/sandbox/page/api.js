// Everything the page asks of the sandbox, and the stream of what happens there.

export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function answerOf(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status, body.error ?? response.statusText);
  return body;
}

export async function readState() {
  return answerOf(await fetch("/sandbox/state"));
}

export async function act(name, fields = {}) {
  const response = await fetch(`/sandbox/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(fields),
  });
  return answerOf(response);
}

const NAMES = [
  "message", "edited", "deleted", "keyboard", "chat_action", "callback_answer", "commands",
  "profile", "member", "chat", "faults", "reset",
];
const AGAIN_MS = 1500;

/**
 * Tell `heard(name, data, id)` what happens after event `last`, for ever. The browser comes back by
 * itself after a cut, with Last-Event-ID; `changed(online)` tells of cuts and of coming back.
 */
export function listen(last, heard, changed) {
  let known = last;
  let source;
  const open = () => {
    source = new EventSource(`/sandbox/events?after=${known}`);
    source.onopen = () => changed(true);
    source.onerror = () => {
      changed(false);
      if (source.readyState !== EventSource.CLOSED) return; // it comes back by itself
      setTimeout(open, AGAIN_MS);
    };
    for (const name of NAMES) {
      source.addEventListener(name, (event) => {
        known = event.lastEventId || known;
        heard(name, JSON.parse(event.data), Number(known));
      });
    }
  };
  open();
}
