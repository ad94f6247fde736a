/** The workbench: a text and the rules side by side; each change of either is tried at once, in the server's sandbox. */

import { find, make, settled } from './dom.js';
import { Editor } from './editor.js';
import { EDITS, impact, PARTS, plain, READING } from './facts.js';
import { ask, listen, RefusedError } from './graphql.js';
import { ReadingView, told } from './reading.js';

const FIRST = 'rules/meeting.lark';
const STORED = 200;
const PAUSE = 250;
const TRIAL = (selection, more = '') =>
  `query($files:[RuleFileInput!]!,$text:String!,$day:Date,$sought:String){
    tryRules(files:$files,text:$text,publishedOn:$day){${selection}}}${more}`;
const WITHOUT_SOUGHT = (selection) => TRIAL(selection).replace(',$sought:String', '');
const EXAMPLES = (skip) => `examples(skip:${skip}){count checked errors{file line what allowed todo}}`;
const TOLD = 'rulesVersion errors{file line what allowed todo}';

const MOST_FAILURES = 100;

const editor = new Editor({ changed: () => soon() });
const view = new ReadingView({ show: (file, line) => show(file, line), take: (proposal) => take(proposal) });
let running = new AbortController();
let savesRules = false;
let token = '';

function finding(error) {
  const words = [error.what, error.allowed, error.todo].filter(Boolean).join('; ');
  const place = `${error.file}:${error.line}`;
  const open = () => show(error.file, error.line);
  const known = editor.known?.includes(error.file);
  return make('li', {}, known ? make('button', { type: 'button', class: 'link', onclick: open }, place) : place, `: ${words}`);
}

async function show(file, line) {
  await editor.show(file, line);
  find('source').focus({ preventScroll: true });
}

async function take(proposal) {
  find('saved').textContent = '';
  await editor.take(proposal);
  find('source').focus({ preventScroll: true });
}

function verdict(id, text, mark = '') {
  find(id).textContent = text;
  find(id).className = `verdict ${mark}`;
}

/** Try the text with the rules as edited; what was asked before is of no use any more. */
async function tryOut() {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const text = find('text').value;
  const files = editor.edits();
  const sought = find('sought').value || null;
  const given = { files, text: text.trim() ? text : '-', day: find('published').value || null };
  const trial = async (query, more) => (await ask(query, { ...given, ...more }, { signal })).tryRules;
  find('undo').disabled = find('try-store').disabled = !files.length;
  find('save').disabled = editor.open().text === editor.open().before;
  try {
    const found = await trial(TRIAL(READING, PARTS), { sought });
    find('errors').replaceChildren(...found.errors.map(finding));
    editor.wrong(found.errors);
    if (!found.extraction) {
      verdict('examples', 'These rules cannot be used yet, so the text is shown as it was read before.', 'bad');
      find('failures').replaceChildren();
      return;
    }
    view.reading(text, found);
    find('count').textContent = text.trim() ? view.summary() : '';
    if (files.length) await tryExamples(trial);
    else {
      verdict('examples', '');
      find('failures').replaceChildren();
    }
    if (!text.trim()) view.proposals([]);
    else {
      view.proposals(null);
      view.proposals((await trial(TRIAL(EDITS), { sought })).explanation?.proposals ?? []);
    }
  } catch (error) {
    if (error.name === 'AbortError') return;
    if (!(error instanceof RefusedError)) throw error;
    view.proposals([]);
    verdict('examples', error.message, 'bad');
  }
}

async function tryExamples(trial) {
  verdict('examples', 'Trying all examples …');
  find('failures').replaceChildren();
  const wrong = [];
  // One request reads as many as its time suffices for.
  for (let done = 0, all = 1; done < all && wrong.length < MOST_FAILURES; ) {
    const { examples } = await trial(WITHOUT_SOUGHT(EXAMPLES(done)), {});
    done += examples.checked;
    all = examples.count;
    wrong.push(...examples.errors);
    const tried = done < all ? `${done} of ${all} examples` : `${all} examples`;
    if (wrong.length) verdict('examples', `Of ${tried}, these are not read as they say:`, 'bad');
    else if (done < all) verdict('examples', `${tried} are read as they say …`);
    else verdict('examples', `All ${tried} are read as they say.`, 'good');
    find('failures').replaceChildren(...wrong.map(finding));
  }
}

async function tryStore() {
  const said = find('stored');
  said.replaceChildren('Reading the newest articles of the store …');
  try {
    const { tryRules } = await ask(WITHOUT_SOUGHT(impact(STORED)), { files: editor.edits(), text: '-', day: null });
    said.replaceChildren(...(tryRules.impact ? changes(tryRules.impact) : ['These rules cannot be used yet.']));
  } catch (error) {
    said.replaceChildren(error.message);
  }
}

