//! What the relay costs, beside nginx's `proxy_pass` to the same service on this machine.
//!
//! The service is nginx too, with a fixed answer, so that what is measured is the way. All three
//! answer the same status call, asked by wrk over connections that are kept.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use kinora::RequestId;
use kinora::wire::route;

use crate::tools::server;
use crate::{process, table, workspace};

mod stand;
use stand::{free_port, release, start_kinora, start_nginx};

/// Measures and prints the table.
///
/// # Errors
///
/// When a program is missing or does not answer.
pub(crate) fn run() -> Result<()> {
    let (nginx, wrk) = (server::nginx()?, server::wrk()?);
    let kinora = release()?;
    let folder = workspace::programs()?.join("bench-relay");
    fs::create_dir_all(&folder)?;
    let [service, proxy] = [free_port()?, free_port()?];
    let _nginx = start_nginx(&nginx, &folder, service, proxy)?;
    let (_kinora, relay) = start_kinora(&kinora, &folder, service)?;
    let mut rounds = Vec::new();
    for round in 1..=ROUNDS {
        println!("round {round} of {ROUNDS}");
        rounds.push([
            measure(&wrk, service)?,
            measure(&wrk, proxy)?,
            measure(&wrk, relay)?,
        ]);
    }
    print!("\n{}", report(rounds.map_medians()));
    Ok(())
}

/// One way to the service: how many requests a second, and how long half and all but one in a
/// hundred took at most, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Way {
    a_second: f64,
    half: f64,
    most: f64,
}

trait Medians {
    fn map_medians(self) -> [Way; 3];
}

impl Medians for Vec<[Way; 3]> {
    fn map_medians(self) -> [Way; 3] {
        [0, 1, 2].map(|way| {
            let of = |value: fn(&Way) -> f64| {
                median(self.iter().map(|round| value(&round[way])).collect())
            };
            Way {
                a_second: of(|way| way.a_second),
                half: of(|way| way.half),
                most: of(|way| way.most),
            }
        })
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn report([service, proxy, relay]: [Way; 3]) -> String {
    let head = [
        "",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "added p50",
        "added p99",
    ];
    let row = |name: &str, way: Way| {
        [
            name.to_owned(),
            format!("{:.0}", way.a_second),
            format!("{:.2}", way.half),
            format!("{:.2}", way.most),
            format!("{:.2}", way.half - service.half),
            format!("{:.2}", way.most - service.most),
        ]
    };
    let ratio = |ours: f64, theirs: f64| format!("{:.2}", ours / theirs);
    let last = [
        "kinora : nginx".to_owned(),
        ratio(relay.a_second, proxy.a_second),
        ratio(relay.half, proxy.half),
        ratio(relay.most, proxy.most),
        ratio(relay.half - service.half, proxy.half - service.half),
        ratio(relay.most - service.most, proxy.most - service.most),
    ];
    table::format(&[
        head.map(str::to_owned),
        row("the service itself", service),
        row("nginx proxy_pass", proxy),
        row("kinora serve", relay),
        last,
    ])
}

fn measure(wrk: &Path, port: u16) -> Result<Way> {
    let mut command = Command::new(wrk);
    command
        .args([
            "--threads",
            "1",
            "--connections",
            "16",
            "--duration",
            SPAN,
            "--latency",
        ])
        .arg(format!("http://127.0.0.1:{port}{}", call()?));
    let told = process::output(&mut command).context("wrk did not measure")?;
    parse(&told).with_context(|| format!("wrk told something else:\n{told}"))
}

/// Reads what wrk tells; nothing when some requests failed.
fn parse(told: &str) -> Option<Way> {
    if told.contains("Non-2xx") || told.contains("Socket errors") {
        return None;
    }
    let after = |name: &str| {
        let mut lines = told.lines().map(str::trim);
        lines
            .find_map(|line| line.strip_prefix(name))
            .map(str::trim)
    };
    Some(Way {
        a_second: after("Requests/sec:")?.parse().ok()?,
        half: millis(after("50%")?)?,
        most: millis(after("99%")?)?,
    })
}

fn millis(text: &str) -> Option<f64> {
    let units = [("us", 0.001), ("ms", 1.0), ("s", 1000.0)];
    let (number, factor) = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, factor)))?;
    Some(number.parse::<f64>().ok()? * factor)
}

/// The call that is repeated: where does this job stand?
fn call() -> Result<String> {
    Ok(route::status(&RequestId::parse("7f3a-1")?))
}

const ROUNDS: usize = 3;
const SPAN: &str = "5s";

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "\
Running 5s test @ http://127.0.0.1:8080/
  Latency Distribution
     50%  512.00us
     75%    1.00ms
     90%    1.20ms
     99%    2.50ms
Requests/sec:  20123.45
Transfer/sec:      5.00MB
";

    #[test]
    fn what_wrk_tells_is_read() {
        let way = parse(TOLD).unwrap();
        assert_eq!((way.a_second, way.half, way.most), (20123.45, 0.512, 2.5));
        assert_eq!(millis("1.5s"), Some(1500.0));
        let failed = format!("{TOLD}  Non-2xx or 3xx responses: 7\n");
        assert_eq!(parse(&failed), None, "what failed is no measurement");
    }

    #[test]
    fn ratios_are_of_what_is_added() {
        let way = |a_second, half, most| Way {
            a_second,
            half,
            most,
        };
        let report = report([
            way(900.0, 1.0, 2.0),
            way(600.0, 2.0, 4.0),
            way(300.0, 3.0, 8.0),
        ]);
        let last = report.lines().last().unwrap();
        let numbers: Vec<_> = last.split_whitespace().skip(3).collect();
        assert_eq!(numbers, ["0.50", "1.50", "2.00", "2.00", "3.00"], "{last}");
    }
}
