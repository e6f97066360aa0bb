import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => {
  const { docs, product } = (await getMessages()).text;
  return { title: { default: docs.name, template: `%s · ${docs.name} · ${product.name}` } };
};

// Only for the titles: some of these pages are called as pages of the console are.
export default function DocsLayout({ children }: { children: ReactNode }) {
  return <div>{children}</div>;
}
