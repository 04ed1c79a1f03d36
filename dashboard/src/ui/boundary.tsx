// Catches what breaks while a page is drawn. A part that is not there any more means that the server was updated.

import { Component, type ReactNode } from "react";
import { Button } from "./parts";

export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state = { error: null as Error | null };
  static getDerivedStateFromError(error: Error) {
    return { error };
  }
  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    const updated = /dynamically imported module|Importing a module|Failed to fetch/i.test(error.message);
    return (
      <div className="empty" role="alert">
        <h2>{updated ? "Dispatch was updated" : "This page broke"}</h2>
        <div>{updated ? "Load the page again to get the new version." : error.message}</div>
        <Button kind="primary" icon="refresh" onClick={() => location.reload()}>Load again</Button>
      </div>
    );
  }
}
