//! Who refers to whom in the linked app, read from the relocations that the linker kept (`--emit-relocs`).

use crate::failure::{Failure, Result};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{BinaryReader, BinaryReaderError, KnownCustom, Linking, Name, Parser, Payload, RelocationType, SymbolInfo, TypeRef};

/// Functions and pieces of data, each with what it refers to.
#[derive(Debug, Default)]
pub struct Graph {
    /// Functions by index, then pieces of data.
    pub nodes: Vec<Node>,
    /// What each node refers to, by place.
    pub refers_to: Vec<Vec<usize>>,
    /// What is referred to from bytes that belong to no piece of data.
    pub always: Vec<usize>,
    /// Whether the linker left relocations.
    pub has_relocations: bool,
}

/// A function or a piece of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// By its mangled name; empty where it has none.
    Function(String),
    /// By its addresses.
    Data(Range<u32>),
}

/// A relocation: where in its section, and the symbol.
struct Reference {
    at: u64,
    symbol: u32,
}

#[derive(Default)]
struct Sections<'a> {
    imported_functions: u32,
    code_start: u64,
    data_start: u64,
    /// Bodies in the file, by function.
    bodies: Vec<Range<u64>>,
    /// Segments: address, and place of the bytes in the file.
    segments: Vec<(u32, Range<u64>)>,
    symbols: Vec<SymbolInfo<'a>>,
    names: BTreeMap<u32, String>,
    code: Vec<Reference>,
    data: Vec<Reference>,
}

impl Graph {
    /// Reads a linked module.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let sections = sections(bytes)?;
        let functions = sections.imported_functions as usize + sections.bodies.len();
        let mut graph = Self { has_relocations: !sections.code.is_empty(), ..Self::default() };
        let name = |index: usize| sections.names.get(&(index as u32)).cloned().unwrap_or_default();
        graph.nodes.extend((0..functions).map(|index| Node::Function(name(index))));
        let node_of: Vec<Option<usize>> = sections.symbols.iter().map(|symbol| graph.node_of(symbol, &sections.segments)).collect();
        graph.refers_to.resize(graph.nodes.len(), Vec::new());
        graph.link_code(&sections, &node_of);
        graph.link_data(&sections, &node_of);
        Ok(graph)
    }

    /// The node of a symbol; that of a piece of data is made here.
    fn node_of(&mut self, symbol: &SymbolInfo<'_>, segments: &[(u32, Range<u64>)]) -> Option<usize> {
        match symbol {
            SymbolInfo::Func { index, .. } => Some(*index as usize),
            SymbolInfo::Data { symbol: Some(defined), .. } => {
                let (address, _) = segments.get(defined.index as usize)?;
                self.nodes.push(Node::Data(address + defined.offset..address + defined.offset + defined.size));
                Some(self.nodes.len() - 1)
            }
            _ => None,
        }
    }

    fn link_code(&mut self, sections: &Sections<'_>, node_of: &[Option<usize>]) {
        for reference in &sections.code {
            let at = sections.code_start + reference.at;
            let body = sections.bodies.partition_point(|body| body.end <= at);
            let from = sections.imported_functions as usize + body;
            if let (true, Some(Some(to))) = (body < sections.bodies.len(), node_of.get(reference.symbol as usize)) {
                self.refers_to[from].push(*to);
            }
        }
    }

    /// A reference in data belongs to every piece that covers its address: pieces may lie within one another.
    fn link_data(&mut self, sections: &Sections<'_>, node_of: &[Option<usize>]) {
        let mut pieces: Vec<(Range<u32>, usize)> = Vec::new();
        for (place, node) in self.nodes.iter().enumerate() {
            if let Node::Data(range) = node {
                pieces.push((range.clone(), place));
            }
        }
        pieces.sort_by_key(|(range, place)| (range.start, *place));
        let longest = pieces.iter().map(|(range, _)| range.end - range.start).max().unwrap_or(0);
        for reference in &sections.data {
            let at = sections.data_start + reference.at;
            let Some(Some(to)) = node_of.get(reference.symbol as usize) else { continue };
            let Some((address, bytes)) = sections.segments.iter().find(|(_, bytes)| bytes.contains(&at)) else { continue };
            let address = address + (at - bytes.start) as u32;
            let first = pieces.partition_point(|(range, _)| range.start + longest <= address);
            let before = pieces.partition_point(|(range, _)| range.start <= address);
            let mut is_covered = false;
            for (_, place) in pieces[first..before].iter().filter(|(range, _)| range.contains(&address)) {
                self.refers_to[*place].push(*to);
                is_covered = true;
            }
            if !is_covered {
                self.always.push(*to);
            }
        }
    }
}

fn sections(bytes: &[u8]) -> Result<Sections<'_>> {
    let mut found = Sections::default();
    for payload in Parser::new(0).parse_all(bytes) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    found.imported_functions += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionStart { unchecked_range, .. } => found.code_start = unchecked_range.start,
            Payload::CodeSectionEntry(body) => found.bodies.push(body.range()),
            Payload::DataSection(data) => {
                found.data_start = data.range().start;
                for segment in data {
                    let segment = segment?;
                    let end = segment.range.end;
                    found.segments.push((super::module::address_of(&segment)?, end - segment.data.len() as u64..end));
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Name(names) => found.names = function_names(names)?,
                KnownCustom::Linking(linking) => {
                    for section in linking.subsections() {
                        if let Linking::SymbolTable(symbols) = section? {
                            found.symbols = symbols.into_iter().collect::<std::result::Result<_, _>>()?;
                        }
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    let list = match custom.name() {
                        "reloc.CODE" => &mut found.code,
                        "reloc.DATA" => &mut found.data,
                        _ => continue,
                    };
                    for entry in relocations.entries() {
                        let entry = entry?;
                        if refers_to_a_symbol(entry.ty) {
                            list.push(Reference { at: u64::from(entry.offset), symbol: entry.index });
                        }
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    Ok(found)
}

/// Relocations that name a function or a piece of data; the others name types, globals and tables, which no part takes along.
const fn refers_to_a_symbol(kind: RelocationType) -> bool {
    !matches!(
        kind,
        RelocationType::TypeIndexLeb | RelocationType::GlobalIndexLeb | RelocationType::GlobalIndexI32 | RelocationType::TableNumberLeb
    )
}

/// The mangled names of a module's functions.
pub fn function_names<'a>(
    names: impl IntoIterator<Item = std::result::Result<Name<'a>, BinaryReaderError>>,
) -> Result<BTreeMap<u32, String>> {
    let mut found = BTreeMap::new();
    for subsection in names {
        if let Name::Function(functions) = subsection? {
            for naming in functions {
                let naming = naming?;
                found.insert(naming.index, naming.name.to_owned());
            }
        }
    }
    Ok(found)
}

/// The value of a constant expression that is one `i32.const`.
pub fn constant(reader: BinaryReader<'_>) -> Result<u32> {
    let mut reader = wasmparser::OperatorsReader::new(reader);
    match reader.read()? {
        wasmparser::Operator::I32Const { value } => Ok(value as u32),
        _ => Err(Failure::new("an offset that is not a plain number")),
    }
}
