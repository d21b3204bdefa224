import type { Log, LogDetails } from '@stackbridge/shared-mappers/ports/log.ts';
import type { Terminal } from './terminal.ts';

/** Log events as `event key=value` lines on stderr: warnings always, the rest with `--verbose`. */
export function logLines(terminal: Terminal): Log {
  const line = (level: string, event: string, details: LogDetails = {}): string => {
    const told = Object.entries(details).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${typeof value === 'string' ? JSON.stringify(value) : value}`],
    );
    return [`${level}:`, event, ...told].join(' ');
  };
  const aside = (event: string, details?: LogDetails): void => {
    if (terminal.verbose) terminal.warn(terminal.paintNote.dim(line('log', event, details)));
  };
  return {
    debug: aside,
    info: aside,
    warn: (event, details) => terminal.warn(terminal.paintNote.yellow(line('warning', event, details))),
  };
}