/** What edited rules would change in the store, grouped by rule. */
function changes({ articleCount, factCount, complete, rules }) {
  const limit = complete ? '' : ' (the time did not suffice for more)';
  const count = rules.reduce((sum, { changes: some }) => sum + some.length, 0);
  const first = `${articleCount} articles read${limit}: ${count || 'none'} of ${factCount} facts would change.`;
  const groups = rules.map(({ rule, changes: some }) => [
    make('h3', {}, view.rule(rule), ` ${some.length} ${some.length === 1 ? 'change' : 'changes'}`),
    make('ul', {}, ...some.map(change)),
  ]);
  return [make('p', { class: 'verdict' }, count ? first : first.replace(/none of/, 'none of the')), ...groups.flat()];
}

function change({ kind, article, sentence, before, after }) {
  return make(
    'li',
    {},
    make('p', {}, make('strong', { class: 'type' }, plain(kind)), ` in ${article.title ?? article.publishedOn ?? 'an article'}: “${sentence}”`),
    before && make('p', { class: 'bad' }, '− ', told(before)),
    after && make('p', { class: 'good' }, '+ ', told(after)),
  );
}

async function save() {
  if (!token) {
    const dialog = find('ask-token');
    dialog.returnValue = '';
    dialog.showModal();
    await new Promise((done) => dialog.addEventListener('close', done, { once: true }));
    token = dialog.returnValue === 'save' ? find('token').value : '';
    find('token').value = '';
    if (!token) return;
  }
  const { file, text, before } = editor.open();
  const query = `mutation($file:String!,$text:String!,$replaces:String!){
    saveRule(file:$file,text:$text,replaces:$replaces){saved errors{file line what allowed todo}}}`;
  try {
    const { saveRule } = await ask(query, { file, text, replaces: before }, { token });
    find('errors').replaceChildren(...saveRule.errors.map(finding));
    if (!saveRule.saved) return;
    editor.files.get(file).before = text;
    editor.draw();
    verdict('saved', `${file} is saved and comes into force now.`, 'good');
    tryOut();
  } catch (error) {
    token = '';
    verdict('saved', error.message, 'bad');
  }
}

async function copy() {
  await navigator.clipboard.writeText(editor.open().text);
  verdict('saved', `${editor.open().file} is on the clipboard.`);
}

/** The rules in force, and what is wrong with those on the disk. */
function inForce({ rulesVersion, errors }) {
  find('force').textContent = `rules ${rulesVersion.slice(0, 7)} in force`;
  find('broken').hidden = !errors.length;
  const first = 'The rules on the disk have errors; those before stay in force.';
  find('broken').replaceChildren(...(errors.length ? [make('p', {}, first), make('ul', {}, ...errors.map(finding))] : []));
}

const soon = settled(PAUSE, tryOut);

async function start() {
  const text = find('text');
  text.addEventListener('input', () => {
    view.edited();
    soon();
  });
  find('published').addEventListener('change', soon);
  find('sought').addEventListener('change', tryOut);
  find('undo').addEventListener('click', () => editor.undo());
  find('try-store').addEventListener('click', tryStore);
  find('copy').addEventListener('click', copy);
  find('save').addEventListener('click', save);
  const known = await ask(`{rules{${TOLD}} ruleFiles{file} savesRules grammars{name file}}`);
  editor.known = known.ruleFiles.map(({ file }) => file);
  editor.list(editor.known);
  savesRules = known.savesRules;
  find('save').hidden = !savesRules;
  if (savesRules) find('source-help').textContent = 'What you type is tried on the text and on all examples until you save it.';
  const events = known.grammars.filter(({ file }) => !file.includes('/phrases/')).map(({ name }) => name);
  view.phrases = new Map(known.grammars.map(({ name, file }) => [name, file]));
  find('sought').append(...events.map((name) => make('option', { value: name }, name.replaceAll('_', ' '))));
  inForce(known.rules);
  const asked = new URLSearchParams(location.search).get('text');
  if (asked) text.value = asked;
  await editor.show(FIRST);
  await tryOut();
  listen(
    `subscription{rulesReloaded{${TOLD}}}`,
    async ({ rulesReloaded }) => {
      inForce(rulesReloaded);
      await editor.refresh();
      if (!rulesReloaded.errors.length) tryOut();
    },
    () => {
      find('force').textContent = 'the server does not answer';
    },
  ).addEventListener('open', async () => inForce((await ask(`{rules{${TOLD}}}`)).rules));
}

start().catch((error) => {
  find('force').textContent = error.message;
  throw error;
});
