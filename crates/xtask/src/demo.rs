//! `cargo xtask demo`: from a clone to the page.

use std::env;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};

use crate::tools::Tools;
use crate::{app, process, workspace};

/// Where to show the page.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1; 0 lets the system choose one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Do not open the page in the default browser.
    #[arg(long)]
    no_open: bool,
}

/// Sets up, builds and serves until it is stopped.
///
/// # Errors
///
/// When the port is taken (said before anything is built), or a step fails.
pub(crate) fn run(options: &Options) -> Result<ExitCode> {
    check_port(options.port)?;
    let tools = Tools::ready()?;
    app::build(&tools)?;
    let mut server = Command::new(app::build_server()?);
    server.arg("site").arg("--dir").arg(workspace::dist());
    server.args(["--port", &options.port.to_string()]);
    if let Some(opener) = opener().filter(|_| !options.no_open) {
        server.args(["--open-with", opener]);
    }
    become_program(&mut server)
}

fn check_port(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {port} is in use by another program; choose another one, as in \
             `cargo xtask demo --port {}`",
            port.checked_add(1).unwrap_or(8081)
        ),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The program that opens an address in the default browser, if somebody sits at a screen.
fn opener() -> Option<&'static str> {
    if cfg!(target_os = "macos") {
        return Some("open");
    }
    if cfg!(windows) {
        return Some("explorer");
    }
    let screen = ["DISPLAY", "WAYLAND_DISPLAY"]
        .into_iter()
        .any(|name| env::var_os(name).is_some());
    Some("xdg-open").filter(|opener| screen && process::find(opener).is_some())
}

/// Turns into the program, so that whoever stops us stops it.
#[cfg(unix)]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    Err(command.exec().into())
}

#[cfg(not(unix))]
fn become_program(command: &mut Command) -> Result<ExitCode> {
    process::run(command)?;
    Ok(ExitCode::SUCCESS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_taken_port_is_named_with_the_way_out() {
        let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = taken.local_addr().unwrap().port();
        let message = check_port(port).unwrap_err().to_string();
        assert!(
            message.contains(&format!("port {port} is in use")),
            "{message}"
        );
        assert!(message.contains("cargo xtask demo --port"), "{message}");
        assert!(check_port(0).is_ok());
    }
}
