// A small runner inside the extension host: tests in the order in which they are declared.

type Test = () => Promise<void>;

const tests: { name: string; run: Test }[] = [];

export function test(name: string, run: Test): void {
  tests.push({ name, run });
}

/** Runs them all; raises when one has failed. */
export async function runAll(): Promise<void> {
  const failed: string[] = [];
  for (const { name, run } of tests) {
    const begun = Date.now();
    try {
      await within(60_000, run());
      console.log(`ok   ${name} (${Date.now() - begun} ms)`);
    } catch (fault) {
      failed.push(name);
      console.log(`FAIL ${name}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
    }
  }
  if (failed.length > 0) {
    throw new Error(`${failed.length} failed: ${failed.join('; ')}`);
  }
}

async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => { reject(new Error(`not done after ${milliseconds} ms`)); }, milliseconds);
  });
  return Promise.race([work, late]);
}

/** What `look` finds, once it finds something. */
export async function until<Found>(
  what: string,
  look: () => Found | Promise<Found>,
  milliseconds = 30_000,
): Promise<NonNullable<Found>> {
  const end = Date.now() + milliseconds;
  while (Date.now() < end) {
    const found = await look();
    if (found !== undefined && found !== null && found !== false) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain: ${what}`);
}
