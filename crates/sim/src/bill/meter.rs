//! The price list: for each kind of line its unit, its price tiers, its free tier, and what a run counts it in. Prices are those of
//! us-east-1 in the facts registry (facts L1 to L29).

use crate::BillLineKind;
use crate::spec::ArchitectureSpec;
use coldstart_facts as facts;

/// Price tiers: upper end in units a month, and picodollars for one unit.
pub(super) type Tiers = &'static [(u64, u64)];

/// A GB-second in MB-milliseconds, the exact unit of a run's usage.
const MB_MS_PER_GBS: u128 = 1_024 * 1_000;
const MS_PER_HOUR: u128 = 3_600_000;
/// AWS's GB of data is 2^30 bytes.
const BYTES_PER_GB: u128 = 1 << 30;
/// An eventually consistent read takes half a unit.
const HALVES: u128 = 2;

/// What the free tier gives to several kinds of line together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Free {
    Requests,
    GbSeconds,
    Streamed,
    SqsRequests,
    SnsPublishes,
    SchedulerInvocations,
}

impl Free {
    pub(super) const COUNT: usize = 6;

    /// Units a month.
    pub(super) const fn units(self) -> u64 {
        match self {
            Self::Requests => facts::FREE_REQUESTS,
            Self::GbSeconds => facts::FREE_GBS,
            Self::Streamed => facts::FREE_RESPONSE_STREAM_GB,
            Self::SqsRequests => facts::FREE_SQS_REQUESTS,
            Self::SnsPublishes => facts::FREE_SNS_PUBLISHES,
            Self::SchedulerInvocations => facts::FREE_SCHEDULER_INVOCATIONS,
        }
    }
}

/// A row of the price list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Meter {
    kind: BillLineKind,
    /// What a quantity is shown in.
    pub(super) unit: &'static str,
    /// How many of what a run counts make one unit.
    pub(super) parts: u128,
    pub(super) free: Option<Free>,
    /// x86-64, arm64.
    tiers: [Tiers; 2],
}

impl Meter {
    pub(super) const fn tiers(&self, architecture: ArchitectureSpec) -> Tiers {
        match architecture {
            ArchitectureSpec::X86_64 => self.tiers[0],
            ArchitectureSpec::Arm64 => self.tiers[1],
        }
    }
}

/// The row of a kind.
pub(super) fn meter(kind: BillLineKind) -> &'static Meter {
    // Every kind has a row, which a test checks; the first one would be as wrong as any other.
    METERS.iter().find(|meter| meter.kind == kind).unwrap_or(&METERS[0])
}

macro_rules! flat {
    ($price:ident) => {
        [&[(u64::MAX, facts::$price)], &[(u64::MAX, facts::$price)]]
    };
    ($x86:ident, $arm:ident) => {
        [&[(u64::MAX, facts::$x86)], &[(u64::MAX, facts::$arm)]]
    };
}

const ON_DEMAND: [Tiers; 2] = [&facts::PRICE_X86_GBS_PD, &facts::PRICE_ARM_GBS_PD];

const fn row(kind: BillLineKind, unit: &'static str, parts: u128, free: Option<Free>, tiers: [Tiers; 2]) -> Meter {
    Meter { kind, unit, parts, free, tiers }
}

use BillLineKind as Kind;

