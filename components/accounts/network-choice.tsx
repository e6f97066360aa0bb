import type { AccountsText } from "#components/accounts/accounts-text";
import { ChevronIcon } from "#components/ui/icons";
import type { Network } from "#lib/networks/schema";

type NetworkChoiceProps = { networks: Network[]; text: AccountsText; onChoose: (network: Network) => void };

/** The choice of the network to connect. */
export function NetworkChoice({ networks, text, onChoose }: NetworkChoiceProps) {
  return (
    <>
      <p className="text-muted">{text.accounts.connecting.choose}</p>
      <ul className="mt-4 space-y-2">
        {networks.map((network, index) => (
          <li key={network.network}>
            <button
              type="button"
              data-autofocus={index === 0 || undefined}
              onClick={() => onChoose(network)}
              className="flex min-h-12 w-full items-center justify-between gap-4 rounded-control border border-edge/60 px-4 py-2 text-left font-medium hover:bg-sunken"
            >
              <span>
                <span translate="no">{network.label}</span>
                {network.missing_settings.length + network.unmet_needs.length > 0 && (
                  <span className="block text-small font-normal text-muted">{text.accounts.connecting.notReady}</span>
                )}
              </span>
              <ChevronIcon className="size-4 -rotate-90 text-muted" />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
