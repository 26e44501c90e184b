import { Uri } from 'vscode';
import { applyAccessPlan } from '../../../../src/commands/access/applyAccessPlan.ts';
import { planAccess } from '../../../../src/commands/access/planAccess.ts';
import { planScheme, type PlanDocument } from '../../../../src/commands/access/planDocuments.ts';
import type { CommandServices } from '../../../../src/commands/services.ts';
import { frontDoor, terrace } from '../../../../src/simulator/demo/demoDevices.ts';
import { TestAccount } from '../../model/testAccount.ts';
import { TestSimulator } from '../../simulator/testSimulator.ts';
import { startAnew, user, workspace, type Message } from '../../vscodeStandIn.ts';
import { asCommand, servicesFor } from '../services.ts';

export const path = '/repository/club.nuki-access.yaml';
export const recordPath = '/repository/club.nuki-access.record.json';

/** A file with these entries, each in flow style. */
export function fileWith(...entries: readonly string[]): string {
  return [
    'version: 1',
    'doors:',
    `  front: { id: ${frontDoor}, name: Front Door }`,
    `  terrace: { id: ${terrace}, name: Terrace }`,
    'access:',
    ...entries.map((entry) => `  - ${entry}`),
    ...(entries.length === 0 ? ['  []'] : []),
    '',
  ].join('\n');
}

export const weber =
  '{ key: weber, name: Guest Weber, doors: [front], by: code, from: 2027-06-16 15:00, until: 2027-06-30 10:00 }';
export const cleaning = (days: string, hours: string): string =>
  `{ key: cleaning, name: Cleaning, doors: [front, terrace], by: code, days: "${days}", hours: "${hours}" }`;

/** A user with an access file and the demo home, who reads each question before pressing a button. */
export class AccessHarness {
  readonly account: TestAccount;
  readonly services: CommandServices;
  /** Answers each modal question; `undefined` cancels. */
  answer: (message: Message) => string | undefined = ({ buttons }) => buttons[0];

  private constructor(account: TestAccount, given: Partial<CommandServices>) {
    this.account = account;
    this.services = servicesFor(account.store, account.simulator.clock, { writer: account.writer, ...given });
  }

  static async open(simulator = new TestSimulator(), given: Partial<CommandServices> = {}): Promise<AccessHarness> {
    const harness = new AccessHarness(await TestAccount.open(simulator), given);
    startAnew();
    user.press = (message) => {
      if (!message.options.modal) return undefined;
      simulator.clock.jump(1_000);
      return harness.answer(message);
    };
    harness.account.requests.length = 0;
    return harness;
  }

  write(text: string): void {
    user.files.set(path, text);
    workspace.textDocuments.length = 0;
  }

  plan = (): Promise<void> => this.#run(planAccess);
  apply = (): Promise<void> => this.#run(applyAccessPlan);

  async #run(command: (hint: unknown, services: CommandServices) => Promise<void>): Promise<void> {
    await this.account.advanceUntil(asCommand(this.services, () => command(Uri.file(path), this.services)));
  }

  /** The document of the plan, and the file as the locks have it. */
  document(name: 'Plan for club' | 'club.nuki-access.yaml' = 'Plan for club'): PlanDocument | undefined {
    const query = Uri.file(path).toString();
    return this.services.planDocuments.get(Uri.from({ scheme: planScheme, path: `/${name}`, query }));
  }

  get planned(): string {
    return this.document()?.text ?? '';
  }
}

export const modals = (): readonly Message[] => user.seen.filter(({ options }) => options.modal);
export const said = (): readonly string[] => user.seen.filter(({ options }) => !options.modal).map(({ text }) => text);
