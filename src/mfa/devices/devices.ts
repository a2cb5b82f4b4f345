import type { EngineParts } from '../parts.ts';
import type { DeviceDesk, DeviceRefusalCode } from './deviceDesk.ts';

const refused = (code: DeviceRefusalCode) => async () => ({ outcome: 'refused', code }) as const;

/** Serves nobody yet. */
export class Devices implements DeviceDesk {
  readonly parts: EngineParts;
  enrol = refused('unknown_ticket');
  find = refused('unknown_device');
  update = refused('unknown_device');
  remove = refused('unknown_device');
  waitingRequest = refused('unknown_device');
  answer = refused('unknown_request');
  consent = refused('unknown_request');

  constructor(parts: EngineParts) {
    this.parts = parts;
  }

  async standing() {
    return undefined;
  }

  async requestChanged() {}

  async deviceChanged() {}
}
