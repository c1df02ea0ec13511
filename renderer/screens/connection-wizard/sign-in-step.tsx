import { Button, makeStyles, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage } from 'react-intl';
import type { ConnectionKind } from '../../../preload/contract/views.ts';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { useMirror } from '../../stores/mirror-store.ts';
import { askOwnPassword } from '../../stores/password-question.ts';
import { Authenticate } from './authenticate.tsx';
import { StepPart } from './step-part.tsx';
import { StepTitle } from './step-title.tsx';
import type { SignIn } from './use-sign-in.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  hint: { color: tokens.colorNeutralForeground2 },
});

interface SignInStepProps {
  readonly kind: ConnectionKind;
  readonly signIn: SignIn;
  readonly exportUserAdded: boolean;
  readonly onExportUserAdded: () => void;
}

/** The two sign-ins, each with a tick of its own. */
export function SignInStep({ kind, signIn, exportUserAdded, onExportUserAdded }: SignInStepProps) {
  const styles = useStyles();
  const person = useMirror((mirror) => mirror.person);
  // Where there are passwords, only the person themselves can be meant.
  const add = useAction(async () => {
    if (person.hasPassword) await askOwnPassword();
    onExportUserAdded();
  });
  return (
    <Section
      anchor="sign-in-step"
      title={
        <StepTitle number={3} done={signIn.view?.state === 'succeeded' && exportUserAdded}>
          <FormattedMessage id="connection.step.sign-in" />
        </StepTitle>
      }
    >
      <div className={styles.stack}>
        <Authenticate kind={kind} connectionId={null} signIn={signIn} />
        <StepPart done={exportUserAdded}>
          {exportUserAdded ? (
            <Text weight="semibold" role="status">
              <FormattedMessage id="export-user.added" values={{ name: person.displayName }} />
            </Text>
          ) : (
            <>
              <Text className={styles.hint}>
                <FormattedMessage id="export-user.hint" values={{ name: person.displayName }} />
              </Text>
              <Button disabledFocusable={add.pending} onClick={() => void add.run()}>
                <FormattedMessage id="export-user.add" />
              </Button>
            </>
          )}
        </StepPart>
      </div>
    </Section>
  );
}
