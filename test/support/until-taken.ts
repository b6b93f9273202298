/** Resolves when a gateway has taken the requests that were sent to it before: `ask` sends another one and waits for its answer. */
export async function untilTaken(ask: () => Promise<unknown>): Promise<void> {
  for (let roundTrip = 0; roundTrip < 3; roundTrip += 1) await ask();
}
