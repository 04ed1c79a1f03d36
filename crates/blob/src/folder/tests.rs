//! The folder by itself: what arrives, what stays, and what a kill leaves behind.

use std::convert::Infallible;

use bytes::Bytes;
use dispatch_model::Timestamp;
use futures_util::{StreamExt, stream};

use super::*;

struct World {
    folder: Folder,
    clock: Clock,
    dir: tempfile::TempDir,
}

fn world() -> World {
    let dir = tempfile::tempdir().expect("a folder");
    // Files carry the time of the machine: a year from then on they are old.
    let clock = Clock::manual(Timestamp::from_millis(1_767_323_045_000));
    let settings = FolderSettings {
        root: dir.path().join("files"),
        base_url: "http://desk.example".to_owned(),
        keys: vec![[1; 32]],
        lifetimes: Lifetimes::default(),
    };
    let folder = Folder::open(settings, clock.clone(), Entropy::seeded(1)).expect("a folder");
    World { folder, clock, dir }
}

impl World {
    fn granted(&self, size_max: i64) -> Granted {
        let upload = Upload { key: "pending/att_1", content_type: "text/plain", size: None, checksum: None, size_max };
        let link = self.folder.upload_link(&upload);
        let (path, query) = link.url["http://desk.example".len()..].split_once('?').expect("a query");
        self.folder.granted(path, query).expect("it is ours")
    }

    async fn put(&self, text: &str) -> std::result::Result<(), Unreceived> {
        let pieces: Vec<std::result::Result<Bytes, Infallible>> =
            text.as_bytes().chunks(2).map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
        self.folder.receive(&self.granted(10), None, stream::iter(pieces)).await
    }

    async fn read(&self, key: &str, from: u64, length: u64) -> Option<String> {
        let opened = self.folder.opened(key).await.expect("it reads")?;
        let pieces: Vec<_> = opened.part(from, length).await.expect("it reads").collect().await;
        let bytes: Vec<u8> = pieces.into_iter().flat_map(|piece| piece.expect("a piece")).collect();
        Some(String::from_utf8(bytes).expect("text"))
    }

    fn count(&self, room: &str) -> usize {
        fs::read_dir(self.dir.path().join("files").join(room)).expect("a room").count()
    }
}

#[tokio::test]
async fn an_upload_is_found_with_its_size_and_checksum_and_stays_what_it_was() {
    let world = world();
    assert_eq!(world.folder.found("pending/att_1").await, Ok(None));
    world.put("hello").await.expect("taken");
    let found = world.folder.found("pending/att_1").await.expect("it reads").expect("it is there");
    assert_eq!(found.size, 5);
    let sum = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";
    assert_eq!(found.checksum.as_deref(), Some(sum));
    assert_eq!(world.folder.keep("pending/att_1", &found.version, "files/br_1/00/att_1-00").await, Ok(true));
    world.put("other").await.expect("taken");
    assert_eq!(world.read("files/br_1/00/att_1-00", 0, 5).await.as_deref(), Some("hello"));
    assert_eq!(world.read("files/br_1/00/att_1-00", 1, 3).await.as_deref(), Some("ell"));
    let old = world.folder.keep("pending/att_1", &found.version, "files/br_1/00/att_1-01").await;
    assert_eq!(old, Ok(false), "another upload is there now");
    for _again in 0..2 {
        world.folder.remove("pending/att_1").await.expect("removed");
        world.folder.remove("files/br_1/00/att_1-00").await.expect("removed");
    }
    assert_eq!(world.read("files/br_1/00/att_1-00", 0, 5).await, None);
    assert_eq!((world.count("pending"), world.count("tmp")), (0, 0));
}

#[tokio::test]
async fn too_many_bytes_are_refused_while_they_come_and_nothing_of_them_stays() {
    let world = world();
    world.put("good").await.expect("taken");
    assert_eq!(world.put("much too long").await, Err(Unreceived::TooLarge));
    let found = world.folder.found("pending/att_1").await.expect("it reads").expect("told");
    assert!(found.size > 10 && found.checksum.is_none(), "{found:?}");
    assert_eq!(world.folder.keep("pending/att_1", &found.version, "files/br_1/00/att_1-00").await, Ok(false));
    assert_eq!((world.count("pending"), world.count("tmp")), (1, 0), "only the line that says so");
    let none = stream::empty::<std::result::Result<Bytes, Infallible>>();
    assert_eq!(world.folder.receive(&world.granted(10), Some(11), none).await, Err(Unreceived::TooLarge));
    world.put("good again").await.expect("it can be tried again");
    assert_eq!(world.folder.found("pending/att_1").await.expect("it reads").map(|found| found.size), Some(10));
}

#[tokio::test]
async fn an_upload_that_breaks_off_leaves_nothing_behind_and_the_one_before_in_its_place() {
    let world = world();
    world.put("first").await.expect("taken");
    let broken = stream::iter([Ok(Bytes::from_static(b"half")), Err(())]);
    assert_eq!(world.folder.receive(&world.granted(10), None, broken).await, Err(Unreceived::Broken));
    let short = stream::iter([Ok::<_, ()>(Bytes::from_static(b"half"))]);
    assert_eq!(world.folder.receive(&world.granted(10), Some(8), short).await, Err(Unreceived::Broken));
    assert_eq!(world.folder.found("pending/att_1").await.expect("it reads").map(|found| found.size), Some(5));
    assert_eq!(world.count("tmp"), 0);
}

#[tokio::test]
async fn what_a_kill_leaves_behind_is_no_upload_and_is_swept_away() {
    let world = world();
    let files = world.dir.path().join("files");
    fs::write(files.join("tmp/0123"), b"half").expect("written");
    fs::write(files.join("pending/att_1.0123"), b"without its line").expect("written");
    assert_eq!(world.folder.found("pending/att_1").await, Ok(None));
    world.folder.sweep().await.expect("swept");
    assert_eq!((world.count("tmp"), world.count("pending")), (1, 1), "they may still be on their way");
    world.clock.advance_ms(100 * 366 * 24 * 3_600_000);
    world.folder.sweep().await.expect("swept");
    assert_eq!((world.count("tmp"), world.count("pending")), (0, 0));
}

#[tokio::test]
async fn no_trick_with_a_path_leads_out_of_the_folder() {
    let world = world();
    fs::write(world.dir.path().join("secret"), b"secret").expect("written");
    world.put("hello").await.expect("taken");
    for trick in ["../secret", "files/../../secret", "/etc/passwd", "pending/att_1", "tmp/x", "files"] {
        assert!(world.folder.opened(trick).await.expect("it reads").is_none(), "{trick}");
        if trick != "pending/att_1" {
            assert!(world.folder.remove(trick).await.is_err(), "{trick}");
        }
    }
    assert!(world.dir.path().join("secret").exists());
}
