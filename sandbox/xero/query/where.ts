import { isGuid } from '../books/ids.ts';
import { queryParseException, type Refusal } from '../wire/refusal.ts';
import { readInstant } from '../wire/wire-time.ts';
import type { Columns, ColumnType, Scalar } from './columns.ts';
import { type Token, tokensOf } from './tokens.ts';

interface Operand<T> {
  type: ColumnType | 'Null';
  of(row: T): Scalar;
}

type Test<T> = (row: T) => boolean;

/** Reads a `where` expression. @throws Refusal QueryParseException */
export function whereOf<T>(expression: string, columns: Columns<T>): Test<T> {
  return new WhereReader(tokensOf(expression), columns).whole();
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

const TEXT_TESTS: Readonly<Record<string, (text: string, part: string) => boolean>> = {
  Contains: (text, part) => text.includes(part),
  StartsWith: (text, part) => text.startsWith(part),
  EndsWith: (text, part) => text.endsWith(part),
};

class WhereReader<T> {
  readonly #tokens: readonly Token[];
  readonly #columns: Columns<T>;
  #at = 0;

  constructor(tokens: readonly Token[], columns: Columns<T>) {
    this.#tokens = tokens;
    this.#columns = columns;
  }

  whole(): Test<T> {
    const test = this.#either();
    if (this.#at < this.#tokens.length) throw this.#error('Syntax error');
    return test;
  }

  #either(): Test<T> {
    let left = this.#both();
    while (this.#takes('||', 'or')) {
      const [first, second] = [left, this.#both()];
      left = (row) => first(row) || second(row);
    }
    return left;
  }

  #both(): Test<T> {
    let left = this.#single();
    while (this.#takes('&&', 'and')) {
      const [first, second] = [left, this.#single()];
      left = (row) => first(row) && second(row);
    }
    return left;
  }

  #single(): Test<T> {
    if (this.#takes('!', 'not')) {
      const inner = this.#single();
      return (row) => !inner(row);
    }
    if (this.#takes('(')) {
      const inner = this.#either();
      this.#expect(')');
      return inner;
    }
    return this.#comparison();
  }

  #comparison(): Test<T> {
    const token = this.#peek();
    if (token?.kind === 'name') {
      const called = this.#calledOn(token.value);
      if (called !== undefined) return this.#textTest(token.at, called);
    }
    const left = this.#operand();
    const sign = this.#peek();
    const compare = sign?.kind === 'sign' ? COMPARISONS[sign.value] : undefined;
    if (sign === undefined || compare === undefined) {
      if (left.type === 'Boolean') return (row) => left.of(row) === true;
      throw this.#error('Expression of type Boolean expected');
    }
    this.#at += 1;
    const right = this.#operand();
    checkTypes(String(sign.value), left, right);
    return (row) => {
      const order = ordered(left.of(row), right.of(row));
      return order === undefined ? sign.value === '!=' || sign.value === '<>' : compare(order);
    };
  }

  /** `Name.Contains` and `Name.ToLower().Contains`: the column and the method asked of it. Takes the words. */
  #calledOn(name: string): { path: string; name: string } | undefined {
    const method = methodOf(name);
    if (method === undefined) return undefined;
    if (method.name in TEXT_TESTS) {
      this.#at += 1;
      return method;
    }
    const [open, close, dot, next] = this.#tokens.slice(this.#at + 1, this.#at + 5).map(({ value }) => value);
    const isChained =
      open === '(' && close === ')' && dot === '.' && typeof next === 'string' && next in TEXT_TESTS;
    if (!isChained || !/^To(Lower|Upper)$/.test(method.name)) return undefined;
    this.#at += 5;
    return { path: method.path, name: next };
  }

  /** Text is compared without case anyhow. */
  #textTest(at: number, { path, name }: { path: string; name: string }): Test<T> {
    this.#expect('(');
    const part = this.#peek();
    if (part?.kind !== 'text') throw this.#error('String expected');
    this.#at += 1;
    this.#expect(')');
    const column = this.#column(path, at);
    const test = TEXT_TESTS[name];
    if (test === undefined || column.type !== 'String')
      throw this.#error(`No applicable method '${name}' exists`);
    const wanted = part.value.toLowerCase();
    // A call on nothing is false, as in SQL.
    return (row) => {
      const value = column.of(row);
      return typeof value === 'string' && test(value.toLowerCase(), wanted);
    };
  }

  #operand(): Operand<T> {
    const token = this.#peek();
    if (token === undefined) throw this.#error('Expression expected');
    this.#at += 1;
    if (token.kind === 'text') return { type: 'String', of: () => token.value };
    if (token.kind === 'number') return { type: 'Decimal', of: () => token.value };
    if (token.kind === 'sign') throw queryParseException(`Expression expected (at index ${token.at})`);
    return this.#named(token.value, token.at);
  }

  #named(name: string, at: number): Operand<T> {
    switch (name.toLowerCase()) {
      case 'null':
        return { type: 'Null', of: () => null };
      case 'true':
      case 'false':
        return { type: 'Boolean', of: () => name.toLowerCase() === 'true' };
      case 'guid':
      case 'datetime':
      case 'datetime.parse':
        return this.#made(name.toLowerCase(), at);
    }
    const method = methodOf(name);
    if (method !== undefined && (method.name === 'ToLower' || method.name === 'ToUpper')) {
      this.#expect('(');
      this.#expect(')');
      return this.#column(method.path, at);
    }
    return this.#column(name, at);
  }

  /** `guid("...")`, `DateTime(2026,1,31)`, `DateTime.Parse("...")` */
  #made(kind: string, at: number): Operand<T> {
    this.#expect('(');
    const given: Array<string | number> = [];
    while (!this.#takes(')')) {
      const token = this.#peek();
      if (token === undefined || token.kind === 'name') throw this.#error('Syntax error');
      this.#at += 1;
      if (token.kind !== 'sign') given.push(token.value);
    }
    const [first] = given;
    if (kind === 'guid') {
      if (typeof first !== 'string' || !isGuid(first))
        throw queryParseException(`Unrecognized Guid format. (at index ${at})`);
      return { type: 'Guid', of: () => first.toLowerCase() };
    }
    const ms = typeof first === 'string' ? readInstant(first) : instantOf(given.map(Number));
    if (ms === undefined)
      throw queryParseException(`String was not recognized as a valid DateTime. (at index ${at})`);
    return { type: 'DateTime', of: () => ms };
  }

  #column(path: string, at: number): Operand<T> {
    // A date that may be missing can be spelled with `.Value`.
    const column = this.#columns.byPath[path] ?? this.#columns.byPath[path.replace(/\.Value$/, '')];
    if (column !== undefined) return column;
    throw queryParseException(
      `No property or field '${path}' exists in type '${this.#columns.resource}' (at index ${at})`,
    );
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#at];
  }

  #takes(...words: readonly string[]): boolean {
    const token = this.#peek();
    if (token === undefined || (token.kind !== 'sign' && token.kind !== 'name')) return false;
    if (!words.includes(token.value.toLowerCase())) return false;
    this.#at += 1;
    return true;
  }

  #expect(sign: string): void {
    if (!this.#takes(sign)) throw this.#error(`'${sign}' expected`);
  }

  #error(message: string): Refusal {
    const token = this.#peek();
    return queryParseException(`${message} (at index ${token?.at ?? this.#tokens.length})`);
  }
}

function methodOf(name: string): { path: string; name: string } | undefined {
  const at = name.lastIndexOf('.');
  return at === -1 ? undefined : { path: name.slice(0, at), name: name.slice(at + 1) };
}

function instantOf([year = Number.NaN, month = 1, day = 1, hour = 0, minute = 0, second = 0]: number[]):
  | number
  | undefined {
  const ms = Date.UTC(year, month - 1, day, hour, minute, second);
  return Number.isNaN(ms) ? undefined : ms;
}

function checkTypes<T>(sign: string, left: Operand<T>, right: Operand<T>): void {
  if (left.type === right.type || left.type === 'Null' || right.type === 'Null') return;
  throw queryParseException(
    `Operator '${sign}' incompatible with operand types '${left.type}' and '${right.type}' (at index 0)`,
  );
}

/** Negative, zero or positive; undefined where only one of them is there. Text is compared without case. */
function ordered(left: Scalar, right: Scalar): number | undefined {
  if (left === null || right === null) return left === right ? 0 : undefined;
  if (typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a < b ? -1 : Number(a > b);
  }
  return Number(left) - Number(right);
}
