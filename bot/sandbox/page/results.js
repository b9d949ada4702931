// Inline results as options to choose from.
import { make } from "./dom.js";
import { word } from "./words.js";

/** Options for Choices: what the bot offers, its button above, «ещё» below when there is more. */
export function drawResults(results, answer, { choose, more, begin }) {
  const options = results.map((one) => ({ value: () => choose(one), nodes: resultNodes(one) }));
  if (answer.button) {
    const open = () => begin(answer.button.start_parameter);
    options.unshift({ value: open, nodes: [make("b", { class: "marked" }, answer.button.text)] });
  }
  if (!results.length) options.push({ value: null, nodes: [word("nothing")] });
  if (results.length && answer.next_offset) {
    options.push({ value: more, nodes: [make("b", { class: "marked" }, word("more_results"))] });
  }
  return options;
}

function resultNodes({ title, description }) {
  return [
    make("b", { dir: "auto" }, title),
    description ? make("span", { dir: "auto" }, description) : null,
  ].filter(Boolean);
}
