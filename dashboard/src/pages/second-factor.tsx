// The second factor in the profile: a QR code, a first code, recovery codes; and the way out.

import { useEffect, useState } from "react";
import { useMutation } from "@tanstack/react-query";
import type { RecoveryCodes, TotpEnrolled } from "@dispatch-server/client";
import { api, fieldErrors, reason } from "../lib/api";
import { client } from "../lib/query";
import { toast } from "../lib/toast";
import { FormDialog, useDraft } from "../ui/form";
import { Button, Copy, Field } from "../ui/parts";

/** An address as a QR code. What draws it is loaded here and nowhere else. */
function Qr({ text }: { text: string }) {
  const [rows, setRows] = useState<boolean[][]>([]);
  useEffect(() => { void import("uqr").then(({ encode }) => setRows(encode(text, { border: 2 }).data)); }, [text]);
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("");
  return <svg className="qr" viewBox={`0 0 ${rows.length || 1} ${rows.length || 1}`} role="img" aria-label="QR code for an authenticator app"><path d={path} /></svg>;
}

function Codes({ codes, onDone }: { codes: string[]; onDone: () => void }) {
  const text = codes.join("\n");
  return (
    <div className="stack">
      <p>Keep these recovery codes where you find them without your phone. Each opens once in the place of a code, and they are not shown again.</p>
      <pre className="codes">{text}</pre>
      <div className="row"><Copy text={text} /><a className="button" download="dispatch-recovery-codes.txt" href={`data:text/plain;charset=utf-8,${encodeURIComponent(`${text}\n`)}`}>Download</a><span className="spacer" /><Button kind="primary" onClick={onDone}>I have kept them</Button></div>
    </div>
  );
}

function TurnOff({ onClose }: { onClose: () => void }) {
  const [draft, set] = useDraft({ password: "", code: "" });
  return (
    <FormDialog title="Turn the second factor off" action="Turn off" onClose={onClose} save={() => api.request("POST", "/auth/totp/disable", { body: draft })}
      onSaved={() => { toast("The second factor is off"); void client.invalidateQueries({ queryKey: ["profile"] }); }}>
      {(errors) => <>
        <Field label="Password" error={errors.password}>{(props) => <input {...props} className="input" type="password" autoComplete="current-password" required data-autofocus value={draft.password} onChange={(event) => set({ password: event.target.value })} />}</Field>
        <Field label="Code" error={errors.code} hint="From your authenticator app, or a recovery code.">{(props) => <input {...props} className="input" autoComplete="one-time-code" required value={draft.code} onChange={(event) => set({ code: event.target.value })} />}</Field>
      </>}
    </FormDialog>
  );
}

export function SecondFactor({ on }: { on: boolean }) {
  const [leaving, setLeaving] = useState(false);
  const [code, setCode] = useState("");
  const enroll = useMutation({ mutationFn: () => api.request<TotpEnrolled>("POST", "/auth/totp/enroll") });
  const confirm = useMutation({ meta: { quiet: true }, mutationFn: () => api.request<RecoveryCodes>("POST", "/auth/totp/confirm", { body: { code } }) });
  const done = () => { setCode(""); enroll.reset(); confirm.reset(); void client.invalidateQueries({ queryKey: ["profile"] }); };
  const wrong = fieldErrors(confirm.error);
  return (
    <section className="card stack" aria-label="Second factor">
      <div><h2>Second factor {on && <span className="badge good">on</span>}</h2><p className="dim">Signing in asks for a code of an authenticator app as well.</p></div>
      {confirm.data ? <Codes codes={confirm.data.recoveryCodes} onDone={done} /> : on ? <div><Button kind="danger" onClick={() => setLeaving(true)}>Turn off</Button></div> : !enroll.data ? <div><Button busy={enroll.isPending} onClick={() => enroll.mutate()}>Set up</Button></div> : (
        <form className="stack" onSubmit={(event) => { event.preventDefault(); confirm.mutate(); }}>
          <p>Scan this with an authenticator app, or type the key into it.</p>
          <Qr text={enroll.data.otpauthUrl} />
          <div className="copy-line"><code>{enroll.data.secret}</code><Copy text={enroll.data.secret} /></div>
          <Field label="The code that it shows" error={wrong.code}>{(props) => <input {...props} className="input" inputMode="numeric" autoComplete="one-time-code" required maxLength={40} value={code} onChange={(event) => setCode(event.target.value)} />}</Field>
          {confirm.error && Object.keys(wrong).length === 0 && <p className="wrong" role="alert">{reason(confirm.error)}</p>}
          <footer><Button onClick={done}>Cancel</Button><span className="spacer" /><Button kind="primary" type="submit" busy={confirm.isPending}>Turn on</Button></footer>
        </form>
      )}
      {leaving && <TurnOff onClose={() => setLeaving(false)} />}
    </section>
  );
}
