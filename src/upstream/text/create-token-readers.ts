import type { Token, TokenReader, TokenWish } from '../../json/tokens.js';
import { Answer } from '../answer.js';
import { nameInDocument, shapeOf } from '../shape-of.js';
import { RecordLayout, type PropertyPattern } from './record-layout.js';
import { tokenPattern } from './token-pattern.js';

const ATTRIBUTES = 'customerAttributes';

function toPatterns(name: string, wishes: readonly TokenWish[]): Map<string, PropertyPattern> | undefined {
  const shape = shapeOf(nameInDocument(name));
  if (!shape) return undefined;
  const patterns = new Map<string, PropertyPattern>();
  for (const wish of wishes) {
    const property = shape[wish.name];
    const pattern = property && tokenPattern(property.kind, wish.form);
    if (pattern === undefined) return undefined;
    // Where they were not asked for, their absence says nothing.
    const isUnknown = wish.name === ATTRIBUTES && name !== nameInDocument(name);
    patterns.set(wish.name, { pattern, required: property?.required === true || isUnknown });
  }
  return patterns;
}

type CreateTokenReader = (like: object, wishes: readonly TokenWish[]) => TokenReader | undefined;

/**
 * Makes readers of answers of the class of `like` that are still text; none where not every wish can be met. The wishes
 * name each property once. What the answers of a class have taught one reader, all of that class know.
 */
export function createTokenReaders(): CreateTokenReader {
  const layouts = new Map<string, RecordLayout>();

  function layoutOf(name: string): RecordLayout {
    let layout = layouts.get(name);
    if (!layout) layouts.set(name, (layout = new RecordLayout()));
    return layout;
  }

  return (like, wishes) => {
    const name = like instanceof Answer ? like.shapeName : '';
    const patterns = toPatterns(name, wishes);
    return patterns && new LearningReader(layoutOf(name), patterns, wishes);
  };
}

class LearningReader implements TokenReader {
  places: readonly number[] = [];
  private pattern = /(?!)/y;
  private version = -1;

  constructor(
    private readonly layout: RecordLayout,
    private readonly patterns: ReadonlyMap<string, PropertyPattern>,
    private readonly wishes: readonly TokenWish[],
  ) {}

  read(record: object): readonly Token[] | undefined {
    const text = (record as Answer).text;
    if (!text) return undefined;
    if (this.version !== this.layout.version) this.compile();
    this.pattern.lastIndex = text.start;
    const match = this.pattern.exec(text.text);
    if (match && this.pattern.lastIndex === text.end) return match;
    // Whoever is told that it can't be read reads its properties.
    this.layout.learn((record as Answer).from);
    return undefined;
  }

  private compile(): void {
    const { pattern, groups } = this.layout.toPattern(this.patterns);
    this.version = this.layout.version;
    this.pattern = pattern;
    this.places = this.wishes.map(({ name }) => groups.get(name) ?? 0);
  }
}
