import { Button, Checkbox, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import type { ConnectionKind } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { StepTitle } from './step-title.tsx';

const useStyles = makeStyles({
  statement: {
    display: 'block',
    whiteSpace: 'pre-line',
    padding: '12px 16px',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralBackground3,
    maxWidth: '80ch',
  },
  practice: { display: 'block', marginTop: '8px', color: tokens.colorNeutralForeground2 },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', justifyContent: 'space-between', marginTop: '8px' },
});

interface PrivacyStepProps {
  readonly kind: ConnectionKind;
  readonly agreed: boolean;
  /** Whether *Connect* may be pressed. */
  readonly ready: boolean;
  readonly initialised: boolean;
  readonly onAgreed: (agreed: boolean) => void;
  readonly onConnect: () => void;
}

/** Consent to data privacy and compliance, without which nothing connects. */
export function PrivacyStep({ kind, agreed, ready, initialised, onAgreed, onConnect }: PrivacyStepProps) {
  const intl = useIntl();
  const styles = useStyles();
  return (
    <Section
      title={
        <StepTitle number={2} done={agreed}>
          <FormattedMessage id="connection.privacy.title" />
        </StepTitle>
      }
    >
      <Text className={styles.statement} id="privacy-statement">
        <FormattedMessage id="connection.privacy.statement" />
      </Text>
      {kind === 'practice' && (
        <Text className={styles.practice}>
          <FormattedMessage id="connection.privacy.practice" />
        </Text>
      )}
      <div className={styles.row}>
        <Checkbox
          required
          checked={agreed}
          disabled={initialised}
          aria-describedby="privacy-statement"
          label={intl.formatMessage({ id: 'connection.privacy.agree' })}
          onChange={(_, data) => onAgreed(data.checked === true)}
        />
        <Button appearance={initialised ? 'secondary' : 'primary'} disabled={!ready || initialised} onClick={onConnect}>
          <FormattedMessage id="connection.connect" />
        </Button>
      </div>
    </Section>
  );
}
