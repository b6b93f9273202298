import { targetOf } from '../../src/upstream/target.js';

describe('path and query of a request', () => {
  it('has nothing behind the path if nothing is asked for', () => {
    expect(targetOf('/a', undefined, undefined)).toBe('/a');
    expect(targetOf('/a', undefined, { one: undefined })).toBe('/a');
  });

  it('leaves out what is undefined and encodes texts', () => {
    const list = { offset: 0, limit: 5, filter: 'companyName:cn:a&b', sort: undefined };
    expect(targetOf('/a', list, { flag: false, none: undefined })).toBe(
      '/a?offset=0&limit=5&filter=companyName%3Acn%3Aa%26b&flag=false',
    );
  });

  it('takes of a list nothing but its window', () => {
    const more = { offset: 1, limit: 2, customerId: '7' };
    expect(targetOf('/a', more, undefined)).toBe('/a?offset=1&limit=2');
  });
});
