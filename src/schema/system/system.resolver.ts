import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { Decoded } from '../../records/decode.js';
import type { RequestContext } from '../shared/request-context.js';
import { DateTime } from '../shared/scalars.js';

@ObjectType({ simpleResolvers: true, description: 'The version of the DRACOON server behind this API.' })
export class UpstreamVersion {
  @Field(() => String, { description: 'Version of the REST API, such as 4.42.3.' })
  restApiVersion!: string;

  @Field(() => String, { description: 'Version of the server.' })
  sdsServerVersion!: string;

  @Field(() => String, {
    nullable: true,
    description: 'Version of the software, null if the server does not tell it. First seen with DRACOON 5.47.0.',
  })
  version!: string | null;

  @Field(() => DateTime, { description: 'When the server was built.' })
  buildDate!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the server runs in the DRACOON cloud. Since DRACOON 4.24.0.',
  })
  isDracoonCloud!: boolean | null;
}

@Resolver()
export class SystemResolver {
  @Query(() => UpstreamVersion, {
    nullable: true,
    description: 'The version of the DRACOON server behind this API.',
  })
  async upstreamVersion(@Ctx() { loaders }: RequestContext): Promise<Decoded<'SoftwareVersionData'>> {
    return loaders.version.load('');
  }
}
