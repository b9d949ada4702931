// Draws a rich message: blocks of text that nests, which has no offsets as entities have.
import { make } from "./dom.js";
import { codeBlock, link, moment, unfolding } from "./entities.js";

const STYLES = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code",
  subscript: "sub", superscript: "sup", marked: "mark",
};

export function drawRich(blocks, hands) {
  return blocks.map((block) => drawBlock(block, hands));
}

/** What a rich message says, without its styles: for a reply's quote, and for the title of a chat. */
export function wordsOf(message) {
  const plain = (text) => (typeof text === "string" ? text
    : Array.isArray(text) ? text.map(plain).join("") : plain(text?.text ?? ""));
  return (message.rich_message?.blocks ?? [])
    .map((block) => plain(block.text ?? block.summary ?? "")).filter(Boolean).join(" ");
}

function drawBlock(block, hands) {
  const words = (text) => drawWords(text, hands);
  switch (block.type) {
    case "heading": return make(`h${block.size + 1}`, { class: `heading size-${block.size}` }, words(block.text));
    case "footer": return make("p", { class: "foot" }, words(block.text));
    case "divider": return make("hr");
    case "pre": return codeBlock(block.language, block.text, hands);
    case "list": return make("ul", {}, block.items.map((item) =>
      make("li", {}, drawRich(item.blocks, hands))));
    case "details": return details(block, hands);
    case "blockquote": return make("blockquote", { class: "quote" }, drawRich(block.blocks, hands));
    case "expandable_blockquote": return unfolding(words(block.text));
    default: return make("p", {}, words(block.text));
  }
}

function details(block, hands) {
  return make("details", { open: block.is_open },
    make("summary", {}, drawWords(block.summary, hands)), drawRich(block.blocks, hands));
}

function drawWords(text, hands) {
  if (typeof text === "string") return [document.createTextNode(text)];
  if (Array.isArray(text)) return text.flatMap((one) => drawWords(one, hands));
  const inside = drawWords(text.text, hands);
  if (text.type === "url") return [link(text.url, inside, hands)];
  if (text.type === "date_time") return [moment(text, () => inside)];
  return [make(STYLES[text.type] ?? "span", {}, inside)];
}
