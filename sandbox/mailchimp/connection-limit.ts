import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import { tooManyConnections } from './problem.ts';

/** Calls of one account that Mailchimp answers at the same time. */
const MOST_AT_ONCE = 10;

/** Counts the calls under way. */
export class ConnectionLimit {
  #underWay = 0;

  /**
   * Takes a place until the answer is out or the connection is gone. The call then waits for one turn of the event
   * loop: on loopback each would otherwise be answered before the next is read, and no crowd ever form.
   * @throws Problem 429 when every place is taken
   */
  async enter(reply: FastifyReply): Promise<void> {
    this.#underWay += 1;
    reply.raw.once('close', () => {
      this.#underWay -= 1;
    });
    if (this.#underWay > MOST_AT_ONCE) throw tooManyConnections();
    await setImmediate();
  }
}
