import { readFile } from 'node:fs/promises';
import { CommandFailure } from './command.js';

const codeOf = (error: unknown): string => String((error as NodeJS.ErrnoException).code);

/** `a.csv`, `written`, an EACCES → `a.csv cannot be written (EACCES).` */
export const fileFailure = (file: string, deed: 'read' | 'written', error: unknown): CommandFailure =>
  new CommandFailure(`${file} cannot be ${deed} (${codeOf(error)}).`);

/** The text of a file. @throws CommandFailure */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw fileFailure(file, 'read', error);
  }
}

/** The same, undefined if there is no such file. @throws CommandFailure */
export async function readTextIfAny(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw fileFailure(file, 'read', error);
  }
}
