/** The right column: the files of the rules, edited in memory. */

import { find, make } from './dom.js';
import { ask } from './graphql.js';
import { colour, numbers } from './source.js';

const GROUPS = [
  ['Events', /^rules\/\w+\.lark$/],
  ['Phrases', /^rules\/phrases\/\w+\.lark$/],
  ['Shared wording', /^rules\/shared\/\w+\.lark$/],
  ['Examples', /\.corpus$/],
  ['Words', /\.csv$/],
];

/** Holds every file that was opened, as it is in force and as edited; `changed` is called after each edit. */
export class Editor {
  constructor({ changed }) {
    this.changed = changed;
    this.files = new Map();
    this.marks = new Map();
    this.area = find('source');
    this.area.addEventListener('input', () => this.typed());
    find('file').addEventListener('change', (event) => this.show(event.target.value));
    addEventListener('beforeunload', (event) => this.edits().length && event.preventDefault());
  }

  /** List the files. */
  list(names) {
    const groups = GROUPS.map(([label, fits]) => {
      const options = names.filter((name) => fits.test(name));
      const shown = (name) => name.replace(/^rules\//, '');
      return make('optgroup', { label }, ...options.map((name) => make('option', { value: name }, shown(name))));
    });
    find('file').replaceChildren(...groups);
  }

  /** Open a file, at a line if one is given. */
  async show(name, line) {
    await this.load(name);
    this.name = name;
    this.marks = new Map(line ? [[line, 'pointed']] : []);
    find('file').value = name;
    this.area.value = this.files.get(name).text;
    this.draw();
    const height = parseFloat(getComputedStyle(this.area).lineHeight);
    find('sheet').scrollTop = line ? Math.max(0, (line - 4) * height) : 0;
  }

  async load(name) {
    if (this.files.has(name)) return;
    const { ruleFile } = await ask('query($file:String!){ruleFile(file:$file){text}}', { file: name });
    this.files.set(name, { before: ruleFile.text, text: ruleFile.text });
  }

  /** Take a proposed edit. */
  async take({ file, line, text, replaces }) {
    await this.load(file);
    const held = this.files.get(file);
    const lines = held.text.split('\n');
    const at = Math.min(replaces ? line - 1 : line, lines.length);
    // Below the last line stands the end of the file, which is empty.
    lines.splice(at, replaces ? 1 : 0, text.replace(/\n$/, ''));
    held.text = lines.join('\n');
    await this.show(file, at + 1);
    this.changed();
  }

  /** The edited files, as the API takes them. */
  edits() {
    return [...this.files].filter(([, held]) => held.text !== held.before).map(([file, { text }]) => ({ file, text }));
  }

  /** Undo every edit. */
  undo() {
    for (const held of this.files.values()) held.text = held.before;
    this.area.value = this.files.get(this.name).text;
    this.draw();
    this.changed();
  }

  /** The rules in force have changed: load anew what is not edited; edited files keep what they were made from. */
  async refresh() {
    const { name } = this;
    for (const [file, held] of this.files) if (held.text === held.before) this.files.delete(file);
    if (!name) return;
    if (this.files.has(name)) return;
    const { scrollTop } = find('sheet');
    const { selectionStart, selectionEnd } = this.area;
    await this.show(name);
    this.area.setSelectionRange(selectionStart, selectionEnd);
    find('sheet').scrollTop = scrollTop;
  }

  /** Mark the lines of errors in the open file. */
  wrong(errors) {
    for (const [line, mark] of this.marks) if (mark === 'wrong') this.marks.delete(line);
    for (const error of errors) if (error.file === this.name) this.marks.set(error.line, 'wrong');
    this.draw();
  }

  /** The open file: its name, its text as in force and as edited. */
  open() {
    return { file: this.name, ...this.files.get(this.name) };
  }

  typed() {
    this.files.get(this.name).text = this.area.value;
    this.marks.clear();
    this.draw();
    this.changed();
  }

  draw() {
    if (!this.name) return;
    const { text, before } = this.files.get(this.name);
    colour(find('ink'), this.name, text, this.marks);
    find('numbers').textContent = numbers(text);
    find('changed').hidden = text === before;
  }
}
