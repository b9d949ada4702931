// A list to choose from above the message field: commands, inline results. Arrows, Enter, Escape.
import { make } from "./dom.js";

let lists = 0;

export class Choices {
  /** `field` is where the reader types; `chosen(value, how)` hears `enter`, `tab` or `tap`. */
  constructor(field, chosen) {
    this.field = field;
    this.chosen = chosen;
    this.id = `choices-${(lists += 1)}`;
    this.values = [];
    this.element = make("ul", { class: "choices", id: this.id, role: "listbox", tabindex: "-1", hidden: true });
    this.element.addEventListener("keydown", (event) => this.key(event) && event.preventDefault());
    this.element.addEventListener("focusout", (event) => {
      if (event.relatedTarget !== field && this.owned) this.close();
    });
    field.setAttribute("aria-autocomplete", "list");
  }

  get open() {
    return !this.element.hidden;
  }

  /** Show `options`, each {value, nodes}; `owned`: the list itself takes the focus. */
  show(label, options, { owned = false } = {}) {
    const kept = this.open && this.values.length ? this.at : 0;
    this.values = options.map((option) => option.value);
    this.owned = owned;
    this.element.setAttribute("aria-label", label);
    this.element.replaceChildren(...options.map((option, at) => this.option(option, at)));
    this.element.hidden = false;
    this.field.setAttribute("aria-controls", this.id);
    this.mark(Math.min(kept, Math.max(0, options.length - 1)));
    if (owned) this.element.focus();
  }

  close() {
    if (!this.open) return;
    const focused = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.values = [];
    this.field.removeAttribute("aria-controls");
    this.field.removeAttribute("aria-activedescendant");
    if (focused) this.field.focus();
  }

  /** Whether the key was for the list. */
  key(event) {
    if (!this.open || event.isComposing) return false;
    const last = this.values.length - 1;
    const steps = { ArrowDown: this.at + 1, ArrowUp: this.at - 1, Home: 0, End: last };
    if (event.key === "Escape") {
      this.close();
      return true;
    }
    if (last < 0) return false;
    const edges = event.key === "Home" || event.key === "End";
    if (event.key in steps && (this.owned || !edges)) {
      this.mark((steps[event.key] + last + 1) % (last + 1));
      return true;
    }
    if (event.shiftKey) return false;
    if (event.key === "Enter" || event.key === "Tab" || (this.owned && event.key === " ")) {
      this.choose(this.at, event.key === "Tab" ? "tab" : "enter");
      return true;
    }
    return false;
  }

  option({ value, nodes }, at) {
    const dead = value === null;
    return make("li", {
      role: "option", id: `${this.id}-${at}`, "aria-selected": "false",
      "aria-disabled": dead ? "true" : null,
      onpointerdown: (event) => event.preventDefault(), // the field keeps the focus
      onclick: () => this.choose(at, "tap"),
    }, nodes);
  }

  choose(at, how) {
    const value = this.values[at];
    if (value !== null && value !== undefined) this.chosen(value, how);
  }

  mark(at) {
    this.at = at;
    [...this.element.children].forEach((one, i) => one.setAttribute("aria-selected", String(i === at)));
    const marked = this.element.children[at];
    const holder = this.owned ? this.element : this.field;
    if (!marked) return holder.removeAttribute("aria-activedescendant");
    holder.setAttribute("aria-activedescendant", marked.id);
    return marked.scrollIntoView({ block: "nearest" });
  }
}
