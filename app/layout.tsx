import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { FailureTextProvider } from "#components/console/failure-text";
import { ReaderZoneProvider } from "#components/ui/use-local-time";
import { findChosenZone } from "#lib/calendar/get-time-zone";
import { getMessages } from "#lib/i18n/get-messages";
import "./globals.css";

export const generateMetadata = async (): Promise<Metadata> => {
  const { text } = await getMessages();
  return {
    title: { default: text.product.name, template: `%s · ${text.product.name}` },
    description: text.product.description,
    icons: { icon: "/icon.svg" },
    formatDetection: { telephone: false, email: false, address: false },
  };
};

export const viewport: Viewport = { colorScheme: "light dark" };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [{ locale, text }, zone] = await Promise.all([getMessages(), findChosenZone()]);
  return (
    <html lang={locale === "zh-TW" ? "zh-Hant-TW" : locale} data-locale={locale} data-time-zone={zone ?? undefined}>
      <body>
        <FailureTextProvider value={text.failure}>
          <ReaderZoneProvider value={zone}>{children}</ReaderZoneProvider>
        </FailureTextProvider>
      </body>
    </html>
  );
}
