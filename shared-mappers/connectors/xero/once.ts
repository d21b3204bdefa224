import { isOutcomeUnknown } from './errors.ts';

/**
 * Sends what must not happen twice. Where no answer came it is looked for, and sent again only if it is not there; a
 * second silence is looked into as well and then thrown.
 *
 * @param landed the result, where it is there
 */
export async function sendOnce<Result>(
  send: () => Promise<Result>,
  landed: () => Promise<Result | undefined>,
): Promise<Result> {
  try {
    return await send();
  } catch (error) {
    if (!isOutcomeUnknown(error)) throw error;
  }
  const found = await landed();
  if (found !== undefined) return found;
  try {
    return await send();
  } catch (error) {
    const late = isOutcomeUnknown(error) ? await landed() : undefined;
    if (late === undefined) throw error;
    return late;
  }
}
