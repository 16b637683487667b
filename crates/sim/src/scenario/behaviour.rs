//! What a function does besides its work, with its laws worked out.

use crate::bill::snapshot_billed_ms;
use crate::dist::Law;
use crate::spec::{BehaviourSpec, DistributionSpec, ExtensionSpec, FunctionSpec, PackageSpec, VpcSpec};
use crate::time::SimDuration;
use coldstart_facts as facts;
use serde::{Deserialize, Serialize};

/// Only functions that do anything of it have one; they need the graph shape.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Behaviour {
    pub(crate) swallows_errors: bool,
    pub(crate) large_rate: f64,
    pub(crate) large_mb: u32,
    pub(crate) leaked_mb: u32,
    pub(crate) tmp_left_mb: u32,
    pub(crate) background: Law,
    /// Clients that INIT makes, and those that each invocation makes.
    pub(crate) client_init: Law,
    pub(crate) client_each: Law,
    pub(crate) extension_init: Law,
    pub(crate) extension_after: Law,
    pub(crate) shutdown: Law,
    /// What extensions get to shut down (facts C7).
    pub(crate) shutdown_budget: SimDuration,
    pub(crate) extension_mb: u32,
    pub(crate) has_external_extensions: bool,
    pub(crate) snapshot: Option<Snapshot>,
    pub(crate) proactive_share: f64,
    pub(crate) proactive_lead: Law,
    /// Downloading a zip and its layers.
    pub(crate) download: SimDuration,
    /// Making a network interface.
    pub(crate) interface: Law,
}

/// SnapStart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Snapshot {
    pub(crate) restore: Law,
    pub(crate) after_restore: Law,
    /// Java pays for neither cache nor restores (facts F3).
    pub(crate) is_paid: bool,
}

impl Behaviour {
    /// What the function does, if it does anything.
    pub(super) fn build(function: &FunctionSpec) -> Option<Self> {
        let own = Self::of(function, &function.behaviour);
        (own != Self::of(function, &BehaviourSpec::default())).then_some(own)
    }

    fn of(function: &FunctionSpec, spec: &BehaviourSpec) -> Self {
        let law_if = |is_used: bool, law: &DistributionSpec| if is_used { Law::new(law) } else { Law::ZERO };
        let extends = spec.extension != ExtensionSpec::None;
        Self {
            swallows_errors: spec.swallows_errors,
            large_rate: if spec.large_request_mb > 0 { spec.large_request_rate } else { 0.0 },
            large_mb: if spec.large_request_rate > 0.0 { spec.large_request_mb } else { 0 },
            leaked_mb: spec.leaked_mb,
            tmp_left_mb: spec.tmp_left_mb,
            background: Law::new(&spec.background_cpu),
            client_init: law_if(!spec.client_in_handler, &spec.client),
            client_each: law_if(spec.client_in_handler, &spec.client),
            extension_init: law_if(extends, &spec.extension_init),
            extension_after: law_if(extends, &spec.extension_after),
            shutdown: law_if(extends, &spec.extension_shutdown),
            shutdown_budget: SimDuration::from_ms(match spec.extension {
                ExtensionSpec::None => facts::SHUTDOWN_NO_EXTENSION_MS,
                ExtensionSpec::Internal => facts::SHUTDOWN_INTERNAL_EXTENSION_MS,
                ExtensionSpec::External => facts::SHUTDOWN_EXTERNAL_EXTENSION_MS,
            }),
            extension_mb: if extends { spec.extension_mb } else { 0 },
            has_external_extensions: spec.extension == ExtensionSpec::External,
            snapshot: spec.snap_start.then(|| Snapshot {
                restore: Law::new(&spec.restore),
                after_restore: Law::new(&spec.after_restore),
                is_paid: !function.init.runtime.starts_with("java"),
            }),
            proactive_share: spec.proactive_share,
            proactive_lead: law_if(spec.proactive_share > 0.0, &spec.proactive_lead),
            download: download(function.init.package, spec),
            interface: match spec.vpc {
                VpcSpec::None | VpcSpec::SharedInterfaces => Law::ZERO,
                VpcSpec::OwnInterfaces => Law::new(&DistributionSpec::Uniform {
                    low_ms: facts::OWN_INTERFACE_LOW_MS as f64,
                    high_ms: facts::OWN_INTERFACE_HIGH_MS as f64,
                }),
            },
        }
    }
}

impl crate::Function {
    pub(crate) fn has_external_extensions(&self) -> bool {
        self.behaviour.as_ref().is_some_and(|behaviour| behaviour.has_external_extensions)
    }

    pub(crate) fn snapshot(&self) -> Option<&Snapshot> {
        self.behaviour.as_ref()?.snapshot.as_ref()
    }

    pub(crate) fn pays_for_snapshots(&self) -> bool {
        self.snapshot().is_some_and(|snapshot| snapshot.is_paid)
    }

    /// Milliseconds for which snapshots are paid until the end of the run: those of all versions, because nobody deletes one (a choice).
    /// The first is as old as the run.
    pub(crate) fn snapshot_billed_ms(&self, end_us: u64) -> u64 {
        if !self.pays_for_snapshots() {
            return 0;
        }
        let published = std::iter::once(0).chain(self.deploys.iter().map(|deploy| deploy.us()));
        published.filter(|at| *at < end_us).map(|at| snapshot_billed_ms(end_us - at)).sum()
    }
}

/// Layers are part of the same download: it does not matter which bytes are in which (facts O9). Images are loaded as they are read
/// (facts O4), and a restored environment does not download anything.
fn download(package: PackageSpec, spec: &BehaviourSpec) -> SimDuration {
    let is_downloaded = package == PackageSpec::Zip && !spec.snap_start;
    let mb = spec.layers_mb.iter().fold(spec.package_mb, |sum, layer| sum.saturating_add(*layer));
    if is_downloaded { SimDuration::from_ms_f64(f64::from(mb) * spec.download_ms_per_mb) } else { SimDuration::ZERO }
}
