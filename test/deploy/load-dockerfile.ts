import { readFileSync } from 'node:fs';

export interface Instruction {
  name: string;
  /** What stands behind the name, continued lines put together. */
  text: string;
}

export interface Stage {
  name: string;
  from: string;
  /** In their order, without FROM. */
  instructions: readonly Instruction[];
}

function loadInstructions(path: string): Instruction[] {
  return readFileSync(path, 'utf8')
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name, text] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
      if (name === undefined || text === undefined) throw new Error(`${path}: no instruction: ${line}`);
      return { name, text };
    });
}

/** The stages of a Dockerfile as it is written here: each has a name. @throws Error on anything else */
export function loadDockerfile(path: string): Stage[] {
  const stages: { name: string; from: string; instructions: Instruction[] }[] = [];
  for (const instruction of loadInstructions(path)) {
    const stage = stages.at(-1);
    if (instruction.name !== 'FROM') {
      if (!stage) throw new Error(`${path}: ${instruction.name} stands before FROM`);
      stage.instructions.push(instruction);
      continue;
    }
    const [, from, name] = /^(\S+) AS (\S+)$/.exec(instruction.text) ?? [];
    if (from === undefined || name === undefined) throw new Error(`${path}: a stage without a name`);
    stages.push({ name, from, instructions: [] });
  }
  return stages;
}

/** The texts of one stage's instructions of a name. */
export const textsOf = ({ instructions }: Stage, name: string): string[] =>
  instructions.filter((instruction) => instruction.name === name).map(({ text }) => text);

/** What a stage itself sets; values hold no blanks here. */
export const environmentOf = (stage: Stage): Record<string, string> =>
  Object.fromEntries(
    textsOf(stage, 'ENV').flatMap((text) => text.split(' ').map((pair) => pair.split('=', 2) as [string, string])),
  );

/** The stage of that name. @throws Error if there is none */
export function stageOf(path: string, name: string): Stage {
  const stage = loadDockerfile(path).find((candidate) => candidate.name === name);
  if (!stage) throw new Error(`${path} has no stage ${name}`);
  return stage;
}
