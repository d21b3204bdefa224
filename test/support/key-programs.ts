import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a stand-in for a key store's program was called with. */
export interface ProgramCall {
  readonly args: readonly string[];
  readonly input: string;
}

/** Programs as the three operating systems have them, each with the calls it was given. */
export interface KeyPrograms {
  readonly environment: NodeJS.ProcessEnv;
  calls(): ProgramCall[];
  /** Every program fails from now on, as where nobody is at the desktop. */
  lock(): void;
}

/** @param folder takes the programs and what they keep */
export function standInKeyPrograms(folder: string): KeyPrograms {
  const log = join(folder, 'calls.jsonl');
  const script = `#!${process.execPath}
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const [folder, args, input] = [${JSON.stringify(folder)}, process.argv.slice(2), readFileSync(0, 'utf8')];
appendFileSync(${JSON.stringify(log)}, JSON.stringify({ args, input }) + '\\n');
if (existsSync(folder + '/locked')) process.exit(1);
const kept = folder + '/kept';
const give = () => (existsSync(kept) ? process.stdout.write(readFileSync(kept)) : process.exit(1));
const [first = ''] = args;
if (first === 'store') writeFileSync(kept, input);
else if (first === 'lookup' || first === 'find-generic-password') give();
else if (first === '-i') writeFileSync(kept, / -w (\\S+)\\n$/.exec(input)[1]);
else if (args.at(-1).includes('::Unprotect')) process.stdout.write(Buffer.from(input, 'base64').toString().slice(7));
else process.stdout.write(Buffer.from('dpapi: ' + input).toString('base64'));
`;
  for (const program of ['secret-tool', 'security', 'powershell.exe']) {
    writeFileSync(join(folder, program), script);
    chmodSync(join(folder, program), 0o755);
  }
  return {
    environment: { PATH: folder },
    calls: () =>
      existsSync(log)
        ? readFileSync(log, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line))
        : [],
    lock: () => writeFileSync(join(folder, 'locked'), ''),
  };
}
