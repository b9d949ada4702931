// Where the reader writes: the field, the bot's command menu, inline mode, reply keyboards.
import { act } from "./api.js";
import { Choices } from "./choices.js";
import { button, make, svgIcon, PATHS } from "./dom.js";
import { drawResults } from "./results.js";
import { tried } from "./notices.js";
import { word } from "./words.js";

const PAUSE_MS = 350;
const TALLEST_PX = 180;
const PIECE = 0x8000; // bytes: a function takes only so many arguments

async function base64(file) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let at = 0; at < bytes.length; at += PIECE) binary += String.fromCharCode(...bytes.subarray(at, at + PIECE));
  return btoa(binary);
}

export class Composer {
  /** `chat()` gives the chat as it is now; `bot` the bot's User; `begin(parameter)` opens it. */
  constructor({ chat, bot, begin }) {
    Object.assign(this, { chat, bot, begin });
    const channel = chat().type === "channel";
    const label = word(channel ? "post" : "message");
    this.field = make("textarea", { rows: 1, maxlength: 16384, dir: "auto", "aria-label": label, placeholder: label });
    this.choices = new Choices(this.field, (value, how) => value(how));
    this.menu = button(word("commands"), { class: "menu", "aria-haspopup": "listbox" },
      make("span", { "aria-hidden": "true" }, "/"));
    this.menu.addEventListener("click", () => this.toggleMenu());
    this.menu.addEventListener("pointerdown", (event) => event.preventDefault());
    this.file = make("input", { type: "file", hidden: true, tabindex: -1, "aria-hidden": "true" });
    this.file.addEventListener("change", () => this.sendFile());
    this.attach = button(word("attach"), { class: "attach", onclick: () => this.file.click() }, svgIcon(PATHS.attach));
    this.sendKey = make("button", { type: "submit", class: "send", "aria-label": word("send"), title: word("send") },
      svgIcon(PATHS.send));
    this.replying = make("div", { class: "replying", hidden: true });
    this.keys = make("div", { class: "reply-keys", role: "group", "aria-label": word("reply_buttons"), hidden: true });
    const line = make("div", { class: "line" }, this.menu, this.field, this.file, this.attach, this.sendKey);
    this.element = make("form", { class: "composer" }, this.choices.element, this.replying, line, this.keys);
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.asked = 0;
    this.refresh();
  }

  /** A channel hears no commands. */
  get commands() {
    return this.chat().type === "channel" ? [] : this.chat().commands;
  }

  /** The menu and the reply keyboard, as the chat has them now. */
  refresh() {
    this.menu.hidden = !this.commands.length;
    this.drawKeys(this.chat().keyboard);
    if (this.choices.open && this.choices.owned) this.showCommands("", { owned: true });
    else this.typed();
  }

  fill(text) {
    this.field.value = text;
    this.field.focus();
    this.typed();
  }

  async send(text) {
    const { id } = this.chat();
    const fields = { text, chat_id: id, reply_to: this.replyTo };
    this.answer(null);
    return tried(() => act("send", fields));
  }

  /** The chosen file, with what is written as its caption. */
  async sendFile() {
    const [file] = this.file.files;
    this.file.value = ""; // so that the same file can be chosen again
    if (!file) return;
    const caption = this.field.value.trim();
    const sent = await tried(async () => {
      const document = { name: file.name, mime_type: file.type || "application/octet-stream", base64: await base64(file) };
      return act("send", { document, caption, chat_id: this.chat().id });
    });
    if (sent) this.fill("");
  }

  /** Answer this message next; null: just write. */
  answer(message) {
    this.replyTo = message?.message_id;
    this.replying.hidden = !message;
    if (!message) return;
    const cancel = button(word("cancel_reply"), { onclick: () => this.answer(null) }, svgIcon(PATHS.close, 20));
    const words = make("span", { class: "one-line", dir: "auto" }, message.text ?? "");
    this.replying.replaceChildren(words, cancel);
    this.field.focus();
  }

