/** Which media type answers which `Accept` header, as Apollo Server has decided before. */
export interface MediaTypes {
  learn(accept: string | undefined, contentType: string): void;
  /** Undefined where it is not known. */
  of(accept: string | undefined): string | undefined;
}

/** Clients use a handful of headers; strangers may make up any number. */
const MAX_KNOWN = 100;

export function createMediaTypes(): MediaTypes {
  const known = new Map<string | undefined, string>();
  return {
    learn(accept, contentType) {
      if (known.size < MAX_KNOWN) known.set(accept, contentType);
    },
    of: (accept) => known.get(accept),
  };
}
