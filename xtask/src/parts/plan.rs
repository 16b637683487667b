//! What goes where: what the start reaches stays, what only the gates of one part reach goes with it, the rest is shared.

use super::SHARED;
use super::graph::{Graph, Node};
use super::module::Module;
use std::collections::BTreeMap;
use wasmparser::ExternalKind;

/// How a gate's mangled name begins, in the mangling with hashes; the length and the name of the part follow.
const GATE: &str = "_ZN9coldstart5parts5gates";

/// Where everything goes. Parts are numbered; `None` is the app's own module.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Names of the parts, in their order.
    pub parts: Vec<String>,
    /// The part of each function of the module that leaves it.
    pub functions: BTreeMap<u32, usize>,
    /// The part of each byte of data that leaves the module; of the others, whether anything is known to lie there.
    pub bytes: BTreeMap<u32, Owner>,
}

/// Whose a byte of data is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The app's own module's.
    Stays,
    /// This part's.
    Leaves(usize),
}

/// Who reaches a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    Nobody,
    TheStart,
    Part(usize),
    Several,
}

/// The plan; `None` where there is nothing to split or the linker left no relocations.
pub fn plan(graph: &Graph, module: &Module<'_>) -> Option<Plan> {
    let gates = gates(graph);
    if gates.is_empty() || !graph.has_relocations {
        return None;
    }
    let mut parts: Vec<String> = gates.values().cloned().collect();
    parts.sort();
    parts.dedup();
    let reached = reach(graph, &roots(graph, module), &gates, &parts);
    let shared = parts.len();
    parts.push(SHARED.to_owned());
    let part_of = |node: usize| match reached[node] {
        By::Part(part) => Some(part),
        By::Several => Some(shared),
        By::TheStart | By::Nobody => None,
    };
    Some(Plan { functions: functions(graph, module, &part_of), bytes: bytes(graph, &part_of), parts })
}

/// The gates and the part of each.
fn gates(graph: &Graph) -> BTreeMap<usize, String> {
    let gate = |(place, node): (usize, &Node)| match node {
        Node::Function(name) => part_named_in(name).map(|part| (place, part)),
        Node::Data(_) => None,
    };
    graph.nodes.iter().enumerate().filter_map(gate).collect()
}

/// The part in a gate's name: `_ZN9coldstart5parts5gates3lab4page17h...E` is a gate of `lab`. Closures within a gate are none.
fn part_named_in(name: &str) -> Option<String> {
    let (part, rest) = segment(name.strip_prefix(GATE)?)?;
    let (_, rest) = segment(rest)?;
    rest.starts_with("17h").then(|| part.to_owned())
}

/// The first segment of a mangled path, and what follows it.
fn segment(path: &str) -> Option<(&str, &str)> {
    let digits = path.find(|c: char| !c.is_ascii_digit())?;
    let length: usize = path[..digits].parse().ok()?;
    let rest = &path[digits..];
    (length <= rest.len() && rest.is_char_boundary(length)).then(|| rest.split_at(length))
}

/// What the start reaches by itself: exports, the start function, what wasm-bindgen's own functions call, what nobody can tell.
fn roots(graph: &Graph, module: &Module<'_>) -> Vec<usize> {
    let places = places(graph);
    let mut named: Vec<u32> = Vec::new();
    named.extend(module.exports.iter().filter(|(_, kind, _)| *kind == ExternalKind::Func).map(|(_, _, index)| *index));
    named.extend(module.start);
    let unknown = (0..module.types_of_functions.len() as u32).filter(|index| place_of(&places, module, *index).is_none());
    named.extend(unknown.filter_map(|index| module.calls(index).ok()).flatten());
    let known = named.iter().filter_map(|index| place_of(&places, module, *index));
    known.chain(graph.always.iter().copied()).collect()
}

/// Functions by name; those that share a name with another have no place, and stay.
fn places(graph: &Graph) -> BTreeMap<&str, Option<usize>> {
    let mut places = BTreeMap::new();
    for (place, node) in graph.nodes.iter().enumerate() {
        if let Node::Function(name) = node {
            places.entry(name.as_str()).and_modify(|known| *known = None).or_insert(Some(place));
        }
    }
    places
}

fn place_of(places: &BTreeMap<&str, Option<usize>>, module: &Module<'_>, function: u32) -> Option<usize> {
    places.get(module.names.get(&function)?.as_str()).copied().flatten()
}

