import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import './styles/index.css';
import { createClient } from './client/create-client.js';
import { createServices, ServicesProvider } from './client/services.js';
import { ConsoleApp } from './console-app.js';
import { applyTheme, storedTheme } from './ui/theme.js';

const container = document.getElementById('console');
if (!container) throw new Error('index.html has no element with the id "console"');

applyTheme(storedTheme());
const client = createClient();
createRoot(container).render(
  <Provider value={client}>
    <ServicesProvider value={createServices(client)}>
      <ConsoleApp />
    </ServicesProvider>
  </Provider>,
);
