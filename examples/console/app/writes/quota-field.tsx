import { useState } from 'react';
import { toAmount } from '../format/amount.js';
import { BYTE_UNITS } from '../format/bytes.js';
import { UNLIMITED } from '../format/long.js';
import { Field } from './field.js';

interface QuotaFieldProps {
  name: string;
  label: string;
  /** Bytes, or -1 for no limit. */
  initial: bigint;
  hint: string;
}

const ONE_TEBIBYTE = 1024n ** 4n;

/** A quota in the unit of one's choice, or none. A quota that stays as it is goes back to the byte. */
export function QuotaField({ name, label, initial, hint }: QuotaFieldProps) {
  const [isUnlimited, setUnlimited] = useState(initial === UNLIMITED);
  const { value, unit } = toAmount(initial === UNLIMITED ? ONE_TEBIBYTE : initial);
  return (
    <div className="quota-field">
      <Field name={name} label={label} hint={hint} isRequired>
        {(field) => (
          <span className="joined">
            <input {...field} inputMode="decimal" autoComplete="off" defaultValue={value} disabled={isUnlimited} />
            <select name={`${name}.unit`} aria-label="Unit" defaultValue={unit} disabled={isUnlimited}>
              {BYTE_UNITS.map((choice) => (
                <option key={choice}>{choice}</option>
              ))}
            </select>
          </span>
        )}
      </Field>
      <label className="check">
        <input
          type="checkbox"
          name={`${name}.unlimited`}
          checked={isUnlimited}
          onChange={(event) => setUnlimited(event.currentTarget.checked)}
        />
        Unlimited
      </label>
    </div>
  );
}