fn reach(graph: &Graph, roots: &[usize], gates: &BTreeMap<usize, String>, parts: &[String]) -> Vec<By> {
    let mut reached = vec![By::Nobody; graph.nodes.len()];
    // Two functions of one name cannot be told apart in the module, so both stay, with all that they reach.
    let places = places(graph);
    let doubtful = |node: &Node| matches!(node, Node::Function(name) if places.get(name.as_str()).copied().flatten().is_none());
    let doubtful = graph.nodes.iter().enumerate().filter(|(_, node)| doubtful(node)).map(|(place, _)| place);
    let mut open: Vec<usize> = roots.iter().copied().chain(doubtful).collect();
    while let Some(node) = open.pop() {
        if reached[node] == By::Nobody && !gates.contains_key(&node) {
            reached[node] = By::TheStart;
            open.extend(&graph.refers_to[node]);
        }
    }
    for (part, name) in parts.iter().enumerate() {
        let mut seen = vec![false; graph.nodes.len()];
        let mut open: Vec<usize> = gates.iter().filter(|(_, of)| *of == name).map(|(place, _)| *place).collect();
        while let Some(node) = open.pop() {
            let is_anothers_gate = gates.get(&node).is_some_and(|of| of != name);
            if seen[node] || reached[node] == By::TheStart || is_anothers_gate {
                continue;
            }
            seen[node] = true;
            reached[node] = match reached[node] {
                By::Nobody => By::Part(part),
                _ => By::Several,
            };
            open.extend(&graph.refers_to[node]);
        }
    }
    reached
}

fn functions(graph: &Graph, module: &Module<'_>, part_of: &impl Fn(usize) -> Option<usize>) -> BTreeMap<u32, usize> {
    let places = places(graph);
    let own = module.imported_functions..module.types_of_functions.len() as u32;
    own.filter_map(|index| Some((index, part_of(place_of(&places, module, index)?)?))).collect()
}

/// Pieces may lie within one another: a byte leaves only if all pieces that cover it leave together.
fn bytes(graph: &Graph, part_of: &impl Fn(usize) -> Option<usize>) -> BTreeMap<u32, Owner> {
    let mut bytes: BTreeMap<u32, Owner> = BTreeMap::new();
    for (place, node) in graph.nodes.iter().enumerate() {
        let Node::Data(range) = node else { continue };
        let owner = part_of(place).map_or(Owner::Stays, Owner::Leaves);
        for address in range.clone() {
            bytes.entry(address).and_modify(|known| *known = if *known == owner { owner } else { Owner::Stays }).or_insert(owner);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn function(name: &str) -> Node {
        Node::Function(name.to_owned())
    }

    #[test]
    fn gates_are_named_by_the_source() {
        assert_eq!(part_named_in("_ZN9coldstart5parts5gates3lab4page17h0123456789abcdefE").as_deref(), Some("lab"));
        for other in
            ["_ZN9coldstart5parts5gates3lab4page28_$u7b$$u7b$closure$u7d$$u7d$17h0123E", "_ZN9coldstart5pages4home17h01E", "main", ""]
        {
            assert_eq!(part_named_in(other), None, "{other}");
        }
    }

    /// The start calls `a` and may enter either gate; `lab` alone reaches `b` and data, both reach `c`, and `a` is the start's.
    #[test]
    fn what_the_start_reaches_stays_and_what_two_parts_reach_is_shared() {
        let gate = |part: &str| format!("_ZN9coldstart5parts5gates{}{part}4page17h01E", part.len());
        let nodes = vec![
            function("main"),
            function(&gate("lab")),
            function(&gate("lesson")),
            function("a"),
            function("b"),
            function("c"),
            Node::Data(8..12),
            Node::Data(10..12),
        ];
        let refers_to = vec![vec![1, 2, 3], vec![3, 4, 5], vec![5, 7], vec![], vec![6], vec![3], vec![], vec![]];
        let graph = Graph { nodes, refers_to, always: Vec::new(), has_relocations: true };
        let gates = gates(&graph);
        let parts = ["lab".to_owned(), "lesson".to_owned()];
        let reached = reach(&graph, &[0], &gates, &parts);
        let expected = [By::TheStart, By::Part(0), By::Part(1), By::TheStart, By::Part(0), By::Several, By::Part(0), By::Part(1)];
        assert_eq!(reached, expected);
        let owners = bytes(&graph, &|node| matches!(reached[node], By::Part(_)).then_some(usize::from(node == 7)));
        assert_eq!((owners[&8], owners[&10]), (Owner::Leaves(0), Owner::Stays));
    }
}
