/** `150` minutes as `02:30`; hours run past 99. */
export function durationText(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** `02:30` or `2:30` as 150 minutes; undefined when it is no such text. */
export function minutesOf(text: string): number | undefined {
  const match = /^(\d{1,4}):([0-5]\d)$/.exec(text);
  if (match === null) return undefined;
  return Number(match[1]) * 60 + Number(match[2]);
}

/** Sums of hours as listings and tasks show them. */
export function hoursJson(totalMinutes: number, billableMinutes: number): object {
  return {
    total_hours: durationText(totalMinutes),
    billable_hours: durationText(billableMinutes),
    non_billable_hours: durationText(totalMinutes - billableMinutes),
  };
}
