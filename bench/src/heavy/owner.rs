//! Signing in as the owner of the account: members are removed by people, not by API keys.

use std::fs;

use serde_json::{Value, json};

use crate::api::Api;
use crate::error::{Context, Result};
use crate::load::brands::text;
use crate::run::server::{FIRST_RUN, ServerPlan};
use crate::wire::target::Target;

const EMAIL: &str = "owner@bench.example";
const PASSWORD: &str = "a password of the bench";
const TOKEN: &str = "/setup?token=";

/// Requests as the owner, who is made first when there is none.
pub async fn sign_in(plan: &ServerPlan, target: &Target) -> Result<Target> {
    let mut api = Api::new(Target { key: None, ..target.clone() });
    let config: Value = api.get("/v1/auth/config").await?.expect_success("reading /auth/config")?.json()?;
    let (path, body) = if config["setupRequired"] == true {
        let file = plan.data.join(FIRST_RUN);
        let said = fs::read_to_string(&file).context(|| file.display().to_string())?;
        let token = setup_token(&said).ok_or_else(|| format!("no setup link in {}", file.display()))?;
        let setup = json!({
            "setupToken": token, "accountName": "Bench", "email": EMAIL, "password": PASSWORD, "mode": "token",
        });
        ("/v1/auth/setup", setup)
    } else {
        ("/v1/auth/login", json!({ "email": EMAIL, "password": PASSWORD, "mode": "token" }))
    };
    let answer = api.post(path, body.to_string().as_bytes(), None).await?;
    let session = answer.expect_success("signing in as the owner")?.json()?;
    Ok(Target { key: Some(text(&session, "sessionToken")?), ..target.clone() })
}

/// The token of the setup link in the text of the first start.
fn setup_token(said: &str) -> Option<&str> {
    let line = said.lines().find(|line| line.contains(TOKEN))?;
    line.split_once(TOKEN)?.1.split_whitespace().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_found_in_the_link() {
        let said = "Whoever opens this link:\nSetup link: http://127.0.0.1:8080/setup?token=abc-1\n";
        assert_eq!(setup_token(said), Some("abc-1"));
        assert_eq!(setup_token("API key (all brands): sk_live_x\n"), None);
    }
}
