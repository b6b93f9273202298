import type { InferOutput, ObjectSchema } from 'valibot';
import { SERVER_VARIABLES } from './variables/server-variables.js';
import { UPSTREAM_VARIABLES } from './variables/upstream-variables.js';
import { AUTH_VARIABLES } from './variables/auth-variables.js';
import { OPERATION_VARIABLES } from './variables/operation-variables.js';
import { STATE_VARIABLES } from './variables/state-variables.js';
import { AGENT_VARIABLES } from './variables/agent-variables.js';
import { EVENT_VARIABLES } from './variables/event-variables.js';
import { TELEMETRY_VARIABLES } from './variables/telemetry-variables.js';

/** Every environment variable that the gateway reads. */
export const VARIABLES = {
  ...SERVER_VARIABLES,
  ...UPSTREAM_VARIABLES,
  ...AUTH_VARIABLES,
  ...OPERATION_VARIABLES,
  ...STATE_VARIABLES,
  ...EVENT_VARIABLES,
  ...AGENT_VARIABLES,
  ...TELEMETRY_VARIABLES,
};

/** The parsed value of each variable. */
export type Values = InferOutput<ObjectSchema<typeof VARIABLES, undefined>>;
