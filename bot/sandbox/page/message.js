// Draws one message: bubble, header, text, preview, time, buttons.
import { button, make, safeAddress } from "./dom.js";
import { clockTime, fullTime, isoTime } from "./dates.js";
import { drawText } from "./entities.js";
import { drawRich, wordsOf } from "./rich.js";
import { authorOf, isService, nameOf } from "./store.js";
import { word } from "./words.js";

/** The inside of a message's list item. `hands` as in drawText, with press(message, row, column). */
export function drawMessage(message, { mine, named, hands }) {
  if (isService(message)) return [make("p", { class: "service" }, serviceWords(message))];
  const bubble = make("div", { class: "bubble", dir: "auto" }, ...header(message, mine, named, hands));
  const text = message.text ?? message.caption ?? "";
  bubble.append(...media(message));
  const entities = message.entities ?? message.caption_entities ?? [];
  const drawn = message.rich_message ? drawRich(message.rich_message.blocks, hands)
    : drawText(text, entities, hands);
  const body = make("div", { class: "words", dir: "auto" }, drawn);
  bubble.append(body);
  const shown = preview(message, hands);
  if (shown) bubble.append(shown);
  (shown ? bubble : body).append(footer(message));
  const keyboard = inlineKeyboard(message, hands);
  return keyboard ? [bubble, keyboard] : [bubble];
}

function serviceWords(message) {
  const names = (message.new_chat_members ?? []).map(nameOf).join(", ");
  if (names) return word("joined", { name: names });
  if (message.left_chat_member) return word("left", { name: nameOf(message.left_chat_member) });
  return word("service");
}

function header(message, mine, named, hands) {
  const parts = [];
  const author = mine ? word("you") : nameOf(authorOf(message));
  const seen = named && !mine ? "author" : "hidden";
  parts.push(make("span", { class: seen }, author, make("span", { class: "hidden" }, ": ")));
  if (message.forward_origin) {
    parts.push(make("span", { class: "origin" }, word("forwarded", { name: originName(message.forward_origin) })));
  }
  if (message.via_bot) {
    parts.push(make("span", { class: "origin" }, word("via", { name: message.via_bot.username })));
  }
  if (message.reply_to_message) parts.push(replied(message.reply_to_message, hands));
  return parts;
}

function originName(origin) {
  if (origin.chat) return nameOf(origin.chat);
  return origin.sender_user ? nameOf(origin.sender_user) : origin.sender_user_name ?? "";
}

function replied(original, hands) {
  const words = (original.text ?? original.caption ?? wordsOf(original)).slice(0, 120);
  return button(word("in_reply"), { class: "replied", onclick: () => hands.find(original.message_id) },
    make("span", { class: "author" }, nameOf(authorOf(original))),
    make("span", { class: "one-line", dir: "auto" }, words));
}

function media(message) {
  if (message.document) {
    const { file_name: name, file_size: size } = message.document;
    const bytes = size ? ` · ${Math.max(1, Math.round(size / 1024))} KB` : "";
    return [make("p", { class: "file" }, "📄 ", name ?? word("file"), bytes)];
  }
  if (message.photo) {
    const { file_id: id, width, height } = message.photo.at(-1);
    const src = `/sandbox/photo/${encodeURIComponent(id)}`;
    return [make("a", { class: "photo", href: src, target: "_blank", "aria-label": `${word("photo")}, ${word("opens")}` },
      make("img", { src, width, height, alt: word("photo") }))];
  }
  return [];
}

function footer(message) {
  const time = make("time", { datetime: isoTime(message.date), title: fullTime(message.date) },
    clockTime(message.date));
  const ofBot = message.from?.is_bot || message.via_bot; // Telegram says nothing of a bot's edits
  const edited = message.edit_date && !ofBot ? make("span", {}, `${word("edited")} `) : null;
  return make("span", { class: "meta" }, edited, time);
}

/** A card for the first link, as Telegram draws one unless the message switched it off. */
function preview(message, hands) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled || !message.text) return null;
  const links = (message.entities ?? []).filter((e) => e.type === "url" || e.type === "text_link");
  const words = (entity) => message.text.substr(entity.offset, entity.length);
  const first = links.find((e) => !options.url || e.url === options.url) ?? links[0];
  const href = safeAddress(options.url ?? first?.url ?? (first ? words(first) : ""));
  if (!href?.startsWith("http")) return null;
  const secret = (message.entities ?? []).some((e) => e.type === "spoiler");
  const title = first?.type === "text_link" && !secret ? words(first) : "";
  return make("a", {
    class: "preview", href, target: "_blank", rel: "noopener noreferrer", title: word("preview"),
    onclick: (event) => hands.address(href, event),
  },
  make("span", { class: "site" }, new URL(href).hostname.replace(/^www\./, "")),
  title ? make("span", { class: "preview-title", dir: "auto" }, title) : null,
  make("span", { class: "preview-note" }, word("preview")));
}

function inlineKeyboard(message, hands) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  const keyboard = make("div", { class: "keyboard", role: "group", "aria-label": word("buttons") });
  rows.forEach((row, y) => {
    const line = make("div", { class: "row" });
    row.forEach((one, x) => line.append(keyboardButton(message, one, y, x, hands)));
    keyboard.append(line);
  });
  return keyboard;
}

function keyboardButton(message, one, row, column, hands) {
  const href = one.url ? safeAddress(one.url) : null;
  const style = ["key", one.style].filter(Boolean).join(" ");
  if (href) {
    return make("a", {
      class: style, href, target: "_blank", rel: "noopener noreferrer", title: href,
      onclick: (event) => hands.address(href, event),
    }, one.text, make("span", { class: "corner", "aria-hidden": "true" }, "↗"),
    make("span", { class: "hidden" }, `, ${word("opens")}`));
  }
  const key = button(one.text, { class: style });
  key.addEventListener("click", () => hands.press(message, one, row, column, key));
  return key;
}
