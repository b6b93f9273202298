import { existsSync, readFileSync } from 'node:fs';
import js from '@eslint/js';
import ts from 'typescript-eslint';

/** Room → the rooms it may import (docs/architecture.md). A room always may import itself. */
const ROOMS = JSON.parse(readFileSync(`${import.meta.dirname}/scripts/rooms.json`, 'utf8'));

const otherRooms = (room) => Object.keys(ROOMS).filter((name) => name !== room && !ROOMS[room].includes(name));

/** Folders below a room that its files may stand in. */
const LEVELS = ['', '*/', '*/*/', '*/*/*/'];

const roomRules = Object.keys(ROOMS).flatMap((room) =>
  LEVELS.map((below, level) => {
    const up = `^(?:\\.\\./){${level + 1}}`;
    return {
      files: [`src/${room}/${below}*.ts`],
      rules: {
        'no-restricted-syntax': [
          'error',
          { selector: 'ImportExpression', message: 'Imports stand at the top, where the room rules see them.' },
        ],
        'no-restricted-imports': [
          'error',
          {
            patterns: [
              ...otherRooms(room).map((name) => ({
                regex: `${up}${name}(?:\\.js$|/)`,
                message: `src/${room} may not import src/${name}: see docs/architecture.md.`,
              })),
              ...(room === 'schema'
                ? [
                    {
                      regex: `${up}upstream/(?!target)`,
                      message: 'Resolvers reach the upstream by loaders and commands.',
                    },
                  ]
                : []),
              {
                regex: `${up}(?:gateway\\.js$|main\\.js$|wiring/|process/)`,
                message: 'Imports flow away from the composition root.',
              },
            ],
          },
        ],
      },
    };
  }),
);

export default ts.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'coverage/',
      'src/*/generated/',
      'test/gql/',
      'examples/node-client/gql/',
      'examples/console/app/gql/',
      'examples/console/dist/',
      'bench/dist/',
      // The peers' packages are installed apart; without them nothing there has a type.
      ...(existsSync(`${import.meta.dirname}/bench/node_modules`) ? [] : ['bench/targets/']),
    ],
  },
  js.configs.recommended,
  ...ts.configs.strictTypeChecked,
  { languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } } },
  {
    rules: {
      'no-duplicate-imports': ['error', { includeExports: true, allowSeparateTypeImports: false }],
      'no-restricted-globals': ['error', 'fetch'],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only main.ts and cli/ read the environment.' },
        { object: 'process', property: 'exit', message: 'Only process/ and cli/ end the process.' },
      ],
      'no-console': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { varsIgnorePattern: '^_', argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      '@typescript-eslint/require-await': 'off',
      // It takes methods of closures, which have no `this`, for those of classes: both are typed by interfaces.
      '@typescript-eslint/unbound-method': 'off',
      // type-graphql classes describe the schema; what resolvers return are plain records of the same form.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  ...roomRules,
  {
    files: ['src/main.ts', 'src/process/**', 'src/cli/**', 'scripts/**', 'examples/**', 'bench/**', 'test/**'],
    rules: { 'no-console': 'off', 'no-restricted-properties': 'off', 'no-restricted-globals': 'off' },
  },
  {
    files: ['test/**'],
    rules: {
      // Jest's asymmetric matchers and graphql-js's generic defaults are typed any.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-loss-of-precision': 'off',
    },
  },
  { files: ['**/*.js'], extends: [ts.configs.disableTypeChecked] },
);
