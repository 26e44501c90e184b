import type { FormModel, CredentialType, Preview } from '../../../protocol/form.ts';
import { element } from '../../element.ts';
import { choice, groupRow, type Row } from './row.ts';

export interface DevicesField {
  readonly row: Row;
  /** The chosen devices that can be given this credential. */
  read(credential: CredentialType): readonly number[];
  /** Disables the devices that cannot be given this credential; they stay chosen for another one. */
  arrange(credential: CredentialType): void;
  showDetails(details: Preview['details']): void;
}

/** The devices to give it to: one or several. */
export function devicesField({ texts, draft, devices, locked }: FormModel): DevicesField {
  const isLocked = locked.includes('devices');
  const choices = devices.map((device) => {
    const id = `device-${device.id}`;
    const checked = draft.devices.includes(device.id);
    const { input, element: box } = choice({ type: 'checkbox', id, label: device.name, checked });
    const detail = element('span', { class: 'hint foreign', id: `${id}-detail` }, device.detail);
    input.setAttribute('aria-describedby', detail.id);
    return { device, input, detail, element: element('div', { class: 'device' }, box, detail) };
  });
  const row = groupRow({
    id: 'devices',
    field: 'devices',
    label: texts.devices,
    controls: choices.map(({ input }) => input),
    content: choices.map((each) => each.element),
  });
  return {
    row,
    read(credential) {
      if (isLocked) return draft.devices;
      const chosen = choices.filter(({ device, input }) => input.checked && !device.cannot.includes(credential));
      return chosen.map(({ device }) => device.id);
    },
    arrange(credential) {
      for (const { device, input } of choices) input.disabled = isLocked || device.cannot.includes(credential);
    },
    showDetails(details) {
      for (const { device, detail: shown } of choices) {
        const known = details.find(({ id }) => id === device.id);
        if (known !== undefined) shown.textContent = known.detail;
      }
    },
  };
}
