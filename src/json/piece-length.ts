/**
 * Of the pieces that long texts are held in. V8 puts strings of more than 128 KiB on pages of their own, which it asks the
 * system for each time: to make one costs more than all that is done to look through it or to write it.
 */
export const PIECE_LENGTH = 64 * 1024;