  async submit() {
    const text = this.field.value.trim();
    if (!text) return;
    this.fill("");
    if (!(await this.send(text)) && !this.field.value) this.fill(text);
  }

  key(event) {
    if (this.choices.key(event)) {
      event.preventDefault();
    } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "Escape" && this.replyTo) {
      this.answer(null);
    }
  }

  typed() {
    this.grow();
    const text = this.field.value;
    clearTimeout(this.timer);
    this.asked += 1; // an answer to what was typed before is of no use now
    const name = `@${this.bot().username}`;
    if (/^\/\S*$/.test(text)) return this.showCommands(text.slice(1).toLowerCase());
    if (text.toLowerCase().startsWith(`${name.toLowerCase()} `)) {
      this.timer = setTimeout(() => this.askInline(text.slice(name.length + 1)), PAUSE_MS);
      return undefined;
    }
    if (text.length > 1 && name.toLowerCase().startsWith(text.toLowerCase())) return this.offerName(name);
    return this.choices.close();
  }

  /** As tall as its text, in browsers where the style sheet cannot say so. */
  grow() {
    const { field } = this;
    if (CSS.supports("field-sizing", "content") || !field.isConnected) return;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
  }

  offerName(name) {
    const nodes = [make("b", {}, name), make("span", {}, word("inline_results"))];
    this.choices.show(name, [{ value: () => this.fill(`${name} `), nodes }]);
  }

  toggleMenu() {
    if (this.choices.open) this.choices.close();
    else this.showCommands("", { owned: true });
  }

  showCommands(begins, how = {}) {
    const found = this.commands.filter(({ command }) => command.startsWith(begins));
    if (!found.length) return this.choices.close();
    const options = found.map(({ command, description }) => ({
      value: (key) => this.takeCommand(command, key),
      nodes: [make("b", {}, `/${command}`), make("span", { dir: "auto" }, description)],
    }));
    return this.choices.show(word("commands"), options, how);
  }

  takeCommand(command, how) {
    this.choices.close();
    if (how === "tab") return this.fill(`/${command} `);
    this.fill("");
    return this.send(`/${command}`);
  }

  async askInline(query, offset = "", before = []) {
    const turn = (this.asked += 1);
    if (!offset) this.choices.show(word("inline_results"), [{ value: null, nodes: [word("waiting")] }]);
    const asked = act("inline", { query, offset, chat_id: this.chat().id });
    const answer = await asked.catch((error) => ({ error }));
    if (turn !== this.asked) return;
    if (answer.error) {
      const why = answer.error.status === 502 ? word("no_answer") : answer.error.message;
      this.choices.show(word("inline_results"), [{ value: null, nodes: [why] }]);
      return;
    }
    const results = before.concat(answer.results.map((one) => ({ ...one, query: answer.inline_query_id })));
    this.choices.show(word("inline_results"), drawResults(results, answer, {
      choose: (result) => this.takeResult(result),
      more: () => this.askInline(query, answer.next_offset, results),
      begin: (parameter) => this.begin(parameter),
    }));
  }

  async takeResult(result) {
    this.fill("");
    const fields = { inline_query_id: result.query, result_id: result.id, chat_id: this.chat().id };
    await tried(() => act("inline_choose", fields));
  }

  drawKeys(keyboard) {
    const rows = keyboard?.keyboard ?? [];
    this.keys.hidden = !rows.length;
    this.field.placeholder = keyboard?.input_field_placeholder ?? this.field.getAttribute("aria-label");
    this.keys.replaceChildren(...rows.map((row) => make("div", { class: "row" },
      row.map(({ text }) => button(text, { class: "key", onclick: () => this.pressKey(text, keyboard) })))));
  }

  pressKey(text, keyboard) {
    if (keyboard.one_time_keyboard) this.keys.hidden = true;
    this.send(text);
  }
}
