// Setup, sign-in, invitation: the pages before anybody is known.

import { type FormEvent, type ReactNode, useEffect, useState } from "react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link, useLocation, useSearch } from "wouter";
import type { AuthConfig, Session } from "@dispatch-server/client";
import { api, auth, fieldErrors, reason, secondFactor } from "../lib/api";
import { client } from "../lib/query";
import { Button, Field, Skeleton } from "../ui/parts";

function Frame({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  useEffect(() => { document.title = `${title} · Dispatch`; }, [title]);
  return (
    <main className="sign">
      <div className="sign-box">
        <img src="/icon.svg" alt="" width="40" height="40" />
        <h1>{title}</h1>
        {lead && <p>{lead}</p>}
        {children}
      </div>
    </main>
  );
}

function enter(session: Session) {
  // The page watches this entry: it is replaced, not removed.
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });
  client.setQueryData(["session"], session);
}

/** A form whose values are read when it is sent. */
function useForm(send: (values: Record<string, string>) => Promise<unknown>) {
  const work = useMutation({ mutationFn: send, meta: { quiet: true } });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const values = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
    work.mutate(values);
  };
  return { ...work, submit, errors: fieldErrors(work.error), message: work.error && Object.keys(fieldErrors(work.error)).length === 0 ? reason(work.error) : null };
}

function Text({ name, label, type = "text", error, hint, value, autoComplete, focus, minLength, optional }: {
  name: string; label: string; type?: string; error?: string | undefined; hint?: string; value?: string; autoComplete?: string; focus?: boolean; minLength?: number; optional?: boolean;
}) {
  return (
    <Field label={label} error={error} hint={hint}>
      {(props) => <input {...props} className="input" name={name} type={type} defaultValue={value} autoComplete={autoComplete} autoFocus={focus} required={!optional} minLength={minLength} />}
    </Field>
  );
}

/** What a form asks for besides, once the server has said that the person has a second factor. */
function useSecondFactor() {
  const [asked, setAsked] = useState(false);
  const [wrong, setWrong] = useState<string>();
  /** Signs in, or asks for the code. */
  const tried = async (values: Record<string, string>, signIn: (code: { totpCode?: string }) => Promise<Session>) => {
    try {
      enter(await signIn(values.totpCode ? { totpCode: values.totpCode } : {}));
    } catch (error) {
      const said = secondFactor(error);
      if (!said) throw error;
      setWrong(asked ? `The code ${said}.` : undefined);
      setAsked(true);
    }
  };
  const field = asked && <Text name="totpCode" label="Code" autoComplete="one-time-code" hint="From your authenticator app, or a recovery code." focus error={wrong} />;
  return { tried, field };
}

export function Setup({ config }: { config: AuthConfig }) {
  const token = new URLSearchParams(useSearch()).get("token") ?? "";
  const form = useForm(async (values) => enter(await auth.setup({ ...values, displayName: values.displayName || undefined, setupToken: token || values.setupToken })));
  if (!config.setupRequired) {
    return <Frame title="Dispatch is set up" lead="This server has its owner already."><Link className="button primary" to="/login">Sign in</Link></Frame>;
  }
  return (
    <Frame title="Welcome to Dispatch" lead="Name your account and become its owner. It takes a minute.">
      <form onSubmit={form.submit} className="stack">
        {!token && <Text name="setupToken" label="Setup token" hint="It stands in first-run.txt in the server's data folder." error={form.errors.setupToken} />}
        <Text name="accountName" label="Account name" hint="Your company or team." focus error={form.errors.accountName} />
        <Text name="displayName" label="Your name" autoComplete="name" optional error={form.errors.displayName} />
        <Text name="email" label="Email" type="email" autoComplete="email" error={form.errors.email} />
        <Text name="password" label="Password" type="password" autoComplete="new-password" minLength={10} hint="At least 10 characters." error={form.errors.password} />
        {form.message && <p className="wrong" role="alert">{form.message}</p>}
        <Button kind="primary" type="submit" busy={form.isPending}>Create the account</Button>
      </form>
    </Frame>
  );
}

/** The page at `/login`; mailed links lead there as well, with what they carry. */
export function Login({ config }: { config: AuthConfig }) {
  const query = new URLSearchParams(useSearch());
  const [token, reset] = [query.get("token"), query.get("reset")];
  if (token) return <Verify token={token} />;
  return reset ? <Reset token={reset} /> : <Enter config={config} />;
}

