//! Tools that Cargo builds from source.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{folder, version};
use crate::{process, workspace};

/// The wasm-bindgen programs, of the very version that `Cargo.lock` holds: they refuse any other.
pub(crate) fn wasm_bindgen() -> Result<CargoTool> {
    Ok(CargoTool {
        title: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        version: workspace::locked_version("wasm-bindgen")?,
        programs: &["wasm-bindgen", "wasm-bindgen-test-runner"],
        flags: &[],
        usually: "2 minutes on two cores",
    })
}

/// Trunk, which puts the app together. Its default features would only download what is
/// installed here.
pub(crate) fn trunk() -> CargoTool {
    CargoTool {
        title: "trunk",
        package: "trunk",
        version: TRUNK.to_owned(),
        programs: &["trunk"],
        flags: &["--locked", "--no-default-features"],
        usually: "4 minutes on two cores",
    }
}

/// cargo-fuzz, which builds programs for libFuzzer and runs them.
pub(crate) fn fuzz() -> CargoTool {
    CargoTool {
        title: "cargo-fuzz",
        package: "cargo-fuzz",
        version: FUZZ.to_owned(),
        programs: &["cargo-fuzz"],
        flags: &["--locked"],
        usually: "1 minute on two cores",
    }
}

/// cargo-deny, which judges what the workspace depends on.
pub(crate) fn deny() -> CargoTool {
    CargoTool {
        title: "cargo-deny",
        package: "cargo-deny",
        version: DENY.to_owned(),
        programs: &["cargo-deny"],
        flags: &["--locked"],
        usually: "2 minutes on two cores",
    }
}

/// A package of crates.io with the programs we want of it.
pub(crate) struct CargoTool {
    title: &'static str,
    package: &'static str,
    version: String,
    programs: &'static [&'static str],
    flags: &'static [&'static str],
    usually: &'static str,
}

impl CargoTool {
    /// The folder that holds the programs; installs them if no folder does.
    pub(crate) fn ensure(&self) -> Result<PathBuf> {
        let name = format!("{}-{}", self.title, self.version);
        let ours = folder::of(&name)?.join("bin");
        let on_path = process::find(self.programs[0]);
        let on_path = on_path.iter().filter_map(|program| program.parent());
        for candidate in on_path.chain([ours.as_path()]) {
            if self.is_in(candidate) {
                return Ok(candidate.to_owned());
            }
        }
        process::announce(&format!("Building {name} from source"), self.usually);
        folder::fill(
            &name,
            |place| self.is_in(&place.join("bin")),
            |partial| self.install(partial),
        )
        .with_context(|| format!("{name} could not be installed"))?;
        Ok(ours)
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.programs.iter().all(|program| {
            let program = folder
                .join(program)
                .with_extension(std::env::consts::EXE_EXTENSION);
            version::reported_by(&program).as_ref() == Some(&self.version)
        })
    }

    fn install(&self, partial: &Path) -> Result<PathBuf> {
        let made = partial.join("made");
        let mut cargo = process::cargo();
        cargo.args([
            "install",
            self.package,
            "--version",
            &format!("={}", self.version),
        ]);
        cargo
            .args(self.flags)
            .arg("--root")
            .arg(&made)
            .args(["--force", "--quiet"]);
        cargo
            .env("CARGO_TARGET_DIR", partial.join("target"))
            .envs(QUICK_BUILD);
        process::run(&mut cargo)?;
        for note in [".crates.toml", ".crates2.json"] {
            fs::remove_file(made.join(note)).ok();
        }
        Ok(made)
    }
}

/// The last Trunk that the Rust of `rust-version` compiles.
const TRUNK: &str = "0.21.14";

const FUZZ: &str = "0.13.1";

const DENY: &str = "0.20.2";

/// These tools run for a second or two; optimizing them would take minutes.
const QUICK_BUILD: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    fn fake(folder: &Path, program: &str, prints: &str) {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.join(program);
        fs::write(&path, format!("#!/bin/sh\necho '{prints}'\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn only_a_complete_set_of_the_very_version_is_used() {
        let folder = tempfile::tempdir().unwrap();
        let tool = CargoTool {
            version: "0.2.130".to_owned(),
            ..wasm_bindgen().unwrap()
        };
        assert!(!tool.is_in(folder.path()), "nothing there");
        fake(folder.path(), "wasm-bindgen", "wasm-bindgen 0.2.130");
        assert!(!tool.is_in(folder.path()), "the runner is missing");
        fake(
            folder.path(),
            "wasm-bindgen-test-runner",
            "wasm-bindgen-test-runner 0.2.129",
        );
        assert!(!tool.is_in(folder.path()), "the runner is too old");
        fake(
            folder.path(),
            "wasm-bindgen-test-runner",
            "wasm-bindgen-test-runner 0.2.130",
        );
        assert!(tool.is_in(folder.path()));
    }
}
