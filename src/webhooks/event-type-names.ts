/**
 * The name of an event type by its id, which is all that deliveries hold; undefined for an unknown one. Reads the list
 * once and keeps it. @throws what `read` throws, and reads again with the next id
 */
export function createEventTypeNames(
  read: () => Promise<ReadonlyMap<string, string>>,
): (id: string) => Promise<string | undefined> {
  let names: Promise<ReadonlyMap<string, string>> | undefined;
  return async (id) => {
    names ??= read();
    const reading = names;
    try {
      return (await reading).get(id);
    } catch (error) {
      if (names === reading) names = undefined;
      throw error;
    }
  };
}