function Enter({ config }: { config: AuthConfig }) {
  const [way, setWay] = useState<"password" | "link" | "forgot">("password");
  const second = useSecondFactor();
  const form = useForm(async (values) => {
    if (way === "password") await second.tried(values, (code) => auth.login({ email: values.email ?? "", password: values.password ?? "", ...code }));
    else await api.request("POST", way === "link" ? "/auth/magic-link" : "/auth/password/forgot", { body: { email: values.email } });
  });
  const change = (next: typeof way) => { setWay(next); form.reset(); };
  if (way !== "password" && form.isSuccess) {
    return (
      <Frame title="Look into your mail" lead={way === "link" ? "If the address belongs to somebody here, a link to sign in is on its way. It works for 15 minutes." : "If the address belongs to somebody here, a link to choose a new password is on its way. It works for an hour."}>
        <Button onClick={() => change("password")}>Back</Button>
      </Frame>
    );
  }
  return (
    <Frame title={way === "forgot" ? "A new password" : "Sign in"} lead={config.setupRequired ? "This server has no owner yet: open the setup link that stands in first-run.txt in its data folder." : undefined}>
      <form onSubmit={form.submit} className="stack">
        <Text name="email" label="Email" type="email" autoComplete="username" focus error={form.errors.email} />
        {way === "password" && <Text name="password" label="Password" type="password" autoComplete="current-password" error={form.errors.password} />}
        {way === "password" && second.field}
        {form.message && <p className="wrong" role="alert">{form.message}</p>}
        <Button kind="primary" type="submit" busy={form.isPending}>{way === "password" ? "Sign in" : "Mail me a link"}</Button>
        {way !== "password" ? <Button kind="ghost" onClick={() => change("password")}>Sign in with a password</Button> : config.magicLink && (
          <div className="row between"><Button kind="ghost" onClick={() => change("link")}>Mail me a link</Button><Button kind="ghost" onClick={() => change("forgot")}>Forgot the password?</Button></div>
        )}
      </form>
    </Frame>
  );
}

/** The link in a mail. It works once: it is used by a click, since some mail scanners open every link. */
function Verify({ token }: { token: string }) {
  const second = useSecondFactor();
  const form = useForm((values) => second.tried(values, (code) => auth.verify({ token, ...code })));
  return (
    <Frame title="Sign in">
      <form onSubmit={form.submit} className="stack">
        {second.field}
        {form.message && <p className="wrong" role="alert">{form.message}</p>}
        {form.error ? <Link className="button" to="/login">Ask for a new link</Link> : <Button kind="primary" type="submit" busy={form.isPending} autoFocus>Continue</Button>}
      </form>
    </Frame>
  );
}

function Reset({ token }: { token: string }) {
  const [, go] = useLocation();
  const form = useForm(async ({ password }) => {
    await api.request("POST", "/auth/password/reset", { body: { token, password } });
    go("/login");
  });
  return (
    <Frame title="Choose a new password" lead="You are signed out everywhere else.">
      <form onSubmit={form.submit} className="stack">
        <Text name="password" label="New password" type="password" autoComplete="new-password" minLength={10} hint="At least 10 characters." focus error={form.errors.password} />
        {form.message && <p className="wrong" role="alert">{form.message}</p>}
        <Button kind="primary" type="submit" busy={form.isPending}>Set the password</Button>
      </form>
    </Frame>
  );
}

interface Invited { accountName: string; email: string; role: string; needsPassword: boolean }

export function Invitation({ token }: { token: string }) {
  const [, go] = useLocation();
  const invite = useQuery({ queryKey: ["invite", token], queryFn: () => api.request<Invited>("GET", `/auth/invites/${encodeURIComponent(token)}`) });
  const form = useForm(async (values) => {
    enter(await auth.accept({ token, password: values.password || undefined, displayName: values.displayName || undefined }));
    go("/");
  });
  if (invite.isPending) return <Skeleton />;
  if (invite.error) return <Frame title="This invitation does not work" lead="It was used, taken back or is older than a week. Ask for a new one."><Link className="button" to="/login">Sign in</Link></Frame>;
  const { accountName, email, needsPassword } = invite.data;
  return (
    <Frame title={`Join ${accountName}`} lead={<>You were invited as <strong>{email}</strong>.</>}>
      <form onSubmit={form.submit} className="stack">
        <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
        {needsPassword && <Text name="displayName" label="Your name" autoComplete="name" focus optional error={form.errors.displayName} />}
        {needsPassword && <Text name="password" label="Password" type="password" autoComplete="new-password" minLength={10} hint="At least 10 characters." error={form.errors.password} />}
        {form.message && <p className="wrong" role="alert">{form.message}</p>}
        <Button kind="primary" type="submit" busy={form.isPending}>Join</Button>
      </form>
    </Frame>
  );
}
