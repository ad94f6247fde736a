// graphql-codegen with the client preset; Relay's @connection is taken out of the documents by their own transform.
export default {
  schema: ['../../../schema.graphql', 'directive @connection(key: String!) on FIELD'],
  documents: ['src/MeetingsList.ts'],
  ignoreNoDocuments: false,
  generates: {
    './generated/codegen/': {
      preset: 'client',
      config: { scalars: { Date: 'string', DateTime: 'string' }, strictScalars: true, useTypeImports: true },
    },
  },
};
