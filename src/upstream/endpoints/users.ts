import type { BoundClient } from '../bound-client.js';
import type { Decoded } from '../decode.js';
import type { UserListQuery } from '../upstream.js';
import { customerPath } from './paths.js';

/** The operations on the users of a customer, as `Upstream` documents them. */
export class Users {
  constructor(private readonly client: BoundClient) {}

  list(customerId: string, options: UserListQuery): Promise<Decoded<'UserList'>> {
    return this.client.read('UserList', {
      operationId: 'requestCustomerUsers',
      method: 'GET',
      path: `${customerPath(customerId)}/users`,
      list: options,
      query: {
        include_attributes: options.includeAttributes,
        include_roles: options.includeRoles,
        include_manageable_rooms: options.includeManageableRooms || undefined,
      },
    });
  }
}
