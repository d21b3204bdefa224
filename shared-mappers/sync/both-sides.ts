/** A side that failed must not leave the other reading on behind the run's back. */
export async function bothOrNeither<A, B>(work: [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const [left, right] = await Promise.allSettled(work);
  if (left.status === 'rejected') throw left.reason;
  if (right.status === 'rejected') throw right.reason;
  return [left.value, right.value];
}
