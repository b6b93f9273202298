import type { LoadPlan } from './load-plan.js';
import { runLoad } from './run-load.js';

/** The process of the load generator: runs each plan that arrives and answers with its result. */
process.on('message', (plan: LoadPlan) => {
  runLoad(plan).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.message : String(error) }),
  );
});
