import type { Messages } from "#lib/i18n/schema";

/** What keys are used for, with example names. */
export function Purposes({ text }: { text: Messages["docs"]["overview"] }) {
  return (
    <table className="w-full text-left">
      <thead className="text-small text-muted">
        <tr>
          <th scope="col" className="py-1.5 pr-4 font-normal">
            {text.purpose}
          </th>
          <th scope="col" className="py-1.5 font-normal">
            {text.suggestedName}
          </th>
        </tr>
      </thead>
      <tbody>
        {text.purposes.map(([purpose, name]) => (
          <tr key={name} className="border-t border-line">
            <td className="py-1.5 pr-4">{purpose}</td>
            <td className="py-1.5">{name}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
