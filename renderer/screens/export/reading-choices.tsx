import { Checkbox, Dropdown, Field, makeStyles, Option, Text, tokens } from '@fluentui/react-components';
import { WarningRegular } from '@fluentui/react-icons';
import { useId } from 'react';
import { useIntl } from 'react-intl';
import type { DateOrder, DatesView } from '../../../preload/contract/views.ts';
import { useMainLandmark } from '../../components/main-landmark.ts';
import { dateOrderLabels } from '../../text/labels.ts';

const useStyles = makeStyles({
  full: { minWidth: 0, width: '100%' },
  // In line with what stands above it.
  tick: { marginLeft: '-8px' },
  warning: { display: 'block', color: tokens.colorNeutralForeground2 },
  icon: { color: tokens.colorStatusWarningForeground3, verticalAlign: '-2px', marginRight: '4px' },
});

const orders: readonly DateOrder[] = ['day-first', 'month-first', 'year-first'];

interface DateOrderChoiceProps {
  readonly fieldLabel: string;
  /** Undefined: what the column shows. */
  readonly chosen: DateOrder | undefined;
  /** Null for a column that holds no dates. */
  readonly dates: DatesView | null;
  /** Some cells end in a year of two digits. */
  readonly shortYears: boolean;
  readonly onChoose: (order: DateOrder | undefined) => void;
}

/** What comes first in a column's dates: as its cells prove it, with the proof, or as a person says. */
export function DateOrderChoice({ fieldLabel, chosen, dates, shortYears, onChoose }: DateOrderChoiceProps) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  const needless = dates === null || dates.needless;
  if (needless && chosen === undefined) return null;
  const inferred = dates?.order ?? dates?.provedBefore ?? null;
  const order = chosen ?? inferred;
  const proof = dates?.proofs.find((one) => one.order === inferred);
  const against = (dates?.proofs ?? []).filter((one) => one.order !== order).reduce((sum, one) => sum + one.count, 0);
  const evidence = [
    proof !== undefined && proof.order === order
      ? intl.formatMessage(
          { id: `matching.date-proof.${proof.order}` as const },
          { count: proof.count, example: proof.example },
        )
      : null,
    dates?.provedBefore !== undefined && order === dates.provedBefore
      ? intl.formatMessage({ id: 'matching.date-proved-before' })
      : null,
    against > 0 ? intl.formatMessage({ id: 'matching.date-against' }, { count: against }) : null,
    shortYears ? intl.formatMessage({ id: 'matching.short-years' }) : null,
  ].filter((one) => one !== null);
  const open = order === null;
  return (
    <Field
      label={intl.formatMessage({ id: 'matching.date-order' }, { field: fieldLabel })}
      size="small"
      required={open}
      {...(evidence.length === 0 ? {} : { hint: evidence.join(' ') })}
      {...(open
        ? {
            validationState: 'error',
            validationMessage: intl.formatMessage({ id: 'matching.date-open' }, { count: dates?.ambiguous ?? 0 }),
          }
        : {})}
    >
      <Dropdown
        mountNode={mountNode}
        className={styles.full}
        size="small"
        placeholder={intl.formatMessage({ id: 'matching.date-order.choose' })}
        value={order === null ? '' : intl.formatMessage({ id: dateOrderLabels[order] })}
        selectedOptions={order === null ? [] : [order]}
        onOptionSelect={(_, { optionValue }) => {
          const picked = orders.find((one) => one === optionValue);
          onChoose(picked === inferred ? undefined : picked);
        }}
      >
        {orders.map((one) => (
          <Option key={one} value={one}>
            {intl.formatMessage({ id: dateOrderLabels[one] })}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

type NameOrder = 'first-last' | 'last-first';
const nameOrders: readonly NameOrder[] = ['first-last', 'last-first'];

interface NameOrderChoiceProps {
  readonly chosen: NameOrder | undefined;
  readonly onChoose: (order: NameOrder | undefined) => void;
}

/** How a full name is split: the rule with examples, and what comes first where nothing in a cell tells. */
export function NameOrderChoice({ chosen, onChoose }: NameOrderChoiceProps) {
  const intl = useIntl();
  const styles = useStyles();
  const mountNode = useMainLandmark();
  const order = chosen ?? 'first-last';
  const wordsOf = (one: NameOrder) => intl.formatMessage({ id: `matching.name-order.${one}` as const });
  return (
    <Field
      label={intl.formatMessage({ id: 'matching.name-order' })}
      size="small"
      hint={intl.formatMessage({ id: 'matching.name-rule' })}
    >
      <Dropdown
        mountNode={mountNode}
        className={styles.full}
        size="small"
        value={wordsOf(order)}
        selectedOptions={[order]}
        onOptionSelect={(_, { optionValue }) => onChoose(optionValue === 'last-first' ? 'last-first' : undefined)}
      >
        {nameOrders.map((one) => (
          <Option key={one} value={one}>
            {wordsOf(one)}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}

interface WhenBlankChoiceProps {
  readonly fieldLabel: string;
  readonly clears: boolean;
  readonly onChoose: (whenBlank: 'clear' | undefined) => void;
}

/** Whether a blank cell clears the field, with what that means; as always it leaves what is there. */
export function WhenBlankChoice({ fieldLabel, clears, onChoose }: WhenBlankChoiceProps) {
  const intl = useIntl();
  const styles = useStyles();
  const warningId = useId();
  return (
    <div>
      <Checkbox
        size="medium"
        className={styles.tick}
        checked={clears}
        label={intl.formatMessage({ id: 'matching.when-blank.clear' })}
        aria-label={intl.formatMessage({ id: 'matching.when-blank.clear-named' }, { field: fieldLabel })}
        {...(clears ? { 'aria-describedby': warningId } : {})}
        onChange={(_, { checked }) => onChoose(checked === true ? 'clear' : undefined)}
      />
      {clears && (
        <Text id={warningId} size={200} className={styles.warning}>
          <WarningRegular aria-hidden className={styles.icon} />
          {intl.formatMessage({ id: 'matching.when-blank.warning' })}
        </Text>
      )}
    </div>
  );
}
