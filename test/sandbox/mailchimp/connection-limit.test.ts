import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { ConnectionLimit } from '../../../sandbox/mailchimp/connection-limit.ts';

test('ten calls have a place at once; the eleventh is turned away until one of them is over', async () => {
  const limit = new ConnectionLimit();
  const calls = Array.from({ length: 10 }, () => new EventEmitter());
  await Promise.all(calls.map((call) => limit.enter(call)));

  const eleventh = new EventEmitter();
  await expect(limit.enter(eleventh)).rejects.toMatchObject({
    status: 429,
    title: 'Too Many Requests',
    message: 'You have exceeded the limit of 10 simultaneous connections.',
  });
  eleventh.emit('close');
  calls[0]?.emit('close');

  await expect(limit.enter(new EventEmitter())).resolves.toBeUndefined();
});
