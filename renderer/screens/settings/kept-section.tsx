import { Button, Field, makeStyles, Slider, Text, tokens } from '@fluentui/react-components';
import { useEffect, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';
import type { DeletableKind, KeepRules, KeptView } from '../../../preload/contract/views.ts';
import { call } from '../../bridge/client.ts';
import { ConfirmQuestion } from '../../components/confirm-question.tsx';
import { CopyField } from '../../components/copy-field.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Modal } from '../../components/modal.tsx';
import { ChoiceField } from '../../components/reading/choice-field.tsx';
import { Section } from '../../components/section.tsx';
import { useAction } from '../../components/use-action.ts';
import { notify } from '../../stores/ui-store.ts';
import { useFormat } from '../../text/use-format.ts';

const useStyles = makeStyles({
  stack: { display: 'flex', flexDirection: 'column', gap: '16px' },
  rules: { display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(240px, 1fr))', gap: '12px 24px' },
  quiet: { color: tokens.colorNeutralForeground2 },
  memory: { maxWidth: '420px' },
});

const days = [7, 30, 90, 180, 365] as const;
const ruleNames = ['rowsDays', 'stagesDays', 'copiesDays', 'logDays'] as const satisfies readonly (keyof KeepRules)[];
const deletable: ReadonlySet<string> = new Set<DeletableKind>(['runs', 'copies', 'log']);
const isDeletable = (kind: string): kind is DeletableKind => deletable.has(kind);
const memoryStep = 32;

/** What lies on this computer, how large it is, for how long it is kept, and how much memory reading may take. */
export function KeptSection({ anchor }: { readonly anchor: string }) {
  const intl = useIntl();
  const styles = useStyles();
  const format = useFormat();
  const [view, setView] = useState<KeptView | null>(null);
  const [memory, setMemory] = useState<number | null>(null);
  const [asked, setAsked] = useState<DeletableKind | null>(null);
  const look = useAction(async () => setView(await call('kept.look', {})));
  const change = useAction(async (wish: { rules?: Partial<KeepRules>; memoryMb?: number }) => {
    setView(await call('kept.change', wish));
    setMemory(null);
  });
  const remove = useAction(async (kind: DeletableKind) => {
    setView(await call('kept.delete', { kind }));
    setAsked(null);
    notify('kept.deleted');
  });
  const first = look.run;
  useEffect(() => void first(), [first]);
  const daysText = (value: KeepRules[keyof KeepRules], name: keyof KeepRules): string =>
    value === null
      ? intl.formatMessage({ id: name === 'stagesDays' ? 'kept.days.segment' : 'kept.days.always' })
      : intl.formatMessage({ id: 'kept.days' }, { days: value });
  return (
    <Section
      title={<FormattedMessage id="kept.title" />}
      description={<FormattedMessage id="kept.description" />}
      anchor={anchor}
    >
      <ErrorNotice error={look.error ?? change.error} actions={{ retry: () => void look.run() }} />
      {view !== null && (
        <div className={styles.stack}>
          <CopyField showLabel label={intl.formatMessage({ id: 'kept.folder' })} value={view.folder} />
          <DataTable
            label={intl.formatMessage({ id: 'kept.title' })}
            maxHeight={360}
            testId="kept-kinds"
            columns={[
              { name: 'kind', title: <FormattedMessage id="kept.column.kind" /> },
              { name: 'items', title: <FormattedMessage id="kept.column.items" />, looks: 'number' },
              { name: 'bytes', title: <FormattedMessage id="kept.column.bytes" />, looks: 'number' },
              { name: 'delete', title: <FormattedMessage id="kept.column.delete" /> },
            ]}
            rows={view.kinds.map(({ kind, bytes, items }) => ({
              key: kind,
              cells: [
                <FormattedMessage key="kind" id={`kept.kind.${kind}`} />,
                format.number(items),
                format.fileSize(bytes),
                isDeletable(kind) ? (
                  <Button
                    key="delete"
                    size="small"
                    appearance="subtle"
                    disabledFocusable={items === 0 || remove.pending}
                    aria-label={intl.formatMessage(
                      { id: 'kept.delete-named' },
                      { what: intl.formatMessage({ id: `kept.kind.${kind}` }) },
                    )}
                    onClick={() => setAsked(kind)}
                  >
                    <FormattedMessage id="kept.delete" />
                  </Button>
                ) : (
                  <Text key="where" size={200} className={styles.quiet}>
                    <FormattedMessage id={`kept.goes-with.${kind}`} />
                  </Text>
                ),
              ],
            }))}
          />
          <div className={styles.rules}>
            {ruleNames.map((name) => (
              <ChoiceField
                key={name}
                label={intl.formatMessage({ id: `kept.rule.${name}` })}
                value={String(view.rules[name])}
                options={[...days, null].map((value) => ({ value: String(value), text: daysText(value, name) }))}
                onChange={(value) =>
                  void change.run({ rules: { [name]: days.find((known) => String(known) === value) ?? null } })
                }
              />
            ))}
          </div>
          <Text size={200} className={styles.quiet}>
            <FormattedMessage id="kept.rules.hint" values={{ count: view.continuable }} />
          </Text>
          <Field
            className={styles.memory}
            label={intl.formatMessage(
              { id: 'kept.memory' },
              { size: format.fileSize((memory ?? view.memoryMb) * 1e6) },
            )}
            hint={intl.formatMessage({ id: 'kept.memory.hint' })}
          >
            <Slider
              min={160}
              max={2_048}
              step={memoryStep}
              value={memory ?? view.memoryMb}
              aria-valuetext={format.fileSize((memory ?? view.memoryMb) * 1e6)}
              onChange={(_, data) => setMemory(data.value)}
              onPointerUp={() => memory !== null && void change.run({ memoryMb: memory })}
              onKeyUp={() => memory !== null && void change.run({ memoryMb: memory })}
              onBlur={() => memory !== null && void change.run({ memoryMb: memory })}
            />
          </Field>
        </div>
      )}
      <Modal onClose={() => setAsked(null)}>
        {asked === null ? null : (
          <ConfirmQuestion
            title={intl.formatMessage({ id: `kept.ask.${asked}.title` })}
            confirmLabel={intl.formatMessage({ id: 'kept.delete' })}
            pending={remove.pending}
            error={remove.error}
            onConfirm={() => void remove.run(asked)}
            onCancel={() => setAsked(null)}
          >
            <FormattedMessage id={`kept.ask.${asked}.text`} values={{ count: view?.continuable ?? 0 }} />
          </ConfirmQuestion>
        )}
      </Modal>
    </Section>
  );
}
