// A rule for graphql-inspector: a breaking change passes where the changelog's newest part names its coordinate, such
// as `Meeting.place` or `Query.meetings.filter`. The variable CHANGELOG is the path of the changelog.
const { readFileSync } = require('node:fs');

const newest = readFileSync(process.env.CHANGELOG, 'utf8').split(/^## /m)[1] ?? '';
const named = new Set(newest.match(/`[\w.]+`/g));

module.exports = ({ changes }) =>
  changes.filter(({ criticality, path }) => criticality.level !== 'BREAKING' || !named.has('`' + path + '`'));
