//! Puts the dashboard into the binary: what `npm run build` left in `dashboard/dist`, packed already. Without it the crate
//! builds as well; `src/dashboard.rs` then says at `/` how to make it.

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    let dist = Path::new(&root).join("../../dashboard/dist");
    println!("cargo::rerun-if-changed=build.rs");
    let mut table = String::from("static FILES: &[File] = &[\n");
    // A folder that does not exist would be looked for at every build.
    if dist.is_dir() {
        println!("cargo::rerun-if-changed={}", dist.display());
        if dist.join("index.html").is_file() {
            let mut names = Vec::new();
            list(&dist, "", &mut names)?;
            names.sort();
            for name in names.iter().filter(|name| !name.ends_with(".gz") && !name.ends_with(".br")) {
                let include = |end: &str| format!("include_bytes!({:?})", dist.join(format!("{name}{end}")));
                let packed = |end: &str| {
                    let there = names.contains(&format!("{name}{end}"));
                    if there { format!("Some({})", include(end)) } else { "None".to_owned() }
                };
                let (plain, gzip, brotli) = (include(""), packed(".gz"), packed(".br"));
                let row = format!("    File {{ name: {name:?}, plain: {plain}, gzip: {gzip}, brotli: {brotli} }},\n");
                table.write_str(&row).map_err(io::Error::other)?;
            }
        }
    }
    table.push_str("];\n");
    fs::write(Path::new(&out).join("dashboard.rs"), table)
}

/// The names of the files below a folder, with `/` between their parts.
fn list(folder: &Path, prefix: &str, names: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), names)?;
        } else if !name.starts_with('.') {
            names.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}
