import type { Locator, Page } from 'playwright-core';

interface Answer {
  data?: Record<string, unknown>;
  errors?: unknown;
}

/** GraphiQL takes over what changed in an editor, and stores its tabs, up to half a second later. */
export const EDITOR_PAUSE_MS = 800;

/** What a reader of the query page does and sees. */
export interface QueryPageDriver {
  editor(): Locator;
  response(): Locator;
  /** The text that an editor shows; the viewport has to be large enough to show every line unbroken. */
  shownText(pane: Locator): Promise<string>;
  /** Opens the tab with this name. */
  choose(name: string): Promise<void>;
  pasteHeaders(headers: Record<string, string>): Promise<void>;
  /** Runs what the open tab holds, and reads the answer that is shown. */
  run(): Promise<Answer>;
}

export function driveQueryPage(page: () => Page): QueryPageDriver {
  const response = (): Locator => page().locator('.graphiql-response');

  async function shownText(pane: Locator): Promise<string> {
    const lines = await pane.locator('.view-line').allInnerTexts();
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  return {
    editor: () => page().locator('.graphiql-query-editor'),
    response,
    shownText,
    async choose(name) {
      await page().getByRole('tab', { name }).click();
      await page().waitForTimeout(EDITOR_PAUSE_MS);
    },
    async pasteHeaders(headers) {
      await page().getByRole('button', { name: 'Headers' }).click();
      await page().locator('.graphiql-editor-tool .graphiql-editor:not(.hidden)').click();
      await page().keyboard.insertText(JSON.stringify(headers));
      await page().waitForTimeout(EDITOR_PAUSE_MS);
    },
    async run() {
      await page().getByRole('button', { name: 'Execute query' }).click();
      await response()
        .locator('.view-line', { hasText: /"(data|errors)":/ })
        .first()
        .waitFor();
      return JSON.parse(await shownText(response())) as Answer;
    },
  };
}
