// Documents as a Relay application has them: nodes are refetched by their ids, connections are paged by their cursors.
import { graphql } from 'relay-runtime';

export const team = graphql`
  fragment Team_reps on Query @argumentDefinitions(first: { type: "Int", defaultValue: 20 }, after: { type: "String" }) @refetchable(queryName: "TeamPageQuery") {
    reps(first: $first, after: $after) @connection(key: "Team_reps") {
      edges { node { id name title ...Team_rep } }
    }
  }
`;

export const rep = graphql`
  fragment Team_rep on Rep @refetchable(queryName: "TeamRepQuery") {
    id
    payouts { id period status amount { amount currency } }
  }
`;

export const page = graphql`
  query TeamQuery {
    ...Team_reps
  }
`;

export const approve = graphql`
  mutation TeamApproveMutation($input: MovePayoutInput!) {
    approvePayout(input: $input) {
      payout { id status etag }
      userErrors { field message code }
    }
  }
`;

export const live = graphql`
  subscription TeamLiveSubscription($rep: ID!) {
    repLive(rep: $rep) { cursor live { periods { period payout { amount currency } } } }
  }
`;
