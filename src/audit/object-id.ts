const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a text is the object id of somebody: it means them alone, whatever others call themselves. */
export function isObjectId(text: string): boolean {
  return OBJECT_ID.test(text);
}
