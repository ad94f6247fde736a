/** Colours of grammars, examples and tables. */

import { make } from './dom.js';

const LARK =
  /(?<comment>\/\/[^\n]*)|(?<string>"(?:\\.|[^"\\\n])*"i?)|(?<pattern>\/(?![*/])(?:\\.|[^/\\\n])+\/[imslux]*)|(?<alias>->[ \t]*\w+)|(?<rule>^[?!]?_?[a-z]\w*(?=(?:\{[^}\n]*\})?(?:\.-?\d+)?[ \t]*:))|(?<terminal>\b_?[A-Z][A-Z0-9_]*\b)/gm;
const CORPUS =
  /(?<comment>^\/\/[^\n]*)|(?<rule>^===[^\n]*)|(?<alias>^---$)|(?<pattern>^(?:published|dateline|agency):[^\n]*)|(?<terminal>^(?:no [A-Z_]+|nothing)$|^[A-Z_]{3,}(?= \w+=|$))|(?<place>\b\w+(?==))/gm;
const TABLE = /^(?<rule>[^\n]*)/g;
const NOTHING = /(?!)/g;
/** Longer files stay plain, so that typing in them does not lag. */
const MOST_CHARACTERS = 120_000;

function parts(text, expression) {
  const found = [];
  let at = 0;
  for (const match of text.matchAll(expression)) {
    const [name] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    if (!match[0]) continue;
    found.push(text.slice(at, match.index), make('span', { class: name }, match[0]));
    at = match.index + match[0].length;
  }
  found.push(text.slice(at));
  return found;
}

/** Draws a file's text in its colours; `lines` maps line numbers to a class ("pointed", "wrong"). */
export function colour(element, file, text, lines) {
  const ending = file.slice(file.lastIndexOf('.'));
  let expression = { '.lark': LARK, '.corpus': CORPUS, '.csv': TABLE }[ending];
  if (text.length > MOST_CHARACTERS || !expression) expression = NOTHING;
  if (!lines.size) {
    element.replaceChildren(...parts(text, expression), '\u200b');
    return;
  }
  // Whole lines are marked, so the text is cut there first.
  const children = [];
  let run = [];
  const flush = () => {
    if (run.length) children.push(...parts(`${run.join('\n')}\n`, expression));
    run = [];
    // The header row of a table is its first line only.
    if (expression === TABLE) expression = NOTHING;
  };
  text.split('\n').forEach((line, index) => {
    const mark = lines.get(index + 1);
    if (!mark) {
      run.push(line);
      return;
    }
    flush();
    children.push(make('span', { class: mark }, ...parts(line, expression)), '\n');
  });
  flush();
  element.replaceChildren(...children, '\u200b');
}

/** The numbers of a text's lines. */
export function numbers(text) {
  const count = text.split('\n').length;
  return Array.from({ length: count }, (_, index) => index + 1).join('\n');
}
