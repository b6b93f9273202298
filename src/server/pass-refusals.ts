import type { ApolloServerPlugin } from '@apollo/server';
import { GatewayError } from '../errors/gateway-error.js';

/**
 * Lets what a plugin refuses before validation reach the client. Apollo Server takes an error from those hooks for a
 * bug, logs it and masks it, unless this hook throws first.
 */
export const passRefusals: ApolloServerPlugin = {
  async unexpectedErrorProcessingRequest({ error }) {
    if (error instanceof GatewayError) throw error;
  },
};
