/**
 * A process that writes to an embedded store until it is killed: `writer-child.ts FILE NAME`.
 * It prints the id of every document of which the store has said that it is written.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { openEmbeddedStore } from '../../src/store/embedded-store.js';

async function writeOn(file: string, name: string): Promise<void> {
  const store = openEmbeddedStore(file, { newId: randomUUID });
  for (let n = 0; ; n += 1) {
    const caseId = `${name}-${n}`;
    // Three documents that belong together, as a case and its history do.
    await store.batch('cases', caseId, [
      { kind: 'create', doc: { id: caseId, kind: 'case', caseId } as { id: string; kind: string } },
      { kind: 'create', doc: { id: 'evt-000000', kind: 'event', caseId } as { id: string; kind: string } },
      { kind: 'create', doc: { id: 'side-000000', kind: 'side', caseId } as { id: string; kind: string } },
    ]);
    writeSync(1, `${caseId}\n`);
  }
}

const [file = '', name = ''] = process.argv.slice(2);
void writeOn(file, name);
