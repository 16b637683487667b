//! Writes the app's own module without what leaves it, and a module for each part.
//!
//! Nothing changes its number: a function that leaves has an empty stand-in, or, where other modules call it, one that goes through the
//! table, into which the part puts its functions when it is started. A part imports whatever it calls elsewhere.

use super::module::Module;
use super::plan::{Owner, Plan};
use crate::failure::{Failure, Result};
use std::collections::{BTreeMap, BTreeSet};
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{
    CodeSection, ConstExpr, CustomSection, DataSection, ElementSection, Elements, EntityType, ExportKind, ExportSection, Function,
    FunctionSection, ImportSection, Instruction, MemorySection, RawSection, TableSection,
};
use wasmparser::ExternalKind;

/// What parts call the app's own module.
const APP: &str = "app";
/// The table that calls go through.
const TABLE: u32 = 0;
/// Gaps that are filled rather than begun anew behind: a segment's own head takes as much.
const GAP_BYTES: u32 = 8;

/// The modules by part; the app's own has no part and comes first.
pub fn pieces(module: &Module<'_>, plan: &Plan) -> Result<Vec<super::Piece>> {
    let links = Links::find(module, plan)?;
    let mut pieces = vec![(None, own_module(module, plan, &links)?)];
    for (part, name) in plan.parts.iter().enumerate() {
        pieces.push((Some(name.clone()), part_module(module, plan, &links, part)?));
    }
    Ok(pieces)
}

/// What crosses from one module to another.
struct Links {
    /// Functions that a part calls and does not have.
    exported: BTreeSet<u32>,
    /// Functions that leave and are called from elsewhere by number: these go through the table.
    through_table: BTreeSet<u32>,
    /// Every place in the table of each function that leaves.
    places: BTreeMap<u32, Vec<u32>>,
    /// Size of the table, with the places that were added.
    table_size: u64,
}

impl Links {
    fn find(module: &Module<'_>, plan: &Plan) -> Result<Self> {
        let part_of = |function: u32| plan.functions.get(&function).copied();
        let (mut exported, mut through_table) = (BTreeSet::new(), BTreeSet::new());
        for caller in module.imported_functions..module.types_of_functions.len() as u32 {
            let from = part_of(caller);
            for called in module.calls(caller)? {
                let to = part_of(called);
                if from != to && from.is_some() {
                    exported.insert(called);
                }
                if from != to && to.is_some() {
                    through_table.insert(called);
                }
            }
        }
        let mut places: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for (table, first, functions) in &module.elements {
            for (place, function) in (*first..).zip(functions) {
                if *table == TABLE && part_of(*function).is_some() {
                    places.entry(*function).or_default().push(place);
                }
            }
        }
        let table = module.tables.first().ok_or_else(|| Failure::new("the app has no table"))?;
        let mut table_size = table.initial;
        for function in &through_table {
            places.entry(*function).or_insert_with(|| {
                table_size += 1;
                vec![table_size as u32 - 1]
            });
        }
        Ok(Self { exported, through_table, places, table_size })
    }
}

fn own_module(module: &Module<'_>, plan: &Plan, links: &Links) -> Result<Vec<u8>> {
    let mut out = wasm_encoder::Module::new();
    for id in [1, 2, 3] {
        keep(&mut out, module, id);
    }
    out.section(&tables(module, links)?);
    out.section(&memories(module)?);
    keep(&mut out, module, 6);
    out.section(&exports(module, links));
    if let Some(start) = module.start {
        out.section(&wasm_encoder::StartSection { function_index: start });
    }
    let mut elements = ElementSection::new();
    for (table, first, functions) in &module.elements {
        elements.active((*table != TABLE).then_some(*table), &ConstExpr::i32_const(*first as i32), Elements::Functions(functions.into()));
    }
    out.section(&elements);
    out.section(&stand_ins(module, plan, links));
    out.section(&data(module, &|address| !matches!(plan.bytes.get(&address), Some(Owner::Leaves(_)))));
    Ok(with_features(out, module))
}

fn keep(out: &mut wasm_encoder::Module, module: &Module<'_>, id: u8) {
    if let Some(data) = module.kept.get(&id) {
        out.section(&RawSection { id, data });
    }
}

