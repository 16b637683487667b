//! `coldstart-sim sweep`: a grid of values of a scenario's fields.

use coldstart_sim::replicate::Replications;
use coldstart_sim::sweep::{Finished, Sweep};
use coldstart_sim::{Scenario, ScenarioSpec, Seed, validate};
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use toml::Value;

/// Most scenarios of one grid.
const POINTS_MAX: usize = 10_000;

/// A field and the values that it takes, from `functions[0].memory_mb=128,256`.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    path: String,
    values: Vec<Value>,
}

/// A point of the grid and what came of it.
#[derive(Debug, PartialEq, Serialize)]
pub struct Point {
    /// The values by field.
    pub set: BTreeMap<String, Value>,
    /// Means over the seeds.
    pub replications: Replications,
}

impl Axis {
    /// Reads what follows `--set`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some((path, values)) = text.split_once('=') else {
            return Err(format!("--set is {text:?}; it must be a field and values, as in functions[0].memory_mb=128,256"));
        };
        Ok(Self { path: path.to_owned(), values: values.split(',').map(value).collect() })
    }
}

/// A number or a truth value where it reads as one, else a text.
fn value(text: &str) -> Value {
    let is_word = text.parse::<f64>().is_err() && text.parse::<bool>().is_err();
    let read = if is_word { None } else { toml::from_str::<toml::Table>(&format!("value = {text}")).ok() };
    read.and_then(|mut table| table.remove("value")).unwrap_or_else(|| Value::String(text.to_owned()))
}

/// Runs the whole grid on `threads` threads. The result does not depend on how many those are.
pub fn run(file: &Value, axes: &[Axis], seed: Option<u64>, seeds: u32, threads: usize) -> Result<Vec<Point>, String> {
    let grid = grid(axes)?;
    let scenarios = grid.iter().map(|point| scenario(file, point)).collect::<Result<Vec<_>, _>>()?;
    let first_seed = seed.map_or_else(|| scenarios.first().map_or(Seed(0), Scenario::seed), Seed);
    let sweep = Sweep::new(scenarios, first_seed, seeds)?;
    let all = sweep.gather(on_threads(&sweep, threads)).ok_or("a run of the sweep was lost")?;
    Ok(grid.into_iter().zip(all).map(|(point, replications)| Point { set: point.into_iter().collect(), replications }).collect())
}

/// Every combination of the values, the last field changing fastest.
fn grid(axes: &[Axis]) -> Result<Vec<Vec<(String, Value)>>, String> {
    let mut points: Vec<Vec<(String, Value)>> = vec![Vec::new()];
    for axis in axes {
        if points.len().saturating_mul(axis.values.len()) > POINTS_MAX {
            return Err(format!("the grid has more than {POINTS_MAX} points"));
        }
        let with = |point: &Vec<(String, Value)>, value: &Value| {
            point.iter().cloned().chain([(axis.path.clone(), value.clone())]).collect::<Vec<_>>()
        };
        points = points.iter().flat_map(|point| axis.values.iter().map(move |value| with(point, value))).collect();
    }
    Ok(points)
}

/// The scenario with a point's values in it.
fn scenario(file: &Value, point: &[(String, Value)]) -> Result<Scenario, String> {
    let mut changed = file.clone();
    for (path, value) in point {
        set(&mut changed, path, value.clone()).map_err(|reason| format!("--set {path}: {reason}"))?;
    }
    let named = || point.iter().map(|(path, value)| format!("{path} = {value}")).collect::<Vec<_>>().join(", ");
    let spec: ScenarioSpec = changed.try_into().map_err(|error| format!("with {}: {error}", named()))?;
    let list = |problems: Vec<coldstart_sim::Problem>| problems.iter().map(|problem| format!("\n  {problem}")).collect::<String>();
    validate(&spec).map(|valid| valid.scenario).map_err(|problems| format!("with {}:{}", named(), list(problems)))
}

/// Puts a value in the place of a field, as in `functions[0].handler.wait.ms`. Tables on the way are made, lists are not.
fn set(file: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let mut place = file;
    for step in path.split('.') {
        let (name, indices) = step.split_once('[').map_or((step, ""), |(name, rest)| (name, rest.strip_suffix(']').unwrap_or("?")));
        let table = place.as_table_mut().ok_or_else(|| format!("{name} stands in nothing that has fields"))?;
        place = table.entry(name).or_insert_with(|| Value::Table(toml::Table::new()));
        for index in indices.split("][").filter(|index| !index.is_empty()) {
            let at: usize = index.parse().map_err(|_| format!("[{index}] is no place in a list"))?;
            let list = place.as_array_mut().ok_or_else(|| format!("{name} is no list"))?;
            let length = list.len();
            place = list.get_mut(at).ok_or_else(|| format!("{name} has {length} entries, counted from 0"))?;
        }
    }
    *place = value;
    Ok(())
}

/// Each thread takes the next run that nobody has taken.
fn on_threads(sweep: &Sweep, threads: usize) -> Vec<Finished> {
    let (next, finished) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(one) = sweep.run(next.fetch_add(1, Ordering::Relaxed)) {
                    if let Ok(mut finished) = finished.lock() {
                        finished.push(one);
                    }
                }
            });
        }
    });
    finished.into_inner().unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_as_what_they_look_like() {
        let axis = Axis::parse("functions[0].runtime=128,0.5,true,nodejs22,1979-05-27").unwrap();
        let expect = [
            Value::Integer(128),
            Value::Float(0.5),
            Value::Boolean(true),
            Value::String("nodejs22".to_owned()),
            Value::String("1979-05-27".to_owned()),
        ];
        assert_eq!(axis.values, expect);
        assert!(Axis::parse("functions").is_err());
    }

    #[test]
    fn the_last_field_changes_fastest() {
        let axes = ["a=1,2", "b=3,4"].map(|text| Axis::parse(text).unwrap());
        let points: Vec<String> =
            grid(&axes).unwrap().iter().map(|point| point.iter().map(|(_, value)| value.to_string()).collect()).collect();
        assert_eq!(points, ["13", "14", "23", "24"]);
        let many = vec![Axis { path: "a".to_owned(), values: vec![Value::Integer(1); 200] }; 2];
        assert!(grid(&many).is_err());
    }

    #[test]
    fn a_field_is_set_where_its_path_leads() {
        let mut file: Value = toml::from_str("functions = [{ id = \"f\" }]").unwrap();
        set(&mut file, "functions[0].handler.wait.ms", Value::Integer(5)).unwrap();
        assert_eq!(file["functions"][0]["handler"]["wait"]["ms"].as_integer(), Some(5));
        for (path, reason) in [
            ("functions[3].id", "functions has 1 entries"),
            ("functions[x].id", "[x] is no place"),
            ("functions[0].id.x", "x stands in nothing"),
            ("functions[0].id[0]", "id is no list"),
        ] {
            let answer = set(&mut file, path, Value::Integer(1)).unwrap_err();
            assert!(answer.contains(reason), "{answer}");
        }
    }
}
