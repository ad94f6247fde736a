// What the generated types promise is what a frontend uses.
import type { MeetingsListQueryQuery, MeetingsListIngestMutationMutationVariables } from './generated/codegen/graphql.js';

export function firstCursor(data: MeetingsListQueryQuery): string | undefined {
  return data.meetings.edges[0]?.cursor;
}

export const variables: MeetingsListIngestMutationMutationVariables = {
  input: [{ text: 'Peru and Chile held talks in Lima.', publishedOn: '2016-10-21' }],
};
