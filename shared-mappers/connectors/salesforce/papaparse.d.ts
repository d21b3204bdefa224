/** What the core uses of papaparse (tsconfig `paths` puts this in place): its own types bring Node's globals along. */
interface Papa {
  unparse(rows: readonly (readonly string[])[], options: { readonly newline: '\n' }): string;
  /** `step` is called synchronously, row by row. */
  parse<Row extends readonly string[]>(
    csv: string,
    options: {
      readonly skipEmptyLines: boolean;
      readonly step: (row: { readonly data: Row }) => void;
    },
  ): void;
}

declare const papa: Papa;
export default papa;
