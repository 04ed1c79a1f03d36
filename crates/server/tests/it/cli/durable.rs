//! Nobody is answered before the change is on the disk. SIGKILL leaves the page cache alive and cannot show it.

mod heavy {
    use dispatch_testkit::{Database, Kind};

    use crate::cli::process::{PROGRAM, Place, clean, text};

    #[test]
    fn sqlite_answers_after_the_fsync() {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scripts/proof/fsync-before-answer.sh");
        let output = clean(script).arg(PROGRAM).output().unwrap();
        assert!(output.status.success(), "{}{}", text(&output.stdout), text(&output.stderr));
    }

    /// A cluster, a database and a role may each say otherwise: the server's own sessions must not listen.
    #[test]
    fn sessions_on_postgresql_commit_synchronously_whatever_the_database_says() {
        let place = Place::new(Kind::Postgres);
        let Some(Database::Postgres { name, .. }) = place.database() else { unreachable!("it is PostgreSQL") };
        let name = name.clone();
        crate::cli::process::on_cluster(&format!("ALTER DATABASE {name} SET synchronous_commit = off"));
        assert_eq!(place.asks("SELECT current_setting('synchronous_commit')"), ["on"]);
        assert_eq!(place.asks("SELECT reset_val FROM pg_settings WHERE name = 'synchronous_commit'"), ["off"]);
    }
}
