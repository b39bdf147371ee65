import { Fail } from '@sluice/sdk';

/** A topic that is published to has no wildcards. @throws Fail */
export function assertTopic(topic: string): void {
  if (topic !== '' && !/[#+\0]/.test(topic) && Buffer.byteLength(topic) <= 65_535) return;
  throw new Fail('A topic without "#" and "+" was expected.', { code: 'step.input_invalid' });
}
