/** The part of the package that is used; it brings no types. */
declare module 'negotiator' {
  export default class Negotiator {
    constructor(request: { headers: { accept: string } | { 'accept-encoding': string } });
    /** The preferred one of `available`; undefined if none is acceptable. */
    mediaType(available: readonly string[]): string | undefined;
    /** The same for content codings, `identity` among them; of several that the client takes alike the first of `preferred`. */
    encoding(available: readonly string[], options: { preferred: readonly string[] }): string | undefined;
  }
}
