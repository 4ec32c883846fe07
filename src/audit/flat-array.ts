/** Kinds of flat arrays in use; each is zero throughout when it is made. */
type Kind = Uint8ArrayConstructor | Uint16ArrayConstructor | Int32ArrayConstructor | Uint32ArrayConstructor;
type Flat<K extends Kind> = InstanceType<K>;

/** Below this many bytes it does not matter where an array lies. */
const SMALL = 65_536;

/**
 * An array for one number per person of a large tenant. Its buffer is resizable, though it is never resized: V8 maps
 * such a buffer by itself and unmaps it when it is collected, where the C heap would keep the memory of an array that
 * has been outgrown until the process ends (`npm run bench` shows it as peak RSS).
 */
export function flatArray<K extends Kind>(kind: K, length: number): Flat<K> {
  const bytes = length * kind.BYTES_PER_ELEMENT;
  const buffer = bytes < SMALL ? new ArrayBuffer(bytes) : new ArrayBuffer(bytes, { maxByteLength: bytes });
  return new kind(buffer) as Flat<K>;
}

/** A longer array of the same kind that begins as `from` does; what is new is 0. */
export function enlarged<K extends Kind>(kind: K, from: Flat<K>, length: number): Flat<K> {
  const to = flatArray(kind, length);
  to.set(from);
  return to;
}
