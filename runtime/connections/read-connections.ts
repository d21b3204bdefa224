import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { StackbridgeError } from '@stackbridge/shared-mappers/errors/stackbridge-error.ts';
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { type Environment, type EnvironmentSetting, environmentSettings } from './environment.ts';
import { type ConnectionSettings, connectionSettings } from './settings.ts';

/** Settings by system, as `connect` has kept them. */
export type KeptSettings = Readonly<Record<string, Readonly<Record<string, string>>>>;

/**
 * Reads the connections file, fills in the systems that it does not name from those that are kept, and lets the
 * environment override both, setting by setting.
 *
 * @param path absent: what is kept, and the environment.
 * @throws StackbridgeError `CONNECTIONS_INVALID` that lists every fault with its line or variable. No value of the
 * file is ever repeated.
 */
export function readConnections(
  path: string | undefined,
  environment: Environment,
  kept: KeptSettings = {},
): ConnectionSettings {
  const file = path === undefined ? undefined : parse(path);
  const overrides = environmentSettings(environment);
  const parsed = connectionSettings.safeParse(overridden(file?.content, kept, overrides));
  if (parsed.success) return parsed.data;
  throw invalid(parsed.error.issues.flatMap((issue) => faults(issue, file, overrides)));
}

interface ConnectionsFile {
  readonly path: string;
  readonly content: unknown;
  readonly document: Document;
  readonly lines: LineCounter;
}

function parse(path: string): ConnectionsFile {
  const lines = new LineCounter();
  // Pretty errors would quote the line, which may hold a secret.
  const document = parseDocument(readText(path), { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0)
    throw invalid(
      document.errors.map(({ code, pos: [offset] }) => {
        const { line, col } = lines.linePos(offset);
        return `${path}:${line}:${col}: not valid YAML (${code.toLowerCase().replaceAll('_', ' ')})`;
      }),
    );
  return { path, content: document.toJS(), document, lines };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = isNativeError(error) && 'code' in error ? String(error.code) : 'unreadable';
    throw invalid([`${path}: cannot be read (${code})`]);
  }
}

const sections = z.record(z.string(), z.unknown());

/** A key in one place and a token in the other are one sign-in replaced, not two given. */
const REPLACED_BY: Readonly<Record<string, string>> = { apiKey: 'accessToken', accessToken: 'apiKey' };

/** Anything but a mapping is left as it is, for the schema to refuse. */
function overridden(content: unknown, kept: KeptSettings, overrides: readonly EnvironmentSetting[]): unknown {
  const top = sections.safeParse(content ?? {});
  if (!top.success) return content;
  const merged: Record<string, unknown> = { ...kept, ...top.data };
  for (const { system, key, value } of overrides) {
    const section = sections.safeParse(merged[system] ?? {});
    if (!section.success) continue;
    const replaced = system === 'mailchimp' ? REPLACED_BY[key] : undefined;
    const given = overrides.some((other) => other.system === system && other.key === replaced);
    const { [given ? '' : (replaced ?? '')]: _, ...kept } = section.data;
    merged[system] = { ...kept, [key]: value };
  }
  return merged;
}

function faults(
  issue: z.core.$ZodIssue,
  file: ConnectionsFile | undefined,
  overrides: readonly EnvironmentSetting[],
): string[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => `${place([...path, key], file, overrides)}: is not a known setting`);
  return [`${place(path, file, overrides)}: ${issue.message}`];
}

/** `connections.yaml:3:11 mailchimp.apiKey`, or the variable, or the path alone. */
function place(
  path: readonly string[],
  file: ConnectionsFile | undefined,
  overrides: readonly EnvironmentSetting[],
): string {
  const [system, key] = path;
  const override = overrides.find((setting) => setting.system === system && setting.key === key);
  if (override !== undefined) return override.variable;
  const name = path.join('.') || 'the file';
  if (file === undefined) return name;
  const { line, col } = file.lines.linePos(offsetOf(file.document, path));
  return `${file.path}:${line}:${col} ${name}`;
}

/** Where the deepest key of the path stands that the file has. */
function offsetOf(document: Document, path: readonly string[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const name of path) {
    if (!isMap(node)) break;
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === name);
    if (pair === undefined) break;
    if (isNode(pair.key) && pair.key.range) offset = pair.key.range[0];
    node = pair.value;
  }
  return offset;
}

function invalid(lines: readonly string[]): StackbridgeError {
  return new StackbridgeError(
    'CONNECTIONS_INVALID',
    ['The connections are not valid:', ...lines].join('\n  '),
  );
}