fn with_features(mut out: wasm_encoder::Module, module: &Module<'_>) -> Vec<u8> {
    if let Some(features) = module.features {
        out.section(&CustomSection { name: "target_features".into(), data: features.into() });
    }
    out.finish()
}

/// Passes numbers on, those of functions by way of a table where there is one.
struct Renumber<'a>(Option<&'a BTreeMap<u32, u32>>);

impl Reencode for Renumber<'_> {
    type Error = Failure;

    fn function_index(&mut self, function: u32) -> std::result::Result<u32, Error<Failure>> {
        let Some(numbers) = self.0 else { return Ok(function) };
        let number = numbers.get(&function).copied();
        number.ok_or_else(|| Error::UserError(Failure::new(format!("function {function} has no number in this part"))))
    }
}

fn said(error: Error<Failure>) -> Failure {
    match error {
        Error::UserError(failure) => failure,
        other => Failure::new(format!("{other:?}")),
    }
}

fn tables(module: &Module<'_>, links: &Links) -> Result<TableSection> {
    let mut section = TableSection::new();
    for (index, table) in module.tables.iter().enumerate() {
        let mut kind = Renumber(None).table_type(*table).map_err(said)?;
        if index == TABLE as usize {
            kind.minimum = links.table_size;
            kind.maximum = kind.maximum.map(|most| most.max(links.table_size));
        }
        section.table(kind);
    }
    Ok(section)
}

fn memories(module: &Module<'_>) -> Result<MemorySection> {
    let mut section = MemorySection::new();
    for memory in &module.memories {
        section.memory(Renumber(None).memory_type(*memory).map_err(said)?);
    }
    Ok(section)
}

/// The module's own exports, and what the parts import.
fn exports(module: &Module<'_>, links: &Links) -> ExportSection {
    let mut section = ExportSection::new();
    for (name, kind, index) in &module.exports {
        let kind = match kind {
            ExternalKind::Table => ExportKind::Table,
            ExternalKind::Memory => ExportKind::Memory,
            ExternalKind::Global => ExportKind::Global,
            ExternalKind::Tag => ExportKind::Tag,
            ExternalKind::Func | ExternalKind::FuncExact => ExportKind::Func,
        };
        section.export(name, kind, *index);
    }
    for index in 0..module.tables.len() as u32 {
        section.export(&table_name(index), ExportKind::Table, index);
    }
    for index in 0..module.memories.len() as u32 {
        section.export(&memory_name(index), ExportKind::Memory, index);
    }
    for index in 0..module.globals.len() as u32 {
        section.export(&global_name(index), ExportKind::Global, index);
    }
    for function in &links.exported {
        section.export(&function_name(*function), ExportKind::Func, *function);
    }
    section
}

/// Names that wasm-bindgen gives to nothing.
fn table_name(index: u32) -> String {
    format!("#t{index}")
}
fn memory_name(index: u32) -> String {
    format!("#m{index}")
}
fn global_name(index: u32) -> String {
    format!("#g{index}")
}
fn function_name(index: u32) -> String {
    format!("#{index:x}")
}

fn stand_ins(module: &Module<'_>, plan: &Plan, links: &Links) -> CodeSection {
    let mut section = CodeSection::new();
    for (function, body) in (module.imported_functions..).zip(&module.bodies) {
        if !plan.functions.contains_key(&function) {
            section.raw(module.content(&body.range()));
            continue;
        }
        let mut stand_in = Function::new([]);
        let place = links.places.get(&function).and_then(|places| places.first());
        if let (true, Some(place)) = (links.through_table.contains(&function), place) {
            let type_index = module.types_of_functions[function as usize];
            for parameter in 0..module.parameters[type_index as usize] {
                stand_in.instruction(&Instruction::LocalGet(parameter));
            }
            stand_in.instruction(&Instruction::I32Const(*place as i32));
            stand_in.instruction(&Instruction::CallIndirect { type_index, table_index: TABLE });
        } else {
            stand_in.instruction(&Instruction::Unreachable);
        }
        stand_in.instruction(&Instruction::End);
        section.function(&stand_in);
    }
    section
}

