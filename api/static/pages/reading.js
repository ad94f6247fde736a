/** The left column: what a text gives, drawn as marks and cards. */

import { find, make } from './dom.js';
import { parsed, plain, slots } from './facts.js';
import { draw, moved, offsets } from './marks.js';

/** Edits and near misses that are shown at once. */
const SHOWN = 3;
/** Words of one kind that are named before the others are folded up. */
const NAMED = 12;

/** The first items, and the others folded up. */
function few(items) {
  const rest = items.splice(SHOWN);
  if (!rest.length) return items;
  const more = make('details', {}, make('summary', {}, `${rest.length} more`), make('ul', { class: 'cards' }, ...rest));
  return [...items, make('li', {}, more)];
}

/** A fact on one line, as elements. */
export function told(line) {
  const fact = parsed(line);
  const pairs = fact.slots.map(([name, value]) => [make('span', { class: 'aside' }, ` ${name} `), value]);
  return make('span', {}, make('strong', { class: 'type' }, fact.type), ...pairs.flat());
}

/** Draws readings; `show(file, line)` opens a rule, `take(proposal)` takes an edit. */
export class ReadingView {
  constructor({ show, take }) {
    this.show = show;
    this.take = take;
    this.text = find('text');
    this.facts = [];
    this.mentions = [];
    this.shown = '';
    this.drawn = [];
    this.opened = new Set();
    this.phrases = new Map();
    for (const event of ['keyup', 'click', 'focus']) this.text.addEventListener(event, () => this.point());
  }

  /** What was read of a text. */
  reading(text, { extraction, explanation }) {
    const at = offsets(text);
    const stretch = ({ start, end }) => ({ start: at(start), end: at(end) });
    this.read = text;
    this.mentions = extraction.mentions.map((mention) => ({ ...stretch(mention), name: mention.kind.toLowerCase() }));
    const readings = explanation.readings.map((reading) => ({ ...reading, ...stretch(reading) }));
    this.facts = extraction.events.map((event) => ({
      event,
      stretches: event.evidence.map((evidence) => ({ ...stretch(evidence), rule: evidence.rule.name })),
      readings: readings.filter((reading) => reading.event?.id === event.id),
    }));
    this.unmade = readings.filter((reading) => !reading.event);
    this.cards();
    this.untouched(explanation.untouched.map((part) => ({ ...part, ...stretch(part) })));
    this.misses(text, at, explanation.nearMisses);
    this.point();
  }

  /** The text was edited: until it is read again, what did not change keeps its marks. */
  edited() {
    const { value } = this.text;
    this.drawn = moved(this.shown, value, this.drawn);
    this.shown = value;
    draw(find('marks'), value, this.drawn);
  }

  /** A sentence for the count and for screen readers. */
  summary() {
    const kinds = new Map();
    for (const { event } of this.facts) kinds.set(event.type, (kinds.get(event.type) ?? 0) + 1);
    if (!kinds.size) return 'none';
    return [...kinds].map(([type, count]) => (count > 1 ? `${count} × ${plain(type)}` : plain(type))).join(', ');
  }

  /** Mark the fact under the cursor, in the text and among the cards. */
  point() {
    if (this.read !== this.text.value) return;
    const caret = this.text.selectionStart;
    const inside = ({ start, end }) => start <= caret && caret <= end;
    const under = this.facts.find((fact) => fact.stretches.some(inside));
    if (under !== this.under) {
      this.under = under;
      for (const fact of this.facts) this.unfold(fact);
    }
    const marks = this.facts.flatMap((fact) =>
      fact.stretches.map(({ start, end }) => ({ start, end, name: fact === under ? 'fact here' : 'fact' })),
    );
    this.shown = this.read;
    this.drawn = [...marks, ...this.mentions];
    draw(find('marks'), this.shown, this.drawn);
  }

  unfold(fact) {
    const open = fact === this.under || this.opened.has(fact.event.id);
    fact.card.classList.toggle('here', fact === this.under);
    fact.head.setAttribute('aria-expanded', open);
    fact.body.hidden = !open;
  }

  cards() {
    this.under = undefined;
    const items = this.facts.map((fact, index) => {
      const { event } = fact;
      const named = slots(event);
      const brief = ['parties', 'speakers', 'person', 'place', 'when'].map((name) => named.get(name)).filter(Boolean);
      fact.body = make('div', { class: 'body', id: `fact-${index}` }, this.detail(fact, named));
      fact.head = make(
        'button',
        { type: 'button', class: 'head', 'aria-controls': `fact-${index}`, onclick: () => this.toggle(fact) },
        make('span', { class: 'type' }, plain(event.type)),
        make('span', { class: 'status' }, plain(event.status)),
        make('span', {}, brief.join(' · ')),
      );
      fact.card = make('li', { class: 'card' }, fact.head, fact.body);
      this.unfold(fact);
      return fact.card;
    });
    const unmade = this.unmade.map((reading) =>
      make(
        'li',
        { class: 'card miss' },
        make('p', {}, 'Read by ', this.rule(reading.rule), `, but no fact: ${reading.unmade}.`),
        this.took(reading),
        make('details', {}, make('summary', {}, 'Its parse tree'), this.tree(reading)),
      ),
    );
    const none = make('li', {}, make('p', { class: 'none' }, 'No rule reads a fact here.'));
    find('facts').replaceChildren(...(items.length + unmade.length ? [...items, ...unmade] : [none]));
  }

  toggle(fact) {
    const { id } = fact.event;
    if (fact.body.hidden) {
      this.opened.add(id);
      const [first] = fact.stretches;
      if (first) this.text.setSelectionRange(first.start, first.start);
      this.point();
    } else {
      this.opened.delete(id);
      if (this.under === fact) this.under = null;
    }
    this.unfold(fact);
  }

