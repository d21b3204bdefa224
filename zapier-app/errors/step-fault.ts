/** A step that is set up wrongly in the Zap editor. The message says where, and what to choose instead. */
export class StepFault extends Error {
  override readonly name = 'StepFault';
  readonly code: 'WRONG_CONNECTION' | 'WRONG_INPUT' | 'APP_NOT_SET_UP';

  constructor(code: StepFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}
