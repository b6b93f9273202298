import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { ConsoleStack } from './start-console.js';

/** Windows of the console, and what is noted of all of them. */
export interface ConsoleWindows {
  /** A window of its own, with empty storage, at an address of the console: that of the table by default. */
  open(address?: string, options?: BrowserContextOptions): Promise<Page>;
  /** Bodies of the requests that were sent to the gateway. */
  sent(): Record<string, unknown>[];
  /** Errors of scripts, requests to anywhere else, and what the browser warned of. */
  complaints(): string[];
  close(): Promise<void>;
}

const PATIENCE_MS = 60_000;

export function createConsoleWindows(browser: Browser, stack: Pick<ConsoleStack, 'url'>): ConsoleWindows {
  const sent: Record<string, unknown>[] = [];
  const complaints: string[] = [];
  const closers: (() => Promise<void>)[] = [];

  return {
    sent: () => sent,
    complaints: () => complaints,
    async open(address = '/customers', options = {}) {
      const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, ...options });
      closers.push(() => context.close());
      context.setDefaultTimeout(PATIENCE_MS);
      context.on('weberror', (error) => complaints.push(String(error.error())));
      context.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      context.on('request', (request) => {
        if (!request.url().startsWith(`${stack.url}/`) && !request.url().startsWith('data:')) {
          complaints.push(`a request to ${request.url()}`);
        }
        const body: unknown = request.method() === 'POST' ? request.postDataJSON() : undefined;
        if (typeof body === 'object' && body !== null) sent.push(body as Record<string, unknown>);
      });
      const page = await context.newPage();
      await page.goto(stack.url + address);
      return page;
    },
    async close() {
      for (const closeWindow of closers.splice(0)) await closeWindow();
      sent.length = 0;
      complaints.length = 0;
    },
  };
}

/** Until changes of others show by themselves. */
export const untilLive = (page: Page): Promise<void> => page.getByText('Live', { exact: true }).waitFor();
