import { SYSTEM_SETTINGS } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that an environment variable gives. */
export interface EnvironmentSetting {
  readonly system: string;
  readonly key: string;
  readonly variable: string;
  readonly value: string;
}

/** `STACKBRIDGE_SALESFORCE_BASE_URL` and its kin: one variable for every setting of every system. */
export function environmentSettings(environment: Environment): EnvironmentSetting[] {
  return Object.entries(SYSTEM_SETTINGS).flatMap(([system, settings]) =>
    Object.keys(settings.shape).flatMap((key) => {
      const variable = `STACKBRIDGE_${upperSnake(system)}_${upperSnake(key)}`;
      const value = environment[variable];
      return value ? [{ system, key, variable, value }] : [];
    }),
  );
}

function upperSnake(name: string): string {
  return name
    .replace(/[A-Z]/g, (letter) => `_${letter}`)
    .replaceAll('-', '_')
    .toUpperCase();
}
