import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './styles.css';
import { createRoot } from 'react-dom/client';
import { QueryPageApp } from './query-page-app.js';
import { toUpstreamKind } from './upstream-kind.js';

const container = document.getElementById('query-page');
if (!container) throw new Error('index.html has no element with the id "query-page"');

const upstream = toUpstreamKind(document.querySelector<HTMLMetaElement>('meta[name="gateway-upstream"]')?.content);
createRoot(container).render(<QueryPageApp upstream={upstream} />);
