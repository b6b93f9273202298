import type { BoundClient } from '../calls/bound-client.js';
import type { Decoded } from '../../records/decode.js';
import type { UserListQuery } from '../upstream.js';
import { customerPath } from '../target.js';

/** The operations on the users of a customer, as `Upstream` documents them. */
export class Users {
  constructor(private readonly client: BoundClient) {}

  list(customerId: string, options: UserListQuery): Promise<Decoded<'UserList'>> {
    return this.client.list('UserList', {
      operationId: 'requestCustomerUsers',
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
