//! The app's module as wasm-bindgen leaves it: what the parts are cut out of.

use super::graph::{constant, function_names};
use crate::failure::{Failure, Result};
use std::collections::BTreeMap;
use std::ops::Range;
use wasmparser::{
    Data, DataKind, ElementItems, ElementKind, ExternalKind, FunctionBody, GlobalType, KnownCustom, MemoryType, Operator, Parser, Payload,
    TableType, TypeRef,
};

/// Sections that are passed on as they are, by their number in the format.
const KEPT_AS_THEY_ARE: [u8; 4] = [1, 2, 3, 6];

/// A module, its sections within the bytes that it was read from.
#[derive(Default)]
pub struct Module<'a> {
    /// Types, imports, functions' types and globals: number and content.
    pub kept: BTreeMap<u8, &'a [u8]>,
    /// Contents of the section that names the features in use.
    pub features: Option<&'a [u8]>,
    /// Imported functions come first in the numbering of functions.
    pub imported_functions: u32,
    /// The type of each function, imported or not.
    pub types_of_functions: Vec<u32>,
    /// Parameters of each type; none of what is not a function's.
    pub parameters: Vec<u32>,
    pub tables: Vec<TableType>,
    pub memories: Vec<MemoryType>,
    pub globals: Vec<GlobalType>,
    /// Name, kind, index.
    pub exports: Vec<(String, ExternalKind, u32)>,
    pub start: Option<u32>,
    /// Table, first place, functions.
    pub elements: Vec<(u32, u32, Vec<u32>)>,
    pub bodies: Vec<FunctionBody<'a>>,
    /// Address and bytes.
    pub data: Vec<(u32, &'a [u8])>,
    pub names: BTreeMap<u32, String>,
    bytes: &'a [u8],
}

impl<'a> Module<'a> {
    /// Reads a module.
    pub fn read(bytes: &'a [u8]) -> Result<Self> {
        let mut module = Self { bytes, ..Self::default() };
        for payload in Parser::new(0).parse_all(bytes) {
            module.take(payload?)?;
        }
        Ok(module)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        if let Some((id, range)) = payload.as_section()
            && KEPT_AS_THEY_ARE.contains(&id)
        {
            self.kept.insert(id, &self.bytes[range.start as usize..range.end as usize]);
        }
        self.take_numbering(&payload)?;
        match payload {
            Payload::TableSection(tables) => {
                for table in tables {
                    self.tables.push(table?.ty);
                }
            }
            Payload::MemorySection(memories) => self.memories = memories.into_iter().collect::<std::result::Result<_, _>>()?,
            Payload::GlobalSection(globals) => {
                for global in globals {
                    self.globals.push(global?.ty);
                }
            }
            Payload::ExportSection(exports) => {
                for export in exports {
                    let export = export?;
                    self.exports.push((export.name.to_owned(), export.kind, export.index));
                }
            }
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(elements) => {
                for element in elements {
                    let element = element?;
                    if let (ElementKind::Active { table_index, offset_expr }, ElementItems::Functions(functions)) =
                        (element.kind, element.items)
                    {
                        let first = constant(offset_expr.get_binary_reader())?;
                        self.elements.push((
                            table_index.unwrap_or(0),
                            first,
                            functions.into_iter().collect::<std::result::Result<_, _>>()?,
                        ));
                    }
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::DataSection(data) => {
                for segment in data {
                    let segment = segment?;
                    self.data.push((address_of(&segment)?, segment.data));
                }
            }
            Payload::CustomSection(custom) if custom.name() == "target_features" => self.features = Some(custom.data()),
            Payload::CustomSection(custom) => {
                if let KnownCustom::Name(names) = custom.as_known() {
                    self.names = function_names(names)?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// Types, and the type of each function.
    fn take_numbering(&mut self, payload: &Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                for group in types.clone() {
                    for kind in group?.into_types() {
                        let parameters = match &kind.composite_type.inner {
                            wasmparser::CompositeInnerType::Func(function) => function.params().len() as u32,
                            _ => 0,
                        };
                        self.parameters.push(parameters);
                    }
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.clone().into_imports() {
                    if let TypeRef::Func(kind) = import?.ty {
                        self.types_of_functions.push(kind);
                        self.imported_functions += 1;
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                for kind in functions.clone() {
                    self.types_of_functions.push(kind?);
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// The body of a function that is not imported.
    pub fn body(&self, function: u32) -> Option<&FunctionBody<'a>> {
        self.bodies.get(function.checked_sub(self.imported_functions)? as usize)
    }

    /// The functions that a function names in its code.
    pub fn calls(&self, function: u32) -> Result<Vec<u32>> {
        let Some(body) = self.body(function) else { return Ok(Vec::new()) };
        let mut found = Vec::new();
        for operator in body.get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } | Operator::ReturnCall { function_index } | Operator::RefFunc { function_index } => {
                    found.push(function_index);
                }
                _ => {}
            }
        }
        Ok(found)
    }

    /// The content of a range of the file.
    pub fn content(&self, range: &Range<u64>) -> &'a [u8] {
        &self.bytes[range.start as usize..range.end as usize]
    }
}

/// Where an active segment goes.
pub fn address_of(segment: &Data<'_>) -> Result<u32> {
    match &segment.kind {
        DataKind::Active { offset_expr, .. } => constant(offset_expr.get_binary_reader()),
        DataKind::Passive => Err(Failure::new("a passive segment of data")),
    }
}
