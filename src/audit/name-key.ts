/**
 * The form in which names (user principal names, departments, domains) are compared: reports and the directory spell
 * the same person in different case and in different Unicode forms.
 */
export function nameKey(text: string): string {
  return text.trim().normalize('NFC').toLowerCase().normalize('NFC');
}