#[rustfmt::skip]
pub(super) static METERS: &[Meter] = &[
    row(Kind::Requests, "request", 1, Some(Free::Requests), flat!(PRICE_REQUEST_PD)),
    row(Kind::Duration, "GB-s", MB_MS_PER_GBS, Some(Free::GbSeconds), ON_DEMAND),
    row(Kind::Init, "GB-s", MB_MS_PER_GBS, Some(Free::GbSeconds), ON_DEMAND),
    row(Kind::Provisioned, "GB-s", MB_MS_PER_GBS, None, flat!(PRICE_PROVISIONED_X86_GBS_PD, PRICE_PROVISIONED_ARM_GBS_PD)),
    row(Kind::ProvisionedDuration, "GB-s", MB_MS_PER_GBS, None,
        flat!(PRICE_PROVISIONED_DURATION_X86_GBS_PD, PRICE_PROVISIONED_DURATION_ARM_GBS_PD)),
    row(Kind::TemporaryStorage, "GB-s", MB_MS_PER_GBS, None, flat!(PRICE_TMP_GBS_PD)),
    row(Kind::ResponseStream, "GB", BYTES_PER_GB, Some(Free::Streamed), flat!(PRICE_RESPONSE_STREAM_GB_PD)),
    row(Kind::SnapshotCache, "GB-s", MB_MS_PER_GBS, None, flat!(PRICE_SNAPSTART_CACHE_GBS_PD)),
    row(Kind::SnapshotRestore, "GB", 1_024, None, flat!(PRICE_SNAPSTART_RESTORE_GB_PD)),
    row(Kind::EdgeRequests, "request", 1, None, flat!(PRICE_EDGE_REQUEST_PD)),
    row(Kind::EdgeDuration, "GB-s", MB_MS_PER_GBS, None, flat!(PRICE_EDGE_GBS_PD)),
    row(Kind::SqsPoller, "unit-hour", MS_PER_HOUR, None, flat!(PRICE_SQS_POLLER_HOUR_PD)),
    row(Kind::KafkaPoller, "unit-hour", MS_PER_HOUR, None, flat!(PRICE_KAFKA_POLLER_HOUR_PD)),
    row(Kind::RestApi, "request", 1, None, flat!(PRICE_API_GATEWAY_REST_REQUEST_PD)),
    row(Kind::HttpApi, "request", 1, None, flat!(PRICE_API_GATEWAY_HTTP_REQUEST_PD)),
    row(Kind::SqsStandard, "request", 1, Some(Free::SqsRequests), flat!(PRICE_SQS_STANDARD_REQUEST_PD)),
    row(Kind::SqsFifo, "request", 1, Some(Free::SqsRequests), flat!(PRICE_SQS_FIFO_REQUEST_PD)),
    row(Kind::SnsPublishes, "publish", 1, Some(Free::SnsPublishes), flat!(PRICE_SNS_PUBLISH_PD)),
    row(Kind::EventBus, "event", 1, None, flat!(PRICE_EVENT_BRIDGE_EVENT_PD)),
    row(Kind::Scheduler, "invocation", 1, Some(Free::SchedulerInvocations), flat!(PRICE_SCHEDULER_INVOCATION_PD)),
    row(Kind::KinesisShards, "shard-hour", MS_PER_HOUR, None, flat!(PRICE_KINESIS_SHARD_HOUR_PD)),
    row(Kind::KinesisPuts, "PUT unit", 1, None, flat!(PRICE_KINESIS_PUT_UNIT_PD)),
    row(Kind::DynamoDbWrites, "write unit", 1, None, flat!(PRICE_DYNAMODB_WRITE_UNIT_PD)),
    row(Kind::DynamoDbReads, "read unit", HALVES, None, flat!(PRICE_DYNAMODB_READ_UNIT_PD)),
    row(Kind::LogsIngest, "GB", BYTES_PER_GB, None, flat!(PRICE_LOGS_INGEST_GB_PD)),
    row(Kind::LogsStorage, "GB-month", BYTES_PER_GB, None, flat!(PRICE_LOGS_STORAGE_GB_MONTH_PD)),
    row(Kind::NatGateway, "hour", MS_PER_HOUR, None, flat!(PRICE_NAT_HOUR_PD)),
    row(Kind::NatData, "GB", BYTES_PER_GB, None, flat!(PRICE_NAT_GB_PD)),
    row(Kind::RdsProxy, "vCPU-hour", MS_PER_HOUR, None, flat!(PRICE_RDS_PROXY_VCPU_HOUR_PD)),
];

/// Whether a kind is paid for by the clock, used or not, so that a run's quantity covers it from its start and not from the end of the
/// warm-up.
pub(super) const fn goes_by_the_clock(kind: BillLineKind) -> bool {
    matches!(
        kind,
        Kind::Provisioned
            | Kind::SnapshotCache
            | Kind::SqsPoller
            | Kind::KafkaPoller
            | Kind::KinesisShards
            | Kind::NatGateway
            | Kind::RdsProxy
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_row() {
        assert_eq!(METERS.len(), Kind::ALL.len());
        for kind in Kind::ALL {
            assert_eq!(meter(kind).kind, kind);
        }
    }
}
