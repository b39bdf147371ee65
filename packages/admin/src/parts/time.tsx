import { Tooltip } from '@mantine/core';
import { moment, when } from './words.ts';

/** @param at  epoch ms */
export function Time({ at }: { readonly at: number }) {
  return (
    <Tooltip label={moment(at)}>
      <time dateTime={new Date(at).toISOString()}>{when(at)}</time>
    </Tooltip>
  );
}
