/** What `work` comes to. @throws when that takes longer than `seconds`, with a sentence that tells what was waited for */
export async function within<T>(seconds: number, what: string, work: Promise<T>): Promise<T> {
  const held: { timer?: NodeJS.Timeout } = {};
  const limit = new Promise<never>((_resolve, reject) => {
    held.timer = setTimeout(() => reject(new Error(`${what} took longer than ${seconds} s.`)), seconds * 1_000);
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(held.timer);
  }
}
