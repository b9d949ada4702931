// Toasts and alerts: what the bot answers to a press, and what went wrong.
import { button, make } from "./dom.js";
import { word } from "./words.js";

const SHOWN_MS = 4500;

export function toast(words, { lasting = false } = {}) {
  const note = make("div", { class: "toast", dir: "auto" }, words);
  const place = document.querySelector("#toasts");
  place.append(note);
  while (place.children.length > 3) place.firstElementChild.remove();
  const gone = () => note.remove();
  if (!lasting) setTimeout(gone, SHOWN_MS + words.length * 30);
  return gone;
}

export function alertBox(title, words) {
  askBox(title, words, [{ label: word("ok") }]);
}

/** A box with buttons: each of `choices` is {label, chosen?}. */
export function askBox(title, words, choices) {
  const before = document.activeElement;
  const keys = choices.map(({ label, chosen }, at) => button(label, {
    class: "main", autofocus: at === 0, onclick: () => [box.close(), chosen?.()],
  }));
  const box = make("dialog", { class: "alert", "aria-label": title },
    make("p", { dir: "auto" }, words), make("div", { class: "answers" }, keys));
  box.addEventListener("close", () => {
    box.remove();
    if (document.activeElement === document.body && before?.isConnected) before.focus();
  });
  document.body.append(box);
  box.showModal();
}

/** Do it, and say why when it cannot be done; undefined then. */
export async function tried(work) {
  try {
    return await work();
  } catch (error) {
    toast(word("failed", { why: error.message }));
    return undefined;
  }
}
