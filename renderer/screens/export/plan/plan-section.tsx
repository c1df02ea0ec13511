import { Button, MessageBar, MessageBarBody, makeStyles, Spinner, Text, tokens } from '@fluentui/react-components';
import { FormattedMessage, useIntl } from 'react-intl';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { goToSection, Section } from '../../../components/section.tsx';
import { useAction } from '../../../components/use-action.ts';
import { navigate, signInAgain } from '../../../stores/draft-store.ts';
import { type EditedExport, problemsOf } from '../../../stores/export-draft.ts';
import { useMirror } from '../../../stores/mirror-store.ts';
import { cancelPlan, makePlan, usePlanStore } from '../../../stores/plan-store.ts';
import { stepLabels } from '../../../text/plan-labels.ts';
import { useFieldLabel } from '../../../text/use-field-label.ts';
import { saveDraft } from '../export-actions.ts';
import { ModeFields } from './mode-fields.tsx';
import { PlanFacts } from './plan-facts.tsx';
import { PlanGroups } from './plan-groups.tsx';
import { PlanGuards } from './plan-guards.tsx';
import { usePlan } from './use-plan.ts';

const useStyles = makeStyles({
  quiet: { color: tokens.colorNeutralForeground2 },
  waiting: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '8px',
    minHeight: '32px',
    marginTop: '12px',
  },
  plan: { marginTop: '16px' },
  stale: { opacity: 0.55 },
  notes: { display: 'flex', flexDirection: 'column', gap: '8px', marginBottom: '12px' },
  first: { marginTop: '12px', display: 'flex', flexDirection: 'column', gap: '8px', alignItems: 'flex-start' },
});

/** *What will happen*: how the export sends, and what a run of it would do with every row. Sends nothing. */
export function PlanSection({ draft }: { readonly draft: EditedExport }) {
  const intl = useIntl();
  const styles = useStyles();
  const labelOf = useFieldLabel();
  const { stored } = usePlan(draft);
  const segments = useMirror((mirror) => mirror.segments);
  const view = useMirror((mirror) => mirror.exports.find((candidate) => candidate.exportId === draft.exportId));
  const { view: plan, pending, step, error, madeAgain } = usePlanStore();
  const mayPlan = problemsOf(draft, segments).length === 0;
  const save = useAction(async () => {
    const saved = await saveDraft();
    await makePlan(saved.exportId);
  });
  const again = (): void => {
    if (draft.exportId !== null) void makePlan(draft.exportId, { anew: true });
  };
  const fields = (names: readonly string[]) => intl.formatList(names.map(labelOf));
  return (
    <Section
      title={<FormattedMessage id="plan.title" />}
      description={<FormattedMessage id="plan.description" />}
      anchor="export-plan"
    >
      <ModeFields draft={draft} />
      <ErrorNotice
        error={save.error ?? error}
        actions={{
          retry: again,
          'sign-in': () => signInAgain(draft.connectionId),
          'show-connections': () => navigate({ name: 'connections' }),
          'show-list': () => goToSection('export-destination'),
          'show-matching': () => goToSection('export-matching'),
        }}
      />
      {(pending || save.pending) && (
        <div className={styles.waiting} role="status">
          <Spinner size="tiny" label={<FormattedMessage id={step === null ? 'plan.pending' : stepLabels[step]} />} />
          <Button size="small" onClick={cancelPlan}>
            <FormattedMessage id="action.cancel" />
          </Button>
        </div>
      )}
      {!stored && !pending && (
        <div className={styles.first}>
          <Text className={styles.quiet}>
            <FormattedMessage id={plan === null ? 'plan.save-first' : 'plan.changed-since'} />
          </Text>
          <Button disabled={!mayPlan} disabledFocusable={save.pending} onClick={() => void save.run()}>
            <FormattedMessage id="plan.save-and-show" />
          </Button>
        </div>
      )}
      {stored && plan === null && !pending && error === null && mayPlan && (
        <div className={styles.first}>
          <Button onClick={again}>
            <FormattedMessage id="plan.show" />
          </Button>
        </div>
      )}
      {plan !== null && view !== undefined && (
        <div
          className={`${styles.plan} ${pending || !stored ? styles.stale : ''}`}
          aria-busy={pending}
          data-testid="plan"
        >
          <PlanGuards plan={plan} />
          <div className={styles.notes}>
            {madeAgain && (
              <MessageBar intent="info" layout="multiline">
                <MessageBarBody>
                  <FormattedMessage id="plan.made-again" />
                </MessageBarBody>
              </MessageBar>
            )}
            {plan.changedFiles.length > 0 && (
              <MessageBar intent="warning" layout="multiline">
                <MessageBarBody>
                  <FormattedMessage
                    id="plan.files-changed"
                    values={{ count: plan.changedFiles.length, names: intl.formatList(plan.changedFiles) }}
                  />
                </MessageBarBody>
              </MessageBar>
            )}
            {plan.fieldsChanged !== null && (
              <MessageBar intent="info" layout="multiline">
                <MessageBarBody>
                  <FormattedMessage
                    id="plan.fields-changed"
                    values={{
                      added: fields(plan.fieldsChanged.added),
                      removed: fields(plan.fieldsChanged.removed),
                      additions: plan.fieldsChanged.added.length,
                      removals: plan.fieldsChanged.removed.length,
                    }}
                  />
                </MessageBarBody>
              </MessageBar>
            )}
            <ErrorNotice
              error={plan.accountError}
              intent="warning"
              actions={{ retry: again, 'sign-in': () => signInAgain(draft.connectionId) }}
            />
          </div>
          <PlanGroups plan={plan} view={view} />
          <PlanFacts plan={plan} />
        </div>
      )}
    </Section>
  );
}
