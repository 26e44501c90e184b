// Where the answers of the Web API are seen or used. Each surface makes a text of an answer; a field is seen where another value of it
// makes another text.
import type { AccessFile, Entry } from '../../src/access/file/accessFile.ts';
import { entryOf } from '../../src/access/file/entryOf.ts';
import type { Step } from '../../src/access/plan/accessPlan.ts';
import { writtenOf } from '../../src/access/plan/asWritten.ts';
import { planAccess } from '../../src/access/plan/planAccess.ts';
import type { Owned } from '../../src/access/record/accessRecord.ts';
import { inEnglish } from '../../src/base/locale.ts';
import { ownerOf } from '../../src/model/accounts/accountBook.ts';
import { DeviceReads } from '../../src/model/actions/deviceReads.ts';
import { readTokenHolders } from '../../src/model/accounts/tokenHolders.ts';
import { attemptOf } from '../../src/model/activity/attempt.ts';
import { tryPermissions } from '../../src/model/accounts/tokenPermissions.ts';
import type { AccountState, DeviceState } from '../../src/model/snapshots.ts';
import { Store } from '../../src/model/store.ts';
import type { ActivityEntry } from '../../src/nuki/activityLog.ts';
import type { Authorization } from '../../src/nuki/authorization/authorization.ts';
import { authorizationsIn, readAllPages } from '../../src/nuki/authorization/authorizationPages.ts';
import { replacement } from '../../src/nuki/authorization/authorizationWrites.ts';
import { revocationOf } from '../../src/nuki/integration.ts';
import { createClient, type NukiClient } from '../../src/nuki/http/client.ts';
import { decode } from '../../src/nuki/http/decode.ts';
import { accountActivitySchema, activitySchema, smartlockSchema } from '../../src/nuki/http/schemas.ts';
import { demoAuthorizations, demoUsers } from '../../src/simulator/demo/demoAuthorizations.ts';
import { demoSmartlocks, frontDoor, intercom } from '../../src/simulator/demo/demoDevices.ts';
import { demoIntegrations } from '../../src/simulator/demo/demoIntegrations.ts';
import { demoLog } from '../../src/simulator/demo/demoLog.ts';
import { accessPlanText } from '../../src/views/text/accessPlanText.ts';
import { rightsText } from '../../src/views/text/accountText.ts';
import { activityExport } from '../../src/views/text/export/activityExport.ts';
import { exportOf } from '../../src/views/text/export/authorizationExport.ts';
import { warningOf } from '../../src/views/text/actionText.ts';
import { deviceName } from '../../src/views/text/deviceText.ts';
import { tokenFacts, tokenRow } from '../../src/views/text/tokenText.ts';
import type { RenderContext } from '../../src/views/text/renderContext.ts';
import { activityEntryRow } from '../../src/views/tree/activityRows.ts';
import { idOf } from '../../src/views/tree/nodes.ts';
import { childrenOf } from '../../src/views/tree/childrenOf.ts';
import { authorizationRow } from '../../src/views/tree/authorizationRows.ts';
import { deviceRow } from '../../src/views/tree/rows.ts';
import { HolderCache } from '../../src/views/tree/holderCache.ts';
import { holderRow } from '../../src/views/tree/peopleRows.ts';
import type { Holding } from '../../src/views/text/peopleText.ts';
import { isSamePerson } from '../../src/model/people/departure.ts';
import { holderHover } from '../../src/views/hover/holderHover.ts';
import { activityHover } from '../../src/views/hover/activityHover.ts';
import { authorizationHover } from '../../src/views/hover/authorizationHover.ts';
import { deviceHover } from '../../src/views/hover/deviceHover.ts';
import { draftOf } from '../../src/webview/host/form/draft.ts';
import { presetsOf } from '../../src/webview/host/form/presets.ts';
import { formDevice } from '../../src/webview/host/form/formDevices.ts';
import { formModel } from '../../src/webview/host/form/formModel.ts';
import { authorization, codeJson, lock, lockId, lockJson } from '../unit/devices.ts';
import { FakeClock } from '../unit/fakeClock.ts';
import { accountId, sourceOf } from '../unit/model/fakes.ts';

type Json = Readonly<Record<string, unknown>>;

/** Makes a text of an answer; of one that cannot be understood, why. */
export type Surface = (answer: Json) => Promise<string>;

/** The answers of a schema that are varied, and where they are seen. */
export interface Answers {
  readonly examples: readonly Json[];
  readonly surfaces: Readonly<Record<string, Surface>>;
}

