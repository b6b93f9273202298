/** Every scalar field of a customer: nineteen. */
export const ALL_SCALARS =
  'id customerUuid companyName customerContractType activationCode providerCustomerId isLocked lockStatus quotaMax ' +
  'quotaUsed userMax userUsed cntInternalUser cntGuestUser webhooksMax trialDaysLeft createdAt updatedAt lastLoginAt';

/** All twenty fields that are a customer's own. */
export const ALL_FIELDS = `${ALL_SCALARS} customerAttributes { items { key value } }`;

export const SIX_SCALARS = 'id companyName customerContractType quotaMax quotaUsed createdAt';

export const USER_FIELDS = 'id userName email';
