declare global {
  var EXECUTOR: 'compiled' | 'apollo' | undefined;
}

/** The executor under test, set for each project in jest.config.js; undefined for the gateway's own choice. */
export const executor = globalThis.EXECUTOR;
