// PostGraphile over a PostgreSQL database: serve.mjs CONNECTION PORT. Lists are on beside connections, as they are the
// faster of the two; everything else is the preset that its manual recommends.
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

const [, , connectionString, port] = process.argv;
const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString, schemas: ['public'], poolConfig: { max: 10 } })],
  grafserv: { port: Number(port), graphiql: false, watch: false },
  grafast: { explain: false },
  schema: { defaultBehavior: 'list connection' },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(port), '127.0.0.1');
