import { toQualityValues } from '../../../src/http/query-page/quality-values.js';

describe('toQualityValues', () => {
  it.each<[string | undefined, Record<string, number>]>([
    [undefined, {}],
    ['', {}],
    [' , ', {}],
    ['gzip', { gzip: 1 }],
    ['GZip;Q=0.5', { gzip: 0.5 }],
    ['br;q=1.0, gzip ; q=0.8 ,*;q=0', { br: 1, gzip: 0.8, '*': 0 }],
    ['application/json;charset=utf-8;q=0.3', { 'application/json': 0.3 }],
    ['gzip;q=high, br;q=7, zstd;q=-1', { gzip: 1, br: 1, zstd: 1 }],
  ])('reads %j', (header, expected) => {
    expect(Object.fromEntries(toQualityValues(header))).toEqual(expected);
  });
});
