// Documents as a frontend writes them: the same tags serve graphql-codegen's client preset and relay-compiler.
import { graphql } from 'react-relay';

export const fragment = graphql`
  fragment MeetingsList_meeting on Meeting {
    id
    status
    when { start end granularity }
    place { name country { code } }
    participants { id name country { name } }
    sidelinesOf { id }
    evidence { text rule { name } article { id title } }
  }
`;

export const query = graphql`
  query MeetingsListQuery($first: Int!, $after: String, $filter: EventFilter) {
    meetings(first: $first, after: $after, filter: $filter) @connection(key: "MeetingsList_meetings") {
      edges { cursor node { id ...MeetingsList_meeting } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const event = graphql`
  query MeetingsListEventQuery($id: ID!) {
    node(id: $id) {
      __typename
      id
      ... on Event { type parties { __typename ... on Country { code } ... on Organization { name } } }
      ... on Statement { act speakers { __typename ... on Person { name } } }
    }
  }
`;

export const ingest = graphql`
  mutation MeetingsListIngestMutation($input: [ArticleInput!]!) {
    ingestArticles(input: $input) { results { outcome eventCount article { id title } } }
  }
`;

export const heard = graphql`
  subscription MeetingsListSubscription($filter: EventFilter) {
    eventReported(filter: $filter) { id type status }
  }
`;
