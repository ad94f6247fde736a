/** What the API is asked about a text, and facts as names and values. */

const OWN = {
  Meeting: 'participants{name} level mode name ordinal topics',
  Visit: 'participants{name} target{name}',
  Statement: 'speakers{...actor} act targets{...actor} quoted content',
  Agreement: 'participants{name} action name topics',
  Sanction: 'action targets{...actor}',
  WeaponTest: 'weapon name ordinal',
  Resolution: 'action targets{...actor} name',
  RelationsAct: 'action targets{...actor}',
  Appointment: 'person{name} post action',
  Aid: 'targets{...actor} amount',
  Exercise: 'name targets{...actor}',
};

// Types have fields of one name and different kinds, which GraphQL wants told apart.
const fragments = Object.entries(OWN).map(
  ([type, fields]) => `...on ${type}{${fields.replace(/(?<![{.])\b[a-zA-Z]+(?=[ {]|$)/g, `${type}_$&: $&`)}}`,
);

/** The selection of a trial's facts, mentions, readings and near misses. */
export const READING = `
  errors{file line what allowed todo}
  extraction{
    mentions{kind start end}
    events{
      __typename id type status when{start end} place{name} parties{...party}
      evidence{start end rule{name}}
      ${fragments.join(' ')}
    }
  }
  explanation(grammar:$sought){
    readings{rule{name line grammar{file}} start end tree event{id} unmade slots{name mark text}}
    untouched{text start end}
    nearMisses{rule{name line grammar{file}} start stoppedAt stood words phrases classes{name file words}}
  }`;

/** The selection of what edited rules would change in the store, by rule. */
export const impact = (first) => `errors{what} impact(first:${first}){
  articleCount factCount complete
  rules{
    rule{name line grammar{file}}
    changes{kind article{title publishedOn} sentence before after}
  }
}`;

/** What READING refers to. */
export const PARTS = `
  fragment party on Party{...on Country{code name} ...on Organization{name}}
  fragment actor on Actor{...on Country{name} ...on Organization{name} ...on Person{name}}`;

/** The selection of the edits that a trial proposes. */
export const EDITS = 'explanation(grammar:$sought){proposals{file line kind text replaces why reads}}';

/** Slots whose value is one of a few names. */
const CHOSEN = new Set(['level', 'mode', 'act', 'action', 'weapon', 'status']);

function written(value) {
  if (value === null || value === undefined || value === false) return '';
  if (value === true) return 'yes';
  if (Array.isArray(value)) return value.map(written).filter(Boolean).join(', ');
  if (typeof value === 'object') {
    if ('start' in value) return value.end && value.end !== value.start ? `${value.start} to ${value.end}` : value.start;
    return value.name ?? '';
  }
  return String(value);
}

/** The filled slots of an event, by name, as text. */
export function slots(event) {
  const found = new Map();
  for (const [key, value] of Object.entries(event)) {
    if (['__typename', 'id', 'type', 'status', 'evidence'].includes(key)) continue;
    const name = key.slice(key.indexOf('_') + 1);
    const text = CHOSEN.has(name) && value ? plain(value) : written(value);
    if (text) found.set(name, text);
  }
  return found;
}

/** A fact on one line, as the rules' examples write it (`MEETING status=OCCURRED place=Oslo`): its type, then its slots. */
export function parsed(line) {
  const [type] = line.split(' ', 1);
  const found = [...line.matchAll(/(\w+)=("[^"]*"|\S+)/g)].map(([, name, value]) => [name, value.replace(/^"|"$/g, '')]);
  const told = found.filter(([, value]) => value !== 'false');
  const shown = (name, value) => (CHOSEN.has(name) ? plain(value) : value.replace(/,(?=\S)/g, ', '));
  return { type: plain(type), slots: told.map(([name, value]) => [name, shown(name, value)]) };
}

/** The name of a type or value as people write it. */
export function plain(name) {
  return name.toLowerCase().replaceAll('_', ' ');
}
