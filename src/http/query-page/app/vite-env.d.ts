/** Vite takes stylesheets along. */
declare module '*.css';

/** The page's build imports an operation file as its text. */
declare module '*.graphql' {
  const text: string;
  export default text;
}