const now = new FakeClock().now();
const context: RenderContext = { t: inEnglish, language: 'en', now, ownNow: now, refreshIntervalMs: 60_000 };
const text = (value: unknown): string => JSON.stringify(value);

/** A client whose every read is answered so. */
function clientAnsweredBy(answer: unknown): NukiClient {
  const fetch = (): Promise<Response> => Promise.resolve(Response.json(answer));
  return createClient('a-token-of-the-tests', { clock: new FakeClock(), random: () => 0, fetch });
}

const aDevice = decode(smartlockSchema, lockJson());

function stateOf(device: Json): DeviceState {
  return { accountId, device: decode(smartlockSchema, device), seenAt: now };
}

function accountOf(...devices: readonly DeviceState[]): AccountState {
  return { id: accountId, label: 'Home', simulated: false, devices, unreadable: [] };
}

function ofDevice(surface: (state: DeviceState, account: AccountState) => unknown): Surface {
  const other: DeviceState = { accountId, device: aDevice, seenAt: now };
  return async (answer) => {
    const state = stateOf(answer);
    return text(await surface(state, accountOf(state, other)));
  };
}

const anna = { accountUserId: 1, name: 'Anna', email: 'anna@example.com' };

const anyForm = {
  mode: 'create',
  heading: '',
  subheading: '',
  subject: { kind: 'new', accountId: '7', smartlockId: null },
  lacksCode: false,
  closedDraft: '',
  draft: draftOf(authorization(), lockId, undefined),
  ownZone: 'Pacific/Auckland',
  presets: presetsOf({ ends: { from: undefined, until: undefined }, schedule: {} }, [], 'UTC', now),
  isUnfolded: false,
} as const;

const devices: Answers = {
  examples: [
    ...demoSmartlocks(now).map((device) => ({ ...device })),
    ...demoSmartlocks(now).map((device) => ({
      ...device,
      serverState: 0,
      config: { ...device.config, keypadPaired: true },
      state: { ...device.state, state: 3, doorState: 2, ringToOpenEnd: new Date(now + 600_000).toISOString() },
    })),
  ],
  surfaces: {
    order: ofDevice((_, account) =>
      childrenOf(
        { kind: 'account', accountId },
        { account: () => account, device: () => undefined },
        { language: 'en' },
      )
        .map(idOf)
        .map((id) => id.endsWith(`/${aDevice.smartlockId}`)),
    ),
    row: ofDevice((state, account) => deviceRow(state, [], account, true, context)),
    hover: ofDevice((state, account) => deviceHover({ state, others: [], account, canUnlatch: true }, context)),
    question: ofDevice(({ device }) => warningOf('unlock', device, inEnglish) ?? ''),
    form: ofDevice((state) => {
      const device = formDevice(state, deviceName(state.device, [], context), undefined);
      return formModel({ ...anyForm, devices: [device], people: [] }, context).devices;
    }),
    plan: ofDevice((state, account) => {
      const list = { items: [], unreadable: [], readAt: now };
      const read = { ...account, devices: [{ ...state, authorizations: list }] };
      const plan = planAccess(bookedFile(state.device.smartlockId), { owned: [] }, read, { now, ownNow: now });
      return plan.kind === 'misfit' ? plan.why : [plan.findings.map(({ kind }) => kind), plan.steps.map(limitsIn)];
    }),
  },
};

/** An access file with a booking at one door, which has its id in every answer. */
function bookedFile(smartlockId: number): AccessFile {
  return {
    doors: [{ alias: 'door', smartlockId, name: '', bufferBefore: 0, bufferAfter: 0 }],
    entries: [
      {
        index: 0,
        key: 'guest',
        name: 'Guest',
        doors: ['door'],
        by: 'code',
        remote: false,
        enabled: true,
        days: 127,
        from: { date: '2027-06-16', time: '15:00', seconds: 0 },
        until: { date: '2027-06-30', time: '10:00', seconds: 0 },
        booking: 'flat',
      },
    ],
    sources: [],
  };
}

function limitsIn(step: Step): unknown {
  return step.kind === 'remove' ? step.owned.written : step.wanted.as;
}

/** A device that has one authorization, as the tree knows it. */
async function withAuthorization(
  answer: Json,
): Promise<{ readonly state: DeviceState; readonly codes: ReadonlyMap<string, string> }> {
  const { codes, ...list } = await authorizationsIn([answer]);
  return { state: { accountId, device: aDevice, seenAt: now, authorizations: { ...list, readAt: now } }, codes };
}

