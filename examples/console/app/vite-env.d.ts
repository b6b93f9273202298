/** Vite takes the stylesheet along. */
declare module '*.css';
