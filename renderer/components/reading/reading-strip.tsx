import { Badge, Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular, WandRegular } from '@fluentui/react-icons';
import { useId, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { SegmentView } from '../../../preload/contract/views.ts';
import { delimiterName, encodingNames, formatLabels } from '../../text/labels.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { isCorrected, useCorrection } from './correct-reading.ts';
import { ReadingPanel } from './reading-panel.tsx';

const useStyles = makeStyles({
  strip: { display: 'flex', flexDirection: 'column', gap: '6px', minWidth: 0 },
  facts: { display: 'flex', flexWrap: 'wrap', gap: '6px', alignItems: 'center' },
  quiet: { color: tokens.colorNeutralForeground2 },
  toggle: { marginLeft: '-6px' },
});

function useFacts(segment: SegmentView): string[] {
  const intl = useIntl();
  const { reading } = segment;
  if (reading === null) return [];
  const sheet = segment.sheets.length > 1 ? segment.sheets.find(({ chosen }) => chosen)?.name : undefined;
  return [
    intl.formatMessage({ id: formatLabels[reading.format] }),
    ...(reading.compression === 'none' ? [] : [reading.compression]),
    ...(reading.format === 'csv' ? [encodingNames[reading.encoding]] : []),
    ...(reading.delimiter === null ? [] : [delimiterName(intl, reading.delimiter)]),
    ...(reading.wrapped ? [intl.formatMessage({ id: 'reading.wrapped' })] : []),
    ...(reading.headerLine === null && (reading.format === 'csv' || reading.format === 'xlsx')
      ? [intl.formatMessage({ id: 'reading.no-header' })]
      : []),
    ...(reading.headerLine !== null && reading.headerLine > 1
      ? [intl.formatMessage({ id: 'reading.header-on-line' }, { line: reading.headerLine })]
      : []),
    ...(sheet === undefined ? [] : [intl.formatMessage({ id: 'reading.sheet-named' }, { name: sheet })]),
  ];
}

/** Lines of the file that are no rows of it, kind by kind. */
function useSkipped({ skipped, reading }: SegmentView): string[] {
  const intl = useIntl();
  if (skipped === undefined) return [];
  const { blank, comment, footer } = skipped;
  const blankKey = reading?.format === 'xlsx' ? 'reading.skipped.blank-rows' : 'reading.skipped.blank';
  return [
    ...(blank === 0 ? [] : [intl.formatMessage({ id: blankKey }, { count: blank })]),
    ...(comment === 0 ? [] : [intl.formatMessage({ id: 'reading.skipped.comment' }, { count: comment })]),
    ...(footer === 0 ? [] : [intl.formatMessage({ id: 'reading.skipped.footer' }, { count: footer })]),
  ];
}

/** What was understood of a segment's file in a line, and on request every part of it, to be changed. */
export function ReadingStrip({ segment }: { readonly segment: SegmentView }) {
  const intl = useIntl();
  const styles = useStyles();
  const [open, setOpen] = useState(false);
  const panelId = useId();
  const facts = useFacts(segment);
  const skipped = useSkipped(segment);
  const { readByItself, error } = useCorrection(segment);
  const corrected = isCorrected(segment);
  const words = segment.encodings.find(({ encoding }) => encoding === segment.reading?.encoding)?.samples ?? [];
  return (
    <div className={styles.strip} data-testid="reading-strip">
      <span className={styles.facts}>
        {segment.readAt !== null && (
          <Text weight="semibold">
            <FormattedMessage id="segment.rows" values={{ count: segment.rowCount }} />
          </Text>
        )}
        {facts.map((fact) => (
          <Badge key={fact} appearance="outline" color="informative">
            {fact}
          </Badge>
        ))}
        {corrected && (
          <Badge appearance="tint" color="brand">
            <FormattedMessage id="reading.corrected" />
          </Badge>
        )}
      </span>
      {segment.hiddenRows > 0 && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage id="reading.hidden-rows" values={{ count: segment.hiddenRows }} />
        </Text>
      )}
      {skipped.length > 0 && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage
            id="reading.skipped"
            values={{ lines: intl.formatList(skipped, { type: 'conjunction' }) }}
          />
        </Text>
      )}
      {segment.overridesRemembered && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage id="reading.remembered" />
        </Text>
      )}
      {words.length > 0 && segment.overrides.encoding === undefined && (
        <Text size={200} className={styles.quiet}>
          <FormattedMessage
            id="reading.words-in-doubt"
            values={{ words: intl.formatList(words.slice(0, 3), { type: 'conjunction', style: 'narrow' }) }}
          />
        </Text>
      )}
      <span className={styles.facts}>
        {segment.reading !== null && (
          <Button
            size="small"
            appearance="subtle"
            className={styles.toggle}
            icon={open ? <ChevronUpRegular /> : <ChevronDownRegular />}
            aria-expanded={open}
            {...(open ? { 'aria-controls': panelId } : {})}
            onClick={() => setOpen(!open)}
          >
            <FormattedMessage id="reading.how" />
          </Button>
        )}
        {corrected && (
          <Button size="small" appearance="subtle" icon={<WandRegular />} onClick={readByItself}>
            <FormattedMessage id="reading.by-itself" />
          </Button>
        )}
      </span>
      <ErrorNotice error={error} />
      {open && segment.reading !== null && <ReadingPanel id={panelId} segment={segment} reading={segment.reading} />}
    </div>
  );
}
