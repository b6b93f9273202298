import { readFileSync } from 'node:fs';
import fc from 'fast-check';

interface Property {
  $ref?: string;
  type?: string;
  format?: string;
  enum?: string[];
  items?: Property;
  deprecated?: boolean;
}
export interface Spec {
  paths: Record<string, Record<string, { operationId: string; parameters: { $ref: string }[] }>>;
  components: {
    schemas: Record<string, { properties: Record<string, Property>; required?: string[] }>;
    parameters: Record<string, { name: string; in: string; required?: boolean }>;
  };
}

export const SPEC_TEXT = readFileSync('openapi/provisioning.openapi.json', 'utf8');
export const readSpec = (): Spec => JSON.parse(SPEC_TEXT) as Spec;

/** A change to a document, and what the comparison has to say of it. */
export interface Mutation {
  apply: (spec: Spec) => void;
  kind: 'appeared' | 'vanished' | 'changed';
  what: string;
}

const spec = readSpec();
/** Error answers are not compared. */
const NOT_COMPARED = /^(?:ErrorResponse|PasswordPolicyViolationResponse|ViolatedPasswordPolicy)$/;
const properties = Object.entries(spec.components.schemas)
  .filter(([name]) => !NOT_COMPARED.test(name))
  .flatMap(([name, schema]) => Object.keys(schema.properties).map((property) => [name, property] as const));
const enums = properties.filter(([name, property]) => spec.components.schemas[name]?.properties[property]?.enum);
const operations = Object.entries(spec.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([method, { parameters }]) => ({ path, method, parameters })),
);
const keyOf = (path: string, method: string): string =>
  `${method.toUpperCase()} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
const parameterOf = ({ $ref }: { $ref: string }) => spec.components.parameters[$ref.split('/').at(-1) ?? ''];
const parameters = operations.flatMap(({ path, method, parameters: all }) =>
  all.flatMap((reference) => {
    const { name = '', in: place = '' } = parameterOf(reference) ?? {};
    return place === 'path' ? [] : [{ path, method, $ref: reference.$ref, name, place }];
  }),
);

const schemaOf = (document: Spec, name: string) => {
  const schema = document.components.schemas[name];
  if (!schema) throw new Error(name);
  return schema;
};

const ofProperty = fc.constantFrom(...properties).chain(([name, property]) => {
  const what = `${name}.${property}`;
  return fc.constantFrom<Mutation>(
    { kind: 'vanished', what, apply: (s) => Reflect.deleteProperty(schemaOf(s, name).properties, property) },
    { kind: 'changed', what, apply: (s) => (schemaOf(s, name).properties[property] = { type: 'null-ish' }) },
    {
      kind: 'changed',
      what,
      apply(s) {
        const schema = schemaOf(s, name);
        const required = schema.required ?? [];
        const isRequired = required.includes(property);
        schema.required = isRequired ? required.filter((one) => one !== property) : [...required, property];
      },
    },
    { kind: 'appeared', what: `${what}New`, apply: (s) => (schemaOf(s, name).properties[`${property}New`] = {}) },
    {
      kind: 'appeared',
      what: `required ${what}New`,
      apply(s) {
        const schema = schemaOf(s, name);
        schema.properties[`${property}New`] = {};
        schema.required = [...(schema.required ?? []), `${property}New`];
      },
    },
  );
});

const ofEnum = fc.constantFrom(...enums).chain(([name, property]) => {
  const valuesOf = (document: Spec): string[] => schemaOf(document, name).properties[property]?.enum ?? [];
  const [first = ''] = valuesOf(spec);
  return fc.constantFrom<Mutation>(
    { kind: 'vanished', what: `value ${first} of ${name}.${property}`, apply: (s) => valuesOf(s).shift() },
    { kind: 'appeared', what: `value new of ${name}.${property}`, apply: (s) => valuesOf(s).push('new') },
  );
});

const formats = properties.filter(([name, property]) => spec.components.schemas[name]?.properties[property]?.format);
const ofFormat = fc.constantFrom(...formats).map(([name, property]): Mutation => ({
  kind: 'changed',
  what: `${name}.${property}`,
  apply: (s) => delete schemaOf(s, name).properties[property]?.format,
}));

const ofOperation = fc.constantFrom(...operations).chain(({ path, method }) =>
  fc.constantFrom<Mutation>(
    {
      kind: 'vanished',
      what: `operation ${keyOf(path, method)}`,
      apply: (s) => Reflect.deleteProperty(s.paths[path] ?? {}, method),
    },
    {
      kind: 'appeared',
      what: 'operation GET /v4/provisioning/new',
      apply: (s) => (s.paths['/v4/provisioning/new'] = { get: { operationId: 'new', parameters: [] } }),
    },
  ),
);

const ofParameter = fc.constantFrom(...parameters).map(({ path, method, $ref, name, place }): Mutation => {
  const id = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
  return {
    kind: 'vanished',
    what: `parameter ${id} of ${keyOf(path, method)}`,
    apply(s) {
      const operation = s.paths[path]?.[method];
      if (operation) operation.parameters = operation.parameters.filter((parameter) => parameter.$ref !== $ref);
    },
  };
});

/** Any single change to our document. */
export const mutation = fc.oneof(ofProperty, ofEnum, ofFormat, ofOperation, ofParameter);