  detail(fact, named) {
    const rows = [...named].flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, value)]);
    const trees = fact.readings.map((reading) => [
      make('p', { class: 'aside' }, 'read by ', this.rule(reading.rule), ', whose slots took'),
      this.took(reading),
      this.tree(reading),
    ]);
    return [make('dl', {}, ...rows), ...trees.flat()];
  }

  /** The slots that a rule filled, with the words that each took. */
  took({ rule, slots: filled }) {
    const rows = filled.flatMap(({ name, mark, text }) => [
      make('dt', {}, name, mark && make('span', { class: 'mark-of' }, ` → ${mark.replaceAll('_', ' ')}`)),
      make('dd', {}, text ? `“${text}”` : make('span', { class: 'aside' }, 'told by the wording')),
    ]);
    return rows.length ? make('dl', { class: 'took', 'aria-label': `Slots of ${rule.name}` }, ...rows) : null;
  }

  tree({ rule, tree }) {
    return make('pre', { class: 'tree', tabindex: 0, role: 'group', 'aria-label': `Parse tree of ${rule.name}` }, tree);
  }

  /** The name of a rule; it opens the rule, unless that is gone. */
  rule(rule) {
    return rule.line ? this.link(rule.name, rule.grammar.file, rule.line) : make('code', {}, rule.name);
  }

  /** What no rule read; each stretch leads to its words. */
  untouched(stretches) {
    const items = stretches.map(({ text, start, end }) => {
      const point = () => {
        this.text.focus();
        this.text.setSelectionRange(start, end);
      };
      return make('li', {}, make('button', { type: 'button', class: 'stretch', onclick: point }, text));
    });
    find('untouched').hidden = !items.length;
    find('stretches').replaceChildren(...items);
  }

  misses(text, at, misses) {
    const items = misses.map((miss) =>
      make(
        'li',
        { class: 'card miss' },
        make(
          'p',
          {},
          this.rule(miss.rule),
          ` read “${text.slice(at(miss.start), at(miss.stoppedAt)).trim()}” and stopped at `,
          make('span', { class: 'stood' }, miss.stood ? `“${miss.stood}”` : 'the end'),
        ),
        this.expected(miss),
      ),
    );
    const none = make('li', {}, make('p', { class: 'none' }, 'None.'));
    find('misses').replaceChildren(...(items.length ? few(items) : [none]));
  }

  /** What a rule would have taken where it stopped: words, phrases and classes of words, each kind for itself. */
  expected({ rule, words, phrases, classes }) {
    const rows = [
      ['a word', words.map((word) => make('li', { class: 'word' }, word.replace(/^"|"$/g, '')))],
      ['a phrase', phrases.map((name) => make('li', {}, this.phrase(name)))],
      ['a word of a class', classes.map((one) => this.kind(one))],
    ].filter(([, chips]) => chips.length);
    const count = words.length + phrases.length + classes.length;
    const kinds = rows.flatMap(([name, chips]) => [make('dt', {}, name), make('dd', {}, ...this.chips(chips))]);
    return make(
      'details',
      {},
      make('summary', {}, `${count} ${count === 1 ? 'thing' : 'things'} would have fitted there`),
      make('dl', { class: 'expected', 'aria-label': `What ${rule.name} would have taken` }, ...kinds),
    );
  }

  /** Chips in a list, those beyond the first folded up. */
  chips(chips) {
    const list = (some) => make('ul', { class: 'wanted' }, ...some);
    if (chips.length <= NAMED) return [list(chips)];
    const rest = chips.slice(NAMED);
    return [list(chips.slice(0, NAMED)), make('details', {}, make('summary', {}, `${rest.length} more`), list(rest))];
  }

  /** The name of a phrase; it opens the grammar of the phrase where one is called so. */
  phrase(name) {
    const file = this.phrases.get(name.split('_')[0].toLowerCase());
    return file ? this.link(name, file, 1) : name;
  }

  /** A class of words: its name, which opens its file, and some of the words. */
  kind({ name, file, words }) {
    return make('li', { class: 'kind' }, this.link(name, file, 1), words.length > 0 && ` ${words.join(', ')}`);
  }

  link(text, file, line) {
    const open = () => this.show(file, line);
    return make('button', { type: 'button', class: 'link', onclick: open, title: `Open ${file}` }, text);
  }

  /** The edits that are proposed; null while they are sought. */
  proposals(found) {
    find('proposed').setAttribute('aria-busy', found === null);
    const say = (words) => find('edits').replaceChildren(make('li', {}, make('p', { class: 'none' }, words)));
    if (found === null) say('Trying small edits …');
    else if (!found.length) say('No small edit reads more here.');
    else {
      find('edits').replaceChildren(...few(found.map((proposal, index) => this.proposal(proposal, index))));
    }
  }

  proposal(proposal, index) {
    const place = `${proposal.file}:${proposal.line}`;
    return make(
      'li',
      { class: 'card edit' },
      make('div', { id: `edit-${index}` }, ...proposal.reads.split('\n').map((line) => make('p', {}, told(line)))),
      make('code', { class: 'line', tabindex: 0, 'aria-label': 'The line' }, proposal.text.trim()),
      make('p', { class: 'aside' }, proposal.why),
      make(
        'div',
        { class: 'tools' },
        make(
          'button',
          { type: 'button', class: 'take', 'aria-describedby': `edit-${index}`, onclick: () => this.take(proposal) },
          `Take it: ${proposal.replaces ? 'replaces' : 'goes below'} ${place}`,
        ),
      ),
    );
  }
}
