// Times as Telegram's app shows them: in the viewer's own zone, in the chosen language.
import { language, word } from "./words.js";

const UNITS = [
  ["year", 31_536_000], ["month", 2_592_000], ["day", 86_400], ["hour", 3_600], ["minute", 60],
];

function format(date, options) {
  return new Intl.DateTimeFormat(language(), options).format(date);
}

export function clockTime(seconds) {
  return format(seconds * 1000, { hour: "2-digit", minute: "2-digit" });
}

export function fullTime(seconds) {
  return format(seconds * 1000, { dateStyle: "full", timeStyle: "medium" });
}

export function isoTime(seconds) {
  return new Date(seconds * 1000).toISOString();
}

export function dayKey(seconds) {
  return new Date(seconds * 1000).toDateString();
}

/** «Сегодня», «Вчера», «18 ноября», with the year when it is another one. */
export function dayName(seconds) {
  const date = new Date(seconds * 1000);
  const now = new Date();
  const yesterday = new Date(now.getFullYear(), now.getMonth(), now.getDate() - 1);
  if (date.toDateString() === now.toDateString()) return word("today");
  if (date.toDateString() === yesterday.toDateString()) return word("yesterday");
  const year = date.getFullYear() === now.getFullYear() ? undefined : "numeric";
  return format(date, { day: "numeric", month: "long", year });
}

function relative(seconds) {
  const away = seconds - Date.now() / 1000;
  const teller = new Intl.RelativeTimeFormat(language(), { numeric: "auto" });
  const [unit, length] = UNITS.find(([, size]) => Math.abs(away) >= size) ?? ["second", 1];
  return teller.format(Math.trunc(away / length), unit);
}

/** A date_time entity by its format, `r` or `w?[dD]?[tT]?`; null: the text stands as it is. */
export function entityTime(seconds, pattern) {
  if (!pattern) return null;
  if (pattern === "r") return relative(seconds);
  const options = {};
  if (pattern.includes("w")) options.weekday = "long";
  if (pattern.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "2-digit" });
  if (pattern.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(pattern)) Object.assign(options, { hour: "2-digit", minute: "2-digit" });
  if (pattern.includes("T")) options.second = "2-digit";
  return format(seconds * 1000, options);
}
