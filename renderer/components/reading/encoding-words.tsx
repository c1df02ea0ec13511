import { Field, makeStyles, Radio, RadioGroup, Text, tokens } from '@fluentui/react-components';
import { useIntl } from 'react-intl';
import type { ReadingView, SegmentView } from '../../../preload/contract/views.ts';
import { encodingNames } from '../../text/labels.ts';

const useStyles = makeStyles({
  label: { display: 'inline-flex', flexWrap: 'wrap', gap: '2px 10px' },
  words: { color: tokens.colorNeutralForeground2, overflowWrap: 'anywhere' },
});

interface EncodingWordsProps {
  readonly segment: SegmentView;
  readonly encoding: ReadingView['encoding'];
  readonly onChange: (encoding: ReadingView['encoding']) => void;
}

/** Words of the file as each encoding reads them: a person sees at a glance which is right. */
export function EncodingWords({ segment, encoding, onChange }: EncodingWordsProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <Field label={intl.formatMessage({ id: 'reading.encoding.doubt' })}>
      <RadioGroup
        value={encoding}
        onChange={(_, data) => {
          const chosen = segment.encodings.find((candidate) => candidate.encoding === data.value);
          if (chosen !== undefined) onChange(chosen.encoding);
        }}
      >
        {segment.encodings.map((candidate) => (
          <Radio
            key={candidate.encoding}
            value={candidate.encoding}
            label={
              <span className={styles.label}>
                <span>{encodingNames[candidate.encoding]}</span>
                <Text className={styles.words}>{candidate.samples.join(' · ')}</Text>
              </span>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}
