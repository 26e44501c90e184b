// mocha --reporter test/reporter.ts --reporter-option output=FILE: what "spec" prints, and what "json" writes into the file.
import Mocha from 'mocha';

class SpecAndJson extends Mocha.reporters.Spec {
  readonly json: Mocha.reporters.JSON;

  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    this.json = new Mocha.reporters.JSON(runner, options);
  }
}

export { SpecAndJson as 'module.exports' }; // mocha loads it by require()
