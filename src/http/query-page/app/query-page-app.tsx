import { GraphiQL } from 'graphiql';
import { examples } from './examples.js';
import { fetcher } from './fetcher.js';
import { createHeaderFreeStorage } from './header-free-storage.js';
import { UpstreamHint } from './upstream-hint.js';
import type { UpstreamKind } from './upstream-kind.js';

const BADGES: Record<UpstreamKind, string> = { sandbox: 'Sandbox data', remote: 'Real upstream' };

const storage = createHeaderFreeStorage(window.localStorage);

/** The whole page: the first-time hint above GraphiQL, which opens the examples unless it remembers tabs of its own. */
export function QueryPageApp({ upstream }: { upstream: UpstreamKind }) {
  return (
    <>
      <UpstreamHint upstream={upstream} />
      <div className="ide">
        <GraphiQL
          fetcher={fetcher}
          storage={storage}
          defaultTabs={examples}
          defaultEditorToolsVisibility
          shouldPersistHeaders={false}
          inputValueDeprecation
          schemaDescription
        >
          <GraphiQL.Logo>
            <span className="product">DRACOON provisioning</span>
            <span className={`badge badge-${upstream}`}>{BADGES[upstream]}</span>
          </GraphiQL.Logo>
        </GraphiQL>
      </div>
    </>
  );
}
