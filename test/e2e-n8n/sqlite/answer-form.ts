/** Fills in the only field of a form that an execution waits for, as its page sends it. */
export async function answerForm(link: string, answer: string): Promise<void> {
  const body = new FormData();
  body.set('field-0', answer);
  const page = await fetch(link, { method: 'POST', body });
  if (!page.ok) throw new Error(`The form answered ${page.status}: ${await page.text()}`);
}
