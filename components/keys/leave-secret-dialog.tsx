import { Button } from "#components/ui/button";
import { Dialog } from "#components/ui/dialog";
import type { Messages } from "#lib/i18n/schema";

type LeaveSecretDialogProps = {
  text: Messages["secret"];
  closeLabel: string;
  onStay: () => void;
  onLeave: () => void;
};

/** Asks before an unsaved secret is lost. All ways out of the question but one return to the secret. */
export function LeaveSecretDialog({ text, closeLabel, onStay, onLeave }: LeaveSecretDialogProps) {
  return (
    <Dialog title={text.leaveTitle} closeLabel={closeLabel} onDismiss={onStay}>
      <p>{text.leaveLead}</p>
      <div className="mt-6 flex flex-wrap justify-end gap-2">
        <Button look="quietDanger" onClick={onLeave}>
          {text.leave}
        </Button>
        <Button look="primary" onClick={onStay} data-autofocus>
          {text.back}
        </Button>
      </div>
    </Dialog>
  );
}
