import { Link, makeStyles, Text, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { unreadableLabel } from '../../text/labels.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  row: { display: 'flex', flexWrap: 'wrap', gap: '8px', alignItems: 'center' },
  warning: { color: tokens.colorStatusWarningForeground1 },
  list: { margin: '4px 0 0', paddingLeft: '18px', maxHeight: '160px', overflow: 'auto' },
});

/** How many lines of a file could not be read, and on request which and why. */
export function UnreadableLines({ segment }: { readonly segment: SegmentView }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <span className={styles.row}>
        <Text className={styles.warning}>
          <FormattedMessage id="segment.unreadable" values={{ count: segment.unreadableCount }} />
        </Text>
        {segment.unreadable.length > 0 && (
          <Link as="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            <FormattedMessage id={open ? 'segment.unreadable.hide' : 'segment.unreadable.show'} />
          </Link>
        )}
      </span>
      {open && (
        <ul className={styles.list}>
          {segment.unreadable.map(({ line, reason }) => (
            <li key={line}>
              <FormattedMessage
                id="segment.unreadable.line"
                values={{ line: format.number(line), reason: intl.formatMessage({ id: unreadableLabel(reason) }) }}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
