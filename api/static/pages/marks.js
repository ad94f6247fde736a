/** Marks under a text: stretches with classes, drawn beneath the words that are written above them. */

import { make } from './dom.js';

/**
 * Offsets as the API counts them (characters) to offsets as the browser does (UTF-16 units); they differ only where a
 * text has characters beyond the basic plane.
 */
export function offsets(text) {
  if (!/[\ud800-\udbff]/.test(text)) return (at) => at;
  const units = [0];
  for (const character of text) units.push(units.at(-1) + character.length);
  return (at) => units[Math.min(at, units.length - 1)];
}

/** The marks of a text that hold after an edit: those before what changed, and those behind it, moved along. */
export function moved(before, after, marks) {
  const least = Math.min(before.length, after.length);
  let head = 0;
  while (head < least && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < least - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const shift = after.length - before.length;
  const kept = marks.filter(({ end }) => end <= head);
  const behind = marks.filter(({ start, end }) => end > head && start >= before.length - tail);
  return [...kept, ...behind.map((mark) => ({ ...mark, start: mark.start + shift, end: mark.end + shift }))];
}

/** Draws a text with marks `{start, end, name}` (in UTF-16 units); where they overlap, a stretch has all their classes. */
export function draw(element, text, marks) {
  const edges = new Set([0, text.length]);
  for (const mark of marks) {
    edges.add(Math.min(mark.start, text.length));
    edges.add(Math.min(mark.end, text.length));
  }
  const sorted = [...edges].sort((one, other) => one - other);
  const parts = [];
  for (let at = 0; at + 1 < sorted.length; at += 1) {
    const [start, end] = [sorted[at], sorted[at + 1]];
    const names = new Set(marks.filter((mark) => mark.start <= start && end <= mark.end).map((mark) => mark.name));
    const words = text.slice(start, end);
    parts.push(names.size ? make('span', { class: [...names].join(' ') }, words) : words);
  }
  // A line that ends the text has no height without something in it.
  element.replaceChildren(...parts, '\u200b');
}
