"use client";

import { useState } from "react";
import { Button, buttonClass } from "#components/ui/button";
import { Notice } from "#components/ui/notice";
import { DeleteAccountDialog } from "#components/users/delete-account-dialog";
import type { ProfileText } from "#components/users/profile-text";
import type { DeletionPreview } from "#lib/users/schema";

type DeleteAccountProps = { email: string; preview: DeletionPreview; text: ProfileText };

/** Leads to the deletion of the reader's account, or names what stands in its way. */
export function DeleteAccount({ email, preview, text }: DeleteAccountProps) {
  const [isAsking, setIsAsking] = useState(false);
  const { profile } = text;
  if (preview.needOwner.length > 0) {
    return (
      <>
        <Notice look="warn">
          <p>{profile.needOwner}</p>
          <ul className="mt-1 list-disc pl-5">
            {preview.needOwner.map(({ id, name }) => (
              <li key={id} dir="auto" translate="no" className="font-medium wrap-anywhere">
                {name}
              </li>
            ))}
          </ul>
        </Notice>
        <a href="/account/organizations" className={`${buttonClass()} mt-4 max-sm:w-full`}>
          {profile.toOrganizations}
        </a>
      </>
    );
  }
  return (
    <>
      <Button look="quietDanger" onClick={() => setIsAsking(true)} className="-ml-3.5 max-sm:ml-0 max-sm:w-full">
        {profile.delete}
      </Button>
      {isAsking && (
        <DeleteAccountDialog email={email} preview={preview} text={text} onClose={() => setIsAsking(false)} />
      )}
    </>
  );
}
