/** Longer than the pieces in which long texts are held. */
export const LONG_VALUE = 'läng"er '.repeat(8_192);
