import { makeStyles, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { ReadingView, SegmentView } from '../../../preload/contract/views.ts';
import { delimiterName, encodingNames } from '../../text/labels.ts';
import { ErrorNotice } from '../error-notice.tsx';
import { ChoiceField } from './choice-field.tsx';
import { useCorrection } from './correct-reading.ts';
import { EncodingWords } from './encoding-words.tsx';
import { FirstRows } from './first-rows.tsx';
import { HeaderLineField } from './header-line-field.tsx';

const useStyles = makeStyles({
  panel: {
    display: 'flex',
    flexDirection: 'column',
    gap: '12px',
    padding: '12px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    minWidth: 0,
  },
  fields: { display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(150px, 1fr))', gap: '10px 12px' },
});

const encodings = ['utf-8', 'windows-1252', 'macintosh', 'utf-16le', 'utf-16be'] as const;
const delimiters = [',', ';', '\t', '|', ':', '^', '~', ' '];
/** Stands for the value null among the options. */
const none = 'none';

interface ReadingPanelProps {
  readonly id: string;
  readonly segment: SegmentView;
  readonly reading: ReadingView;
}

/** Every part of what was understood, to be changed; the rows below follow at once. */
export function ReadingPanel({ id, segment, reading }: ReadingPanelProps) {
  const intl = useIntl();
  const styles = useStyles();
  const { change, changeSheet, error } = useCorrection(segment);
  // What was chosen stands there at once, before the file has been read so.
  const { encoding, delimiter, quote, headerLine, wrapped } = { ...reading, ...segment.overrides };
  const label = intl.formatMessage({ id: 'reading.panel' }, { name: segment.name });
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset draws its name, which stands above already
    <div id={id} role="group" aria-label={label} className={styles.panel}>
      {segment.encodings.length > 0 && (
        <EncodingWords segment={segment} encoding={encoding} onChange={(chosen) => change({ encoding: chosen })} />
      )}
      <div className={styles.fields}>
        {reading.format === 'csv' && (
          <>
            <ChoiceField
              label={intl.formatMessage({ id: 'reading.encoding' })}
              value={encoding}
              options={encodings.map((value) => ({ value, text: encodingNames[value] }))}
              onChange={(chosen) => change({ encoding: chosen })}
            />
            <ChoiceField
              label={intl.formatMessage({ id: 'reading.delimiter' })}
              value={delimiter ?? none}
              options={[
                ...[...new Set([...delimiters, ...(delimiter === null ? [] : [delimiter])])].map((value) => ({
                  value,
                  text: delimiterName(intl, value),
                })),
                { value: none, text: intl.formatMessage({ id: 'reading.delimiter.none' }) },
              ]}
              onChange={(value) => change({ delimiter: value === none ? null : value })}
            />
            <ChoiceField
              label={intl.formatMessage({ id: 'reading.quote' })}
              value={quote ?? none}
              options={[
                { value: '"', text: intl.formatMessage({ id: 'reading.quote.double' }) },
                { value: "'", text: intl.formatMessage({ id: 'reading.quote.single' }) },
                { value: none, text: intl.formatMessage({ id: 'reading.quote.none' }) },
              ]}
              onChange={(value) => change({ quote: value === none ? null : value })}
            />
            <ChoiceField
              label={intl.formatMessage({ id: 'reading.wrapping' })}
              value={wrapped ? 'yes' : 'no'}
              options={[
                { value: 'no', text: intl.formatMessage({ id: 'reading.wrapping.no' }) },
                { value: 'yes', text: intl.formatMessage({ id: 'reading.wrapping.yes' }) },
              ]}
              onChange={(value) => change({ wrapped: value === 'yes' })}
            />
          </>
        )}
        {segment.sheets.length > 1 && (
          <ChoiceField
            label={intl.formatMessage({ id: 'reading.sheet' })}
            value={segment.sheets.find(({ chosen }) => chosen)?.name ?? ''}
            options={segment.sheets.map(({ name, visible }) => ({
              value: name,
              text: visible ? name : intl.formatMessage({ id: 'reading.sheet.hidden' }, { name }),
            }))}
            onChange={changeSheet}
          />
        )}
        {(reading.format === 'csv' || reading.format === 'xlsx') && (
          <HeaderLineField
            headerLine={headerLine}
            rows={reading.format === 'xlsx'}
            onChange={(line) => change({ headerLine: line })}
          />
        )}
      </div>
      <ErrorNotice error={error} />
      <FirstRows segment={segment} />
    </div>
  );
}
