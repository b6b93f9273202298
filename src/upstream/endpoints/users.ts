import type { BoundClient } from '../bound-client.js';
import type { Decoded } from '../decode.js';
import type { UserListQuery } from '../upstream.js';
import { customerPath } from './paths.js';

/** The operations on the users of a customer, as `Upstream` documents them. */
export class Users {
  constructor(private readonly client: BoundClient) {}

  async list(customerId: string, options: UserListQuery): Promise<Decoded<'UserList'>> {
    const { includeAttributes, includeRoles, includeManageableRooms, ...query } = options;
    return this.client.read('UserList', {
      operationId: 'requestCustomerUsers',
      method: 'GET',
      path: `${customerPath(customerId)}/users`,
      query: {
        ...query,
        include_attributes: includeAttributes,
        include_roles: includeRoles,
        include_manageable_rooms: includeManageableRooms || undefined,
      },
    });
  }
}
