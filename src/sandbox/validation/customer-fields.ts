import { ApiFailure } from '../http/errors.js';
import { CONTRACT_TYPES, UNLIMITED_QUOTA, type ContractType } from '../store/model.js';
import { mandatory, notEmpty, type BodyReader } from './body-reader.js';

/** The members which creating and changing a customer have in common. */
export interface CustomerFields {
  readonly contractType: ContractType;
  readonly companyName: string | undefined;
  readonly providerCustomerId: string | undefined;
  readonly quotaMax: bigint | undefined;
  readonly userMax: number | undefined;
  readonly webhooksMax: bigint | undefined;
  readonly isLocked: boolean | undefined;
}

const MINIMUM_QUOTA_BYTES = 1_048_576n;

export function readCustomerFields(body: BodyReader): CustomerFields {
  return {
    contractType: toContractType(mandatory(body.text('customerContractType'), 'customerContractType')),
    companyName: notEmpty(body.text('companyName'), 'companyName'),
    providerCustomerId: body.text('providerCustomerId'),
    quotaMax: checkQuota(body.int64('quotaMax')),
    userMax: body.count('userMax'),
    webhooksMax: checkNotNegative(body.int64('webhooksMax')),
    // Which of the two wins is not documented; here it is the newer name.
    isLocked: body.boolean('isLocked') ?? body.boolean('lockStatus'),
  };
}

function toContractType(text: string): ContractType {
  const type = CONTRACT_TYPES.find((known) => known === text);
  if (type === undefined) {
    throw new ApiFailure('invalidPositiveNumber', {
      debugInfo: `customerContractType '${text}' is not one of ${CONTRACT_TYPES.join(', ')}`,
    });
  }
  return type;
}

function checkQuota(quotaMax: bigint | undefined): bigint | undefined {
  if (quotaMax !== undefined && quotaMax !== UNLIMITED_QUOTA && quotaMax < MINIMUM_QUOTA_BYTES) {
    throw new ApiFailure('quotaTooSmall');
  }
  return quotaMax;
}

function checkNotNegative(value: bigint | undefined): bigint | undefined {
  if (value !== undefined && value < 0n) throw new ApiFailure('invalidPositiveNumber');
  return value;
}
