import { availableParallelism } from 'node:os';

/** What all projects share. @type {import('jest').Config} */
const shared = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  // Sources name their imports by the emitted `.js`; tests run the sources.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2022',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: false, useDefineForClassFields: false },
        },
        module: { type: 'es6' },
      },
    ],
  },
  setupFiles: ['reflect-metadata'],
};

/** Pure code: `npm run test:unit`. */
const UNIT = ['unit', 'changes', 'executor'];

/** Operations over HTTP, which every executor has to answer alike. */
const EXECUTED = ['auth', 'federation', 'integration', 'subscriptions'];

/** Suites in these folders that execute no operation, or that compare the executors themselves: run once. */
const RUN_ONCE = [
  'federation/(composition|example|schema-changes)',
  'integration/(clock-steps|compiled-memory|examples|fast-lane|first-start|health|load-shedding|process|process-end|proxies|query-page|webhook-receiver|workers)',
  'integration/sandbox/.*',
  'subscriptions/heartbeat',
];

/** Only the compiled executor gives equal queries that are under way one answer. */
const COMPILED_ONLY = ['integration/shared-queries'];

const suitesIn = (folders) => folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`);
const patternOf = (suite) => `/test/${suite}\\.test\\.ts$`;
const runOnce = RUN_ONCE.map(patternOf);

/** @type {import('jest').Config} */
export default {
  projects: [
    { ...shared, displayName: 'unit', testMatch: suitesIn(UNIT) },
    ...['compiled', 'apollo'].map((executor) => ({
      ...shared,
      displayName: executor,
      globals: { EXECUTOR: executor },
      testMatch: suitesIn(EXECUTED),
      testPathIgnorePatterns: executor === 'apollo' ? [...runOnce, ...COMPILED_ONLY.map(patternOf)] : runOnce,
    })),
    {
      ...shared,
      displayName: 'once',
      testRegex: [...runOnce, `/test/(?!${[...UNIT, ...EXECUTED].join('/|')}/)[^/]+/.*\\.test\\.ts$`],
    },
  ],
  // Suites wait for events, not for times. This bound only ends a suite that waits for ever.
  testTimeout: 120_000,
  // Many suites wait for processes and timers, so there are more of them at work than processors.
  maxWorkers: 2 * availableParallelism(),
  // ES modules of finished suites stay in a worker's memory.
  workerIdleMemoryLimit: '1GB',
};
