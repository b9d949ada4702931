// The page's own words in the languages the bot speaks, and the one in force.
import BE from "./words-be.js";
import EN from "./words-en.js";
import RU from "./words-ru.js";

const ALL = { ru: RU, be: BE, en: EN };
export const LANGUAGES = { ru: "Русский", be: "Беларуская", en: "English" };
let current = "ru";

export function speak(code) {
  current = ALL[code] ? code : "en";
  document.documentElement.lang = current;
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
  }
}

export function language() {
  return current;
}

export function word(key, values = {}) {
  return ALL[current][key].replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
