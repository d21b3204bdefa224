/** Posts each body once, so many at a time. @throws Error when one is refused */
export async function deliver(address: string, bodies: readonly object[], atOnce: number): Promise<void> {
  const waiting = [...bodies];
  const one = async (): Promise<void> => {
    for (let body = waiting.shift(); body !== undefined; body = waiting.shift()) {
      const answer = await fetch(address, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      if (!answer.ok) throw new Error(`The webhook answered ${answer.status}: ${await answer.text()}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
