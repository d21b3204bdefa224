/** `02:20` -> 140. Hours run past 99. Undefined for anything else. */
export function minutesOf(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,6}):([0-5]\d)$/.exec(text.trim()) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}
