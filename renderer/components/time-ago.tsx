import { Tooltip } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import { exactTime, relativeTime } from '../text/format.ts';
import { useNow } from './use-now.ts';

/** How long ago something was; the exact time on pointing, focus and for screen readers. */
export function TimeAgo({ at }: { readonly at: number }) {
  const { locale } = useIntl();
  const now = useNow(30_000);
  return (
    <Tooltip content={exactTime(at, locale)} relationship="description">
      <time dateTime={new Date(at).toISOString()}>{relativeTime(at, now, locale)}</time>
    </Tooltip>
  );
}
