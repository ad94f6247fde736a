import { explorerPlugin } from '@graphiql/plugin-explorer';
import '@graphiql/plugin-explorer/style.css';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import 'graphiql/style.css';
import { createClient } from 'graphql-ws';
import { useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import firstQuery from './first-query.graphql?raw';
import './style.css';
import './workers';

const endpoint = new URL('/graphql', location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === 'https:' ? 'wss:' : 'ws:';

const client = createClient({ url: socket.href, lazy: true, retryAttempts: Infinity });
const fetcher = createGraphiQLFetcher({ url: endpoint.href, wsClient: client });

interface Told {
  rulesVersion: string;
  errors: { file: string; line: number; what: string }[];
}

const TOLD = 'rulesVersion errors { file line what }';

/** What is wrong with rules that were saved while the server runs, and the way to the page that mends them. */
function RulesTold() {
  const [told, tell] = useState<Told | null>(null);
  useEffect(() => {
    const current = fetch(`${endpoint.href}?query=${encodeURIComponent(`{ rules { ${TOLD} } }`)}`);
    current.then((answer) => answer.json()).then(({ data }) => tell(data.rules)).catch(() => undefined);
    return client.subscribe<{ rulesReloaded: Told }>(
      { query: `subscription { rulesReloaded { ${TOLD} } }` },
      { next: ({ data }) => data && tell(data.rulesReloaded), error: () => undefined, complete: () => undefined },
    );
  }, []);
  const [first, ...more] = told?.errors ?? [];
  return (
    <>
      <a className="chancery-link" href="/workbench">
        Workbench
      </a>
      <span className="chancery-told" role="status">
        {first && `${first.file}:${first.line}: ${first.what}${more.length ? ` (and ${more.length} more)` : ''}`}
      </span>
    </>
  );
}

/** The longest query that is written into the address, so that the page can be loaded anew by any server. */
const LONGEST = 4000;
const asked = new URLSearchParams(location.search);

/** Keeps what is asked in the address, so that the address can be sent to somebody. */
function write(name: string, value: string) {
  const address = new URL(location.href);
  const kept = value.trim() && value.length <= LONGEST;
  if (kept) address.searchParams.set(name, value);
  else address.searchParams.delete(name);
  history.replaceState(null, '', address);
}

/** The name in the corner; while no theme is chosen, it also hands the system's change of colours on to the editors. */
function ChanceryName() {
  const theme = useGraphiQL((state) => state.theme);
  const { setTheme } = useGraphiQLActions();
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)');
    const follow = () => theme ?? setTheme(null);
    system.addEventListener('change', follow);
    return () => system.removeEventListener('change', follow);
  }, [theme, setTheme]);
  return (
    <span className="chancery-corner">
      <a className="chancery-name" href="/">
        Chancery
      </a>
      <RulesTold />
    </span>
  );
}

createRoot(document.getElementById('graphiql')!).render(
  <GraphiQL
    fetcher={fetcher}
    defaultQuery={firstQuery}
    initialQuery={asked.get('query') ?? undefined}
    initialVariables={asked.get('variables') ?? undefined}
    onEditQuery={(query) => write('query', query)}
    onEditVariables={(variables) => write('variables', variables)}
    defaultEditorToolsVisibility={false}
    plugins={[HISTORY_PLUGIN, explorerPlugin({ showAttribution: false })]}
  >
    <GraphiQL.Logo>
      <ChanceryName />
    </GraphiQL.Logo>
  </GraphiQL>,
);
