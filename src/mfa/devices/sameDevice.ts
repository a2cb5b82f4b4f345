import type { AuthenticationMethod } from '../methods.ts';
import type { FactorRegistry } from '../registry.ts';

type Named = Pick<AuthenticationMethod, 'id' | 'factor'>;

/** `dev_…`, by which the methods of one device are known: `push|dev_X` and `totp|dev_X`. */
export function deviceIdOf(methodId: string): string {
  return methodId.slice(methodId.indexOf('|') + 1);
}

/** The codes that a device makes beside answering requests, as long as it answers them. */
export function isCodesBeside(registry: FactorRegistry, method: Named, methods: readonly Named[]): boolean {
  if (!registry.get(method.factor)?.deviceCodes) return false;
  return methods.some((other) => registry.get(other.factor)?.device && isSame(method, other));
}

/** These methods and those that live and die with them: what a device does is set up and taken away as one. */
export function withTheirDevices<Method extends Named>(
  registry: FactorRegistry,
  chosen: readonly Method[],
  methods: readonly Method[],
): Method[] {
  const isOnDevice = ({ factor: name }: Named) => {
    const factor = registry.get(name);
    return factor?.device !== undefined || factor?.deviceCodes !== undefined;
  };
  const besides = methods.filter(
    (method) => isOnDevice(method) && chosen.some((one) => isOnDevice(one) && isSame(one, method)),
  );
  return [...chosen, ...besides.filter(({ id }) => !chosen.some((one) => one.id === id))];
}

function isSame(one: Named, other: Named): boolean {
  return deviceIdOf(one.id) === deviceIdOf(other.id);
}
