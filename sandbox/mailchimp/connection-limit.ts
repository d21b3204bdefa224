import { setImmediate } from 'node:timers/promises';
import { tooManyConnections } from './problem.ts';

/** Calls of one account that Mailchimp answers at the same time. */
const MOST_AT_ONCE = 10;

/** A call's answer as far as the limit looks at it: Node's ServerResponse is one. */
export interface Closing {
  once(event: 'close', listener: () => void): unknown;
}

/** Counts the calls under way. */
export class ConnectionLimit {
  #underWay = 0;

  /**
   * Takes a place until the answer is out or the connection is gone. The call then waits for one turn of the event
   * loop: on loopback each would otherwise be answered before the next is read, and no crowd ever form.
   * @param connection tells when it closes
   * @throws Problem 429 when every place is taken
   */
  async enter(connection: Closing): Promise<void> {
    this.#underWay += 1;
    connection.once('close', () => {
      this.#underWay -= 1;
    });
    if (this.#underWay > MOST_AT_ONCE) throw tooManyConnections();
    await setImmediate();
  }
}