/// The bytes of which `is_wanted` says so, in as few segments as pay.
fn data(module: &Module<'_>, is_wanted: &dyn Fn(u32) -> bool) -> DataSection {
    let mut section = DataSection::new();
    for (address, bytes) in &module.data {
        let wanted: Vec<bool> = (*address..).zip(*bytes).map(|(at, _)| is_wanted(at)).collect();
        let mut from = 0;
        while let Some(start) = wanted[from..].iter().position(|wanted| *wanted).map(|skipped| from + skipped) {
            let end = wanted[start..].iter().position(|wanted| !*wanted).map_or(bytes.len(), |length| start + length);
            section.active(0, &ConstExpr::i32_const((*address + start as u32) as i32), bytes[start..end].iter().copied());
            from = end;
        }
    }
    section
}

fn part_module(module: &Module<'_>, plan: &Plan, links: &Links, part: usize) -> Result<Vec<u8>> {
    let own: Vec<u32> = plan.functions.iter().filter(|(_, of)| **of == part).map(|(function, _)| *function).collect();
    let mut out = wasm_encoder::Module::new();
    keep(&mut out, module, 1);
    let (imports, mut numbers) = imports(module, links, &own)?;
    out.section(&imports);
    let first = numbers.len() as u32;
    numbers.extend(own.iter().copied().zip(first..));
    let mut functions = FunctionSection::new();
    for function in &own {
        functions.function(module.types_of_functions[*function as usize]);
    }
    out.section(&functions);
    let mut elements = ElementSection::new();
    for function in &own {
        for place in links.places.get(function).into_iter().flatten() {
            let number = [numbers[function]];
            elements.active(None, &ConstExpr::i32_const(*place as i32), Elements::Functions(number[..].into()));
        }
    }
    out.section(&elements);
    let mut code = CodeSection::new();
    let mut renumber = Renumber(Some(&numbers));
    for function in &own {
        if let Some(body) = module.body(*function) {
            renumber.parse_function_body(&mut code, body.clone()).map_err(said)?;
        }
    }
    out.section(&code);
    out.section(&data(module, &|address| is_parts(plan, part, address)));
    Ok(with_features(out, module))
}

/// Whether a byte is the part's, or lies in a small gap that is nobody's between two of its own.
fn is_parts(plan: &Plan, part: usize, address: u32) -> bool {
    let own = Some(&Owner::Leaves(part));
    let nearest = |mut at: Box<dyn Iterator<Item = u32>>| at.find_map(|at| plan.bytes.get(&at));
    match plan.bytes.get(&address) {
        None => {
            nearest(Box::new((address.saturating_sub(GAP_BYTES)..address).rev())) == own
                && nearest(Box::new(address + 1..address + GAP_BYTES)) == own
        }
        known => known == own,
    }
}

/// Memory, tables, globals and the functions that are elsewhere; with the numbers that these get.
fn imports(module: &Module<'_>, links: &Links, own: &[u32]) -> Result<(ImportSection, BTreeMap<u32, u32>)> {
    let mut section = ImportSection::new();
    for (index, memory) in (0..).zip(&module.memories) {
        section.import(APP, &memory_name(index), Renumber(None).memory_type(*memory).map_err(said)?);
    }
    for (index, table) in (0..).zip(&module.tables) {
        let mut kind = Renumber(None).table_type(*table).map_err(said)?;
        if index == TABLE {
            kind.minimum = links.table_size;
            kind.maximum = kind.maximum.map(|most| most.max(links.table_size));
        }
        section.import(APP, &table_name(index), kind);
    }
    for (index, global) in (0..).zip(&module.globals) {
        section.import(APP, &global_name(index), Renumber(None).global_type(*global).map_err(said)?);
    }
    let mut called = BTreeSet::new();
    for function in own {
        called.extend(module.calls(*function)?);
    }
    let mut numbers = BTreeMap::new();
    for function in called.into_iter().filter(|function| own.binary_search(function).is_err()) {
        let kind = EntityType::Function(module.types_of_functions[function as usize]);
        section.import(APP, &function_name(function), kind);
        numbers.insert(function, numbers.len() as u32);
    }
    Ok((section, numbers))
}
