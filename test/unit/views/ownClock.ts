/** Lets this computer's clock be that of `zone` while the tests of the surrounding `describe` run. */
export function setOwnClock(zone: string): void {
  const { TZ } = process.env;
  before(() => void (process.env['TZ'] = zone));
  after(() => {
    if (TZ === undefined) delete process.env['TZ'];
    else process.env['TZ'] = TZ;
  });
}