function ofAuthorization(surface: (one: Authorization, state: DeviceState) => unknown): Surface {
  return async (answer) => {
    const { state } = await withAuthorization(answer);
    const [one] = state.authorizations?.items ?? [];
    return text(one ? await surface(one, state) : state.authorizations?.unreadable);
  };
}

function oneOfEachType(list: readonly { readonly type: number }[]): readonly Json[] {
  return [...Map.groupBy(list, ({ type }) => type).values()].flatMap(([first]) => (first ? [{ ...first }] : []));
}

/** What plans say of an authorization: not from the file; from it, and to be changed; as the file wants it. */
function inPlans(one: Authorization, state: DeviceState): readonly string[] {
  const { smartlockId } = state.device;
  const by = one.type === 0 ? 'app' : 'code';
  const file = bookedFile(smartlockId);
  const [booked] = file.entries.map((entry): Entry => ({ ...entry, by, email: anna.email }));
  const said = entryOf(one, 'Europe/Berlin', new Map([[anna.accountUserId, anna.email]]));
  const asListed = booked && typeof said === 'object' ? { ...booked, ...said } : booked;
  const { id } = authorization();
  const owned: Owned = { entry: 'guest', smartlockId, part: 0, by, id, written: writtenOf(authorization()) };
  const read = { ...accountOf(state), people: { items: [anna], readAt: now } };
  return [
    { entry: booked, record: [] },
    { entry: booked, record: [owned] },
    { entry: asListed, record: [{ ...owned, id: one.id, written: writtenOf(one) }] },
  ].map(({ entry, record }) => {
    const entries = entry ? [entry] : [];
    const plan = planAccess({ ...file, entries }, { owned: record }, read, { now, ownNow: now });
    if (plan.kind === 'misfit') return plan.why;
    return accessPlanText(plan, {
      context,
      fileName: 'club',
      account: 'Home',
      doors: [smartlockId],
      isUnsaved: false,
      deviceName: () => 'Door',
      zone: () => 'Europe/Berlin',
    }).text;
  });
}

const authorizations: Answers = {
  examples: [
    codeJson(),
    codeJson({ allowedFromDate: undefined, allowedFromTime: undefined, updateDate: undefined }),
    codeJson({ lockCount: 0, lastActiveDate: undefined }),
    codeJson({ type: 0, accountUserId: anna.accountUserId }),
    ...oneOfEachType(demoSmartlocks(now).flatMap((device) => demoAuthorizations(device, now))),
  ],
  surfaces: {
    row: ofAuthorization((one, state) => authorizationRow(one, state, context)),
    hover: ofAuthorization((one, state) => authorizationHover(one, state, context)),
    export: ofAuthorization(async (one) => {
      const deviceOf = ({ smartlockId }: Authorization) =>
        smartlockId === undefined ? undefined : { device: aDevice, name: `Device ${smartlockId}` };
      return new TextDecoder().decode((await exportOf('csv', [one], deviceOf, context)).content);
    }),
    form: async (answer) => {
      const { state, codes } = await withAuthorization(answer);
      const [one] = state.authorizations?.items ?? [];
      const device = formDevice(state, 'Door', codes);
      const draft = one && draftOf(one, lockId, 'Europe/Berlin');
      return text([formModel({ ...anyForm, devices: [device], people: [] }, context).devices, draft]);
    },
    plan: ofAuthorization(inPlans),
    edit: async (answer) => {
      const raw = await clientAnsweredBy(answer).authorization(lockId, 'aaaaaaaaaaaaaaaaaaaaaaaa');
      return text(replacement(raw, {}, now));
    },
  },
};

const entries: Answers = {
  examples: demoSmartlocks(now)
    .filter(({ smartlockId }) => [frontDoor, intercom].includes(smartlockId))
    .flatMap((device) =>
      demoLog(device, now)
        .slice(0, 8)
        .map((each) => ({ ...each })),
    ),
  surfaces: {
    row: ofEntry((entry, state) => {
      const { id, label, description, iconPath, contextValue } = activityEntryRow(entry, state, context);
      return [id, label, description, iconPath, contextValue];
    }),
    hover: ofEntry((entry, { device }) => activityHover(entry, device, context)),
    export: async (answer) => {
      const entry = decode(accountActivitySchema, answer);
      const files = [lock(), lock({ type: 2 })].map(async (device) => {
        const deviceOf = (smartlockId: number) => ({ device, name: `Device ${smartlockId}` });
        const { content } = await activityExport('csv', [attemptOf(entry, device.type)], deviceOf, context);
        return new TextDecoder().decode(content);
      });
      return text(await Promise.all(files));
    },
    confirmation: async (answer) => {
      const clock = new FakeClock();
      const store = new Store(clock);
      store.setSources([sourceOf(clientAnsweredBy([answer]))]);
      const ref = { accountId, smartlockId: frontDoor };
      return text((await new DeviceReads(store, clock).log(ref, { lane: 'follow', shared: true })).entries.length);
    },
  },
};

