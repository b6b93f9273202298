/**
 * What of the schema came with which version of the upstream's API, as its OpenAPI document tells by `x-since`. What is
 * not here was there before, or is built from what was. Inputs are only named where an older upstream would not see them.
 */
export const FIRST_VERSIONS: Readonly<Record<string, string>> = {
  'Mutation.updateCustomerAttributes': '4.4.0',
  'Mutation.removeCustomerAttribute': '4.4.0',
  'UserInfo.userType': '4.11.0',
  'UserInfo.firstName': '4.11.0',
  'UserInfo.lastName': '4.11.0',
  'UserInfo.email': '4.11.0',
  'UserInfo.avatarUuid': '4.11.0',
  'UserInfo.userName': '4.13.0',
  'User.avatarUuid': '4.11.0',
  'User.userName': '4.13.0',
  'FirstAdminUserInput.userName': '4.13.0',
  'Customer.webhooksMax': '4.19.0',
  'CreateCustomerInput.webhooksMax': '4.19.0',
  'UpdateCustomerInput.webhooksMax': '4.19.0',
  'Query.webhook': '4.19.0',
  'Query.webhooks': '4.19.0',
  'Query.webhookEventTypes': '4.19.0',
  'Mutation.createWebhook': '4.19.0',
  'Mutation.updateWebhook': '4.19.0',
  'Mutation.deleteWebhook': '4.19.0',
  'Mutation.resetWebhookLifetime': '4.19.0',
  'Customer.customerUuid': '4.21.0',
  'Query.customerByUuid': '4.21.0',
  'UpstreamVersion.isDracoonCloud': '4.24.0',
  // Known: 4.29.1 lacks both and 4.42.3 has them. No document of a version in between was found.
  'Customer.cntInternalUser': '4.42.0',
  'Customer.cntGuestUser': '4.42.0',
};
