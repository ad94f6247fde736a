/** Asking the server's GraphQL API. */

const ENDPOINT = '/graphql';

/** An answer without data, or with an error that the page has to tell. */
export class RefusedError extends Error {}

/** The data of a query or mutation; throws RefusedError with the server's sentence. */
export async function ask(query, variables = {}, { token, signal } = {}) {
  const headers = { 'content-type': 'application/json', accept: 'application/json' };
  if (token) headers.authorization = `Bearer ${token}`;
  let answer;
  try {
    const response = await fetch(ENDPOINT, { method: 'POST', headers, body: JSON.stringify({ query, variables }), signal });
    answer = await response.json();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new RefusedError('The server does not answer.');
  }
  if (answer.errors) throw new RefusedError(answer.errors[0].message);
  return answer.data;
}

/** Calls `hear` with the data of each event of a subscription, and `lost` when the connection is gone for now. */
export function listen(query, hear, lost) {
  const source = new EventSource(`${ENDPOINT}?query=${encodeURIComponent(query)}`);
  source.addEventListener('next', (event) => {
    const { data } = JSON.parse(event.data);
    if (data) hear(data);
  });
  source.addEventListener('error', lost);
  return source;
}
