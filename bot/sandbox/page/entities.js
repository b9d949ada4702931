// Draws a text with its entities. Offsets are UTF-16 units, which is what JavaScript counts too.
import { button, make, safeAddress, svgIcon, PATHS } from "./dom.js";
import { entityTime, fullTime, isoTime } from "./dates.js";
import { word } from "./words.js";

const PLAIN = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/**
 * The nodes of a text. `hands` does what a tap asks for: command(text), address(url, event),
 * user(name) and copy(text); without it everything is drawn and nothing can be tapped.
 */
export function drawText(text, entities = [], hands = null) {
  const ranges = entities.map((entity) => ({ ...entity, end: entity.offset + entity.length }));
  const hidden = (entity) => entity.type === "spoiler";
  const covers = joined(ranges.filter(hidden));
  const sorted = [...covers, ...ranges.filter((entity) => !hidden(entity))]
    .sort((a, b) => a.offset - b.offset || b.end - a.end); // a spoiler outside of what it hides
  return range(text, 0, text.length, sorted, hands);
}

/** Telegram splits a spoiler where a link or style begins; here it is one thing to tap. */
function joined(spoilers) {
  const whole = [];
  for (const one of spoilers.toSorted((a, b) => a.offset - b.offset)) {
    const before = whole.at(-1);
    if (before && before.end >= one.offset) before.end = Math.max(before.end, one.end);
    else whole.push(one);
  }
  return whole;
}

function range(text, from, to, entities, hands) {
  const nodes = [];
  let at = from;
  let rest = entities;
  let afterBlock = false;
  const plain = (end) => {
    let words = text.slice(at, end);
    if (afterBlock && words.startsWith("\n")) words = words.slice(1); // the block broke the line
    if (words) nodes.push(document.createTextNode(words));
  };
  while (rest.length) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.end, to);
    if (start >= end) {
      rest = others;
      continue;
    }
    plain(start);
    const inside = others.filter((other) => other.offset < end);
    const draw = () => range(text, start, end, inside, hands);
    nodes.push(entityNode(entity, text.slice(start, end), draw, hands));
    rest = others.filter((other) => other.end > end);
    at = end;
    afterBlock = BLOCKS.has(entity.type);
  }
  plain(to);
  return nodes;
}

function entityNode(entity, words, draw, hands) {
  const tag = PLAIN[entity.type];
  if (tag) return make(tag, {}, draw());
  switch (entity.type) {
    case "pre": return codeBlock(entity.language, words, hands);
    case "blockquote": return make("blockquote", { class: "quote" }, draw());
    case "expandable_blockquote": return unfolding(draw());
    case "spoiler": return spoiler(draw(), hands);
    case "text_link": return link(entity.url, draw(), hands);
    case "url": return link(words, draw(), hands);
    case "email": return make("a", { href: `mailto:${words}`, rel: "noopener" }, draw());
    case "mention": return link(`https://t.me/${words.slice(1)}`, draw(), hands);
    case "bot_command": return command(words, hands);
    case "date_time": return moment(entity, draw);
    case "custom_emoji": return make("span", { class: "emoji" }, draw());
    default: return make("span", { class: "marked" }, draw()); // hashtags, phone numbers …
  }
}

export function link(address, nodes, hands) {
  const href = safeAddress(address);
  if (!href || !hands) return make("span", { class: "marked" }, nodes);
  return make("a", {
    href, target: "_blank", rel: "noopener noreferrer", title: href, dir: "auto",
    onclick: (event) => hands.address(href, event),
  }, nodes);
}

function command(words, hands) {
  if (!hands) return make("span", { class: "marked" }, words);
  return button(words, { class: "command", onclick: () => hands.command(words) });
}

export function moment(entity, draw) {
  const told = entityTime(entity.unix_time, entity.date_time_format);
  return make("time", {
    datetime: isoTime(entity.unix_time), title: fullTime(entity.unix_time), class: "moment",
  }, told === null ? draw() : told);
}

export function codeBlock(language, words, hands) {
  const head = make("span", { class: "code-head" }, make("span", {}, language ?? ""));
  if (hands) head.append(button(word("copy"), { onclick: () => hands.copy(words) }));
  return make("div", { class: "code-block" }, head, make("pre", { tabindex: 0 }, make("code", {}, words)));
}

function spoiler(nodes, hands) {
  const words = make("span", { inert: true, "aria-hidden": "true" }, nodes);
  if (!hands) return make("span", { class: "spoiler" }, words);
  const hiding = { role: "button", tabindex: "0", "aria-label": word("spoiler") };
  const whole = make("span", { class: "spoiler", ...hiding }, words);
  const reveal = () => {
    words.inert = false;
    words.removeAttribute("aria-hidden");
    whole.classList.add("revealed");
    Object.keys(hiding).forEach((name) => whole.removeAttribute(name));
  };
  const asked = (event) => {
    if (whole.classList.contains("revealed")) return;
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    const all = whole.closest(".words")?.querySelectorAll(".spoiler") ?? [];
    all.forEach((one) => one.dispatchEvent(new Event("reveal"))); // as Telegram does: all at once
  };
  whole.addEventListener("reveal", reveal);
  whole.addEventListener("click", asked);
  whole.addEventListener("keydown", asked);
  return whole;
}

/** Three lines of a quote, and a button for the rest when there is more. */
export function unfolding(nodes) {
  const inner = make("div", { class: "quote-text" }, nodes);
  const icon = svgIcon(PATHS.down, 18);
  const toggle = button(word("unfold"), { class: "unfold", "aria-expanded": "false" }, icon);
  const quote = make("blockquote", { class: "quote folded" }, inner, toggle);
  const turn = () => {
    const folded = quote.classList.toggle("folded");
    toggle.setAttribute("aria-expanded", String(!folded));
    toggle.setAttribute("aria-label", word(folded ? "unfold" : "fold"));
    toggle.title = word(folded ? "unfold" : "fold");
  };
  toggle.addEventListener("click", turn);
  quote.addEventListener("click", (event) => {
    const aimed = event.target.closest("a, button, .spoiler");
    if (!aimed && !toggle.hidden && !String(getSelection())) turn();
  });
  new ResizeObserver(() => {
    if (!quote.classList.contains("folded")) return;
    toggle.hidden = inner.scrollHeight <= inner.clientHeight + 1;
  }).observe(inner);
  return quote;
}
