import type { ApolloServerPlugin } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import { boundErrors, MAX_ERRORS } from '../../errors/bound-errors.js';

/**
 * Bounds the errors of every answer of Apollo Server, whatever found them, before they are formatted. Apollo Server then
 * formats the very list that it shows here.
 */
export const leaveOutErrors: ApolloServerPlugin = {
  async requestDidStart() {
    return {
      async didEncounterErrors({ errors }) {
        if (errors.length <= MAX_ERRORS) return;
        const list: Error[] = errors as GraphQLError[];
        list.splice(0, list.length, ...boundErrors(list));
      },
    };
  },
};