/** As an entry of a lock, and as one of an Opener. */
function ofEntry(show: (entry: ActivityEntry, state: DeviceState) => unknown): Surface {
  return async (answer) => {
    const entry = decode(activitySchema, answer);
    const devicesOfEntry = [lockJson(), lockJson({ type: 2 })];
    return await Promise.resolve(text(devicesOfEntry.map((device) => show(entry, stateOf(device)))));
  };
}

/** What is shown of an account user beside another one of the same name. */
function ofPerson(show: (account: AccountState, holding: Holding) => unknown): (answer: Json) => Promise<string> {
  return async (answer) => {
    const { items } = await clientAnsweredBy([answer]).people();
    const [person] = items;
    if (!person) return 'unreadable';
    const others = items.map(({ name }) => ({ accountUserId: 1, name, email: undefined }));
    const known: AccountState = {
      id: accountId,
      label: 'Home',
      simulated: false,
      devices: [],
      unreadable: [],
      people: { items: [person, ...others], readAt: now },
      allAuthorizationsReadAt: now,
    };
    const { accountUserId } = person;
    const holding = new HolderCache({ device: () => undefined }).find(known, { accountUserId }, 'en');
    return text(holding && show(known, holding));
  };
}

const account: Answers = {
  examples: [{ accountId: 7, name: 'Anna', email: 'anna@example.com', type: 0, masterAccountId: 8, rights: 2 }],
  surfaces: {
    account: async (answer) => text(await ownerOf(clientAnsweredBy(answer))),
    leave: async (answer) => text(isSamePerson(await clientAnsweredBy(answer).account(), anna)),
    token: async (answer) => {
      const report = await tryPermissions(clientAnsweredBy(answer));
      return report.kind === 'known' && report.rights !== undefined ? rightsText(report.rights, context) : report.kind;
    },
  },
};

const people: Answers = {
  examples: demoUsers(now).map((user) => ({ ...user })),
  surfaces: {
    row: ofPerson((known, holding) => holderRow(known, holding, context)),
    hover: ofPerson((_, holding) => holderHover(holding, context)),
    form: async (answer) => {
      const { items } = await clientAnsweredBy([answer]).people();
      return text(formModel({ ...anyForm, devices: [], people: items }, context).people);
    },
  },
};

const integrations: Answers = {
  examples: [
    ...demoIntegrations(now),
    { name: 'API token', vendorKey: 'API_TOKEN', tokenId: '7', clientId: '8', createdAt: '2026-01-02T03:04:05.000Z' },
    {
      name: 'Care',
      vendorKey: 'OTHER',
      version: 'LEGACY',
      warning: false,
      advancedType: 'HEALTHCARE',
      advancedState: 'TESTING',
      clientId: '9',
      scopes: ['account', 'other'],
    },
  ].map((each) => ({ ...each })),
  surfaces: {
    token: async (answer) => {
      const client = clientAnsweredBy([answer]);
      const { holders } = await readTokenHolders(client, accountId, now);
      return text(holders.map((holder) => [tokenRow(holder, context), tokenFacts(holder, context)]));
    },
    revocation: async (answer) => {
      const { items } = await clientAnsweredBy([answer]).integrations();
      return text(items.map(revocationOf));
    },
  },
};

const pages: Answers = {
  examples: [
    { results: [codeJson()], pagination: { totalItems: 1, totalPages: 1, currentPage: 0, pageSize: 1_000 } },
    { results: [codeJson()], pagination: { totalItems: 1, totalPages: 2, currentPage: 0, pageSize: 1_000 } },
  ],
  surfaces: {
    list: async (answer) => {
      const asked: string[] = [];
      const list = await readAllPages(async (path, understand, query) => {
        asked.push(`${path} ${text(query)}`);
        if (path === '/smartlock/auth') return await understand([]);
        return await understand(query?.['page'] === 0 ? answer : { ...answer, results: [] });
      });
      return text([asked, list.items.length]);
    },
  },
};

/** By the schema of an answer. */
export const answersOf: Readonly<Record<string, Answers>> = {
  Smartlock: devices,
  SmartlockAuth: authorizations,
  SmartlockLog: entries,
  MyAccount: account,
  AccountUser: people,
  AccountIntegration: integrations,
  PaginatedResponse: pages,
};
