import type { AccountsText } from "#components/accounts/accounts-text";
import { Button } from "#components/ui/button";
import { fill } from "#lib/i18n/schema";
import type { Network } from "#lib/networks/schema";

type OperatorStepProps = { network: Network; text: AccountsText; onBack: () => void };

/** What the operator of this installation has to do before anybody can connect an account of the network. */
export function OperatorStep({ network, text, onBack }: OperatorStepProps) {
  const { label, missing_settings: missing, unmet_needs: unmet } = network;
  const words = text.accounts.connecting;
  return (
    <>
      <p>{fill(words.operatorLead, { network: label })}</p>
      <ul className="mt-3 list-disc space-y-2 pl-5">
        {missing.length > 0 && (
          <li>
            <span>{words.operatorSettings}</span>
            {missing.map((name) => (
              <code key={name} translate="no" className="block font-mono text-small wrap-anywhere">
                {name}
              </code>
            ))}
          </li>
        )}
        {unmet.map((need) => (
          <li key={need}>{fill(words.operatorNeeds[need], { network: label })}</li>
        ))}
      </ul>
      <p className="mt-3">
        <a
          href={`/docs/networks#${network.network}`}
          className="inline-flex min-h-11 items-center text-accent underline underline-offset-4 mouse:min-h-0"
        >
          {fill(words.operatorGuide, { network: label })}
        </a>
      </p>
      <div className="mt-6 flex justify-end">
        <Button look="quiet" onClick={onBack} data-autofocus>
          {words.back}
        </Button>
      </div>
    </>
  );
}
