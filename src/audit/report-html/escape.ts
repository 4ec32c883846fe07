const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** UTF-8 cannot write one half of a surrogate pair. */
const HALF_PAIR = /\p{Cs}/gu;

/** Text of others for element content and quoted attributes: it stays text. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/[&<>"']/g, (mark) => ENTITIES[mark] ?? mark)
    .replaceAll('\u0000', '\uFFFD')
    .replaceAll(HALF_PAIR, '\uFFFD');
}

/**
 * JSON that can stand in a script element: no `</script>`, no `<!--`, and no line separators that old readers of
 * JavaScript take for the end of a line. It parses to the same value.
 */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll(
    /[<>&\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
