/** The command line asks for something that cannot be done as it stands. */
export class UsageError extends Error {
  readonly next: string;

  constructor(message: string, next: string) {
    super(message);
    this.name = 'Usage';
    this.next = next;
  }
}
