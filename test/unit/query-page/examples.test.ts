import { readFileSync, readdirSync } from 'node:fs';
import { buildASTSchema, getOperationAST, getVariableValues, parse, validate } from 'graphql';

const root = new URL('../../../', import.meta.url);
const folder = new URL('src/http/query-page/app/examples/', root);
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => file.replace('.graphql', ''));

// The federation directives are defined where a supergraph is composed, not in the emitted file.
const schema = buildASTSchema(parse(readFileSync(new URL('schema.graphql', root), 'utf8')), { assumeValidSDL: true });

const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const operationOf = (name: string) => getOperationAST(parse(read(`${name}.graphql`)));

describe('the example operations', () => {
  it('have names of their own', () => {
    const operationNames = names.map((name) => operationOf(name)?.name?.value);
    expect(operationNames).toHaveLength(9);
    expect(operationNames).not.toContain(undefined);
    expect(new Set(operationNames).size).toBe(operationNames.length);
  });

  describe.each(names)('%s', (name) => {
    it('is valid against the schema', () => {
      expect(validate(schema, parse(read(`${name}.graphql`)))).toEqual([]);
    });

    it('begins with a comment for the reader', () => {
      expect(read(`${name}.graphql`)).toMatch(/^# [A-Z].+/);
    });

    it('comes with variables that its operation takes', () => {
      const declared = operationOf(name)?.variableDefinitions ?? [];
      const values = (declared.length > 0 ? JSON.parse(read(`${name}.variables.json`)) : {}) as Record<string, unknown>;
      const { errors } = getVariableValues(schema, declared, values);
      expect(errors).toBeUndefined();
      expect(Object.keys(values).sort()).toEqual(declared.map(({ variable }) => variable.name.value).sort());
    });
  });
});
