import { startSandbox, type Sandbox } from '../../../src/sandbox/sandbox.js';
import { createSandboxCall, totalOf } from '../../support/sandbox-client.js';

const CUSTOMERS = '/v4/provisioning/customers';

describe('a day in a filter', () => {
  it.each([
    ['createdAt:ge:2024-05-06', 3],
    ['createdAt:ge:2024-05-07', 1],
    ['createdAt:le:2024-05-06', 2],
    ['createdAt:le:2024-05-05', 0],
  ])('%s goes by UTC, from the first moment to the last', async (filter, count) => {
    const instants = ['2024-05-06T00:00:00.000Z', '2024-05-06T23:59:59.999Z', '2024-05-07T00:00:00.000Z'];
    const other = await startSandbox({ customers: 0, now: () => new Date(instants.shift() ?? 0) });
    try {
      const send = createSandboxCall(other);
      for (const email of ['a@day.example', 'b@day.example', 'c@day.example']) {
        const firstAdminUser = { firstName: 'A', lastName: 'B', email };
        await send('POST', CUSTOMERS, {
          body: { customerContractType: 'pay', quotaMax: -1, userMax: 1, firstAdminUser },
        });
      }
      expect(totalOf(await send('GET', CUSTOMERS, { query: { filter } }))).toBe(count);
    } finally {
      await other.close();
    }
  });
});

describe('a filter that is wrong', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ customers: 1 });
  });
  afterAll(() => sandbox.close());

  it.each([
    [CUSTOMERS, 'colour:eq:red', -80001, "Unknown filter field 'colour'"],
    [CUSTOMERS, 'constructor:eq:red', -80001, "Unknown filter field 'constructor'"],
    [CUSTOMERS, 'companyName:eq:Albatros', -80001, "Filter field 'companyName' has no operator 'eq'"],
    [CUSTOMERS, 'companyName', -80001, "Malformed filter term 'companyName': expected FIELD:OPERATOR:VALUE"],
    [CUSTOMERS, 'companyName:cn:', -80001, "Malformed filter term 'companyName:cn:': expected FIELD:OPERATOR:VALUE"],
    [CUSTOMERS, 'companyName:cn:a:b', -80001, "Filter field 'companyName' takes one value"],
    [CUSTOMERS, 'isLocked:eq:true|', -80001, "Malformed filter term '': expected FIELD:OPERATOR:VALUE"],
    [CUSTOMERS, 'isLocked:eq:yes', -80001, "'yes' is not one of true, false"],
    [CUSTOMERS, 'createdAt:ge:2024-02-30', -80001, "'2024-02-30' is not a date of the form yyyy-MM-dd"],
    [CUSTOMERS, 'createdAt:ge:2024-02-03T00', -80001, "'2024-02-03T00' is not a date of the form yyyy-MM-dd"],
    [CUSTOMERS, 'quotaMax:ge:-1', -80001, "Invalid positive number '-1'"],
    [CUSTOMERS, 'quotaMax:ge:1.5', -80002, "Invalid number '1.5'"],
    [
      `${CUSTOMERS}/1/users`,
      'hasRole:eq:BOSS',
      -80001,
      "'BOSS' is not one of CONFIG_MANAGER, USER_MANAGER, GROUP_MANAGER, ROOM_MANAGER, LOG_AUDITOR, NONMEMBER_VIEWER, USER, GUEST_USER",
    ],
    [`${CUSTOMERS}/1/users`, 'id:eq:1', -80001, "Unknown filter field 'id'"],
    [`${CUSTOMERS}/1/customerAttributes`, 'key:ge:1', -80001, "Filter field 'key' has no operator 'ge'"],
    ['/v4/provisioning/webhooks', 'failStatus:eq:500', -80001, "Unknown filter field 'failStatus'"],
  ])('%s %s is refused with %i', async (path, filter, errorCode, debugInfo) => {
    const answer = await createSandboxCall(sandbox)('GET', path, { query: { filter } });
    expect(answer.json).toEqual({ code: 400, message: 'Bad Request', debugInfo, errorCode });
  });
});
