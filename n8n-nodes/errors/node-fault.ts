/** A node that is set up wrongly in the editor. The message says where, and `next` what to do instead. */
export class NodeFault extends Error {
  override readonly name = 'NodeFault';
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.next = next;
  }
}
