import { createChangeSignal } from '../../../examples/console/app/client/change-signal.js';
import { toFieldErrors } from '../../../examples/console/app/writes/field-errors.js';
import { createFormValues } from '../../../examples/console/app/writes/form-values.js';

describe('toFieldErrors', () => {
  it('places what belongs to a field, together, and keeps the rest for the whole', () => {
    const { byField, general } = toFieldErrors(
      [
        { message: 'Too short.', field: ['input', 'firstAdminUser', 'password'] },
        { message: 'No digit.', field: ['input', 'firstAdminUser', 'password'] },
        { message: 'Not there.', field: ['input', 'elsewhere'] },
        { message: 'No licence.', field: null },
      ],
      ['companyName', 'firstAdminUser.password'],
    );
    expect([...byField]).toEqual([['firstAdminUser.password', 'Too short. No digit.']]);
    expect(general).toEqual(['Not there.', 'No licence.']);
  });
});

describe('createFormValues', () => {
  const valuesOf = (entries: Record<string, string>) => {
    const data = new FormData();
    for (const [name, value] of Object.entries(entries)) data.set(name, value);
    return createFormValues(data);
  };

  it('reads what is there', () => {
    const values = valuesOf({ name: ' Ada ', users: '25', quota: '9007199254740993', 'quota.unit': 'bytes' });
    expect(values.requiredText('name')).toBe('Ada');
    expect(values.optionalText('none')).toBeUndefined();
    expect(values.count('users')).toBe(25);
    expect(values.quota('quota')).toBe('9007199254740993');
    expect(values.errors()).toBeUndefined();
  });

  it('knows a quota without a limit', () =>
    expect(valuesOf({ quota: '', 'quota.unlimited': 'on' }).quota('quota')).toBe('-1'));

  it('keeps what is wrong', () => {
    const values = valuesOf({ name: ' ', users: '1.5', quota: 'all', 'quota.unit': 'GiB' });
    values.requiredText('name');
    values.count('users');
    values.quota('quota');
    expect([...(values.errors()?.byField.keys() ?? [])]).toEqual(['name', 'users', 'quota']);
  });
});

describe('createChangeSignal', () => {
  it('tells of the first change at once, and of all others in a while once', () => {
    const due: (() => void)[] = [];
    const signal = createChangeSignal(500, (act) => due.push(act));
    let told = 0;
    signal.onChange(() => (told += 1));
    signal.raise();
    expect(told).toBe(1);
    for (let change = 0; change < 20; change += 1) signal.raise();
    expect(told).toBe(1);
    due.shift()?.();
    expect(told).toBe(2);
    due.shift()?.();
    expect([told, due.length]).toEqual([2, 0]);
    signal.raise();
    expect(told).toBe(3);
  });
});
