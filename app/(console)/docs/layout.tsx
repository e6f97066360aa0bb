import type { Metadata } from "next";
import type { ReactNode } from "react";
import { getMessages } from "#lib/i18n/get-messages";

export const generateMetadata = async (): Promise<Metadata> => {
  const { docs, product } = (await getMessages()).text;
  return { title: { default: docs.name, template: `%s · ${docs.name} · ${product.name}` } };
};

// Only sets the titles: some of these pages have the same title as a page of the console.
export default function DocsLayout({ children }: { children: ReactNode }) {
  return <div>{children}</div>;
}
