// Apollo Client, urql, graphql-ws and graphql-sse against a running server: node clients.mjs URL
// Each fetches a page and the next one, runs a mutation, and hears of what it ingested. Any warning is a failure.
import assert from 'node:assert/strict';
import { ApolloClient, HttpLink, InMemoryCache, gql } from '@apollo/client/core/index.js';
import { relayStylePagination } from '@apollo/client/utilities/index.js';
import { Client, cacheExchange, fetchExchange } from '@urql/core';
import { createClient as createSocket } from 'graphql-ws';
import { createClient as createEvents } from 'graphql-sse';

const url = process.argv[2];
if (!url) { console.error('usage: node clients.mjs URL'); process.exit(2); }

const complaints = [];
for (const level of ['warn', 'error']) console[level] = (...words) => complaints.push(`${level}: ${words.join(' ')}`);

const PAGE = `query Page($after: String) {
  meetings(first: 3, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    edges { cursor node { id name participants { id name country { id code name } } } }
  }
}`;
const INGEST = `mutation Ingest($input: [ArticleInput!]!) {
  ingestArticles(input: $input) { results { outcome article { id title events { id type } } } }
}`;
const HEARD = 'subscription Heard { articleIngested { id title } }';
const article = (name) => [{ title: name, text: `The foreign ministers of Peru and ${name} met in Lima on Monday.` }];

async function apollo() {
  const client = new ApolloClient({
    link: new HttpLink({ uri: url }),
    cache: new InMemoryCache({ typePolicies: { Query: { fields: { meetings: relayStylePagination() } } } }),
  });
  const first = await client.query({ query: gql(PAGE) });
  assert.equal(first.error, undefined);
  const watched = client.watchQuery({ query: gql(PAGE) });
  const listening = watched.subscribe(() => {});
  await watched.fetchMore({ variables: { after: first.data.meetings.pageInfo.endCursor } });
  listening.unsubscribe();
  const both = client.readQuery({ query: gql(PAGE) });
  const ids = both.meetings.edges.map((edge) => edge.node.id);
  assert.equal(new Set(ids).size, 6);
  const done = await client.mutate({ mutation: gql(INGEST), variables: { input: article('Kenya') } });
  assert.equal(done.data.ingestArticles.results[0].outcome, 'INGESTED');
}

async function urql() {
  for (const preferGetMethod of [false, 'force']) {
    const client = new Client({ url, preferGetMethod, exchanges: [cacheExchange, fetchExchange] });
    const first = await client.query(PAGE, {}).toPromise();
    assert.equal(first.error, undefined);
    const second = await client.query(PAGE, { after: first.data.meetings.pageInfo.endCursor }).toPromise();
    assert.equal(second.error, undefined);
    assert.notEqual(first.data.meetings.edges[0].node.id, second.data.meetings.edges[0].node.id);
    if (!preferGetMethod) {
      const done = await client.mutation(INGEST, { input: article('Ghana') }).toPromise();
      assert.equal(done.data.ingestArticles.results[0].article.title, 'Ghana');
    }
  }
}

async function hears(client, name) {
  const subscription = client.iterate({ query: HEARD });
  const next = subscription.next();
  await new Promise((ready) => setTimeout(ready, 1000));
  const body = JSON.stringify({ query: INGEST, variables: { input: article(name) } });
  await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { value } = await next;
  assert.deepEqual(value.data.articleIngested.title, name);
  await subscription.return();
  client.dispose();
}

await apollo();
await urql();
await hears(createSocket({ url: url.replace('http', 'ws'), webSocketImpl: globalThis.WebSocket ?? (await import('ws')).default }), 'Togo');
await hears(createEvents({ url }), 'Benin');
assert.deepEqual(complaints, []);
process.stdout.write('all clients are served\n');
