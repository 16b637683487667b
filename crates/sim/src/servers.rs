//! What the same work would cost on servers: EC2 servers that burst on CPU credits, and Fargate tasks.
//!
//! The demand is read off a run's report, minute by minute: busy environments times the processor share that each of them had. So it is
//! the power that Lambda gave, as if every handler had kept its share busy; a handler that mostly waits would need less. Several
//! functions count by their mean, weighted by billed time.

use crate::Report;
use crate::spec::{ArchitectureSpec, FunctionSpec, ScenarioSpec};
use coldstart_facts as facts;

/// Hours in a month of 30 days.
pub const MONTH_HOURS: u32 = 720;

const MINUTE_US: u64 = 60_000_000;
const MINUTE_MS: u128 = 60_000;
const MONTH_MINUTES: u64 = MONTH_HOURS as u64 * 60;
/// Micro-credits to a credit: one vCPU for one minute.
const MICRO: i64 = 1_000_000;

/// What one minute of the run wants.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MinuteDemand {
    /// Mean over the minute, in thousandths of a vCPU. An invocation counts in the minute in which it starts.
    pub mean_milli_vcpu: u64,
    /// At the moment of most concurrency, in thousandths of a vCPU.
    pub peak_milli_vcpu: u64,
    /// Memory used at that moment, in MB.
    pub memory_mb: u64,
}

/// What a run wants of servers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// One entry a minute of the report.
    pub minutes: Vec<MinuteDemand>,
}

impl Demand {
    /// The demand of a run of `spec`.
    #[must_use]
    pub fn of(report: &Report, spec: &ScenarioSpec) -> Self {
        let milli_vcpu = weighted_mean(report, spec, |function| {
            let share = u64::from(function.memory_mb) * 1_000 / u64::from(facts::ONE_VCPU_AT_MB);
            share.min(u64::from(function.handler.threads) * 1_000)
        });
        let used_mb = weighted_mean(report, spec, |function| function.handler.max_memory_used_mb.into());
        let minutes = report.minutes.iter().map(|row| {
            let start_us = u64::from(row.minute) * MINUTE_US;
            let length_ms = report.measured_us.1.saturating_sub(start_us).min(MINUTE_US) / 1_000;
            let concurrency = u64::from(row.concurrency_max);
            MinuteDemand {
                mean_milli_vcpu: milli_vcpu * row.billed_ms / if length_ms == 0 { MINUTE_MS as u64 } else { length_ms },
                peak_milli_vcpu: milli_vcpu * concurrency,
                memory_mb: used_mb * concurrency,
            }
        });
        Self { minutes: minutes.collect() }
    }

    /// Mean of all minutes, in thousandths of a vCPU.
    #[must_use]
    pub fn mean_milli_vcpu(&self) -> u64 {
        let sum: u64 = self.minutes.iter().map(|minute| minute.mean_milli_vcpu).sum();
        sum.checked_div(self.minutes.len() as u64).unwrap_or(0)
    }

    fn largest(&self, of: impl Fn(&MinuteDemand) -> u64) -> u64 {
        self.minutes.iter().map(of).max().unwrap_or(0)
    }
}

/// Mean over the functions, weighted by what they were billed for.
fn weighted_mean(report: &Report, spec: &ScenarioSpec, of: impl Fn(&FunctionSpec) -> u64) -> u64 {
    let billed = |function: &crate::FunctionReport| function.billed_ms + function.billed_provisioned_ms;
    let pairs = || report.functions.iter().zip(&spec.functions);
    let sum: u128 = pairs().map(|(used, function)| billed(used) * u128::from(of(function))).sum();
    let weight: u128 = pairs().map(|(used, _)| billed(used)).sum();
    sum.checked_div(weight).and_then(|mean| u64::try_from(mean).ok()).unwrap_or(0)
}

/// A burstable server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Server {
    /// AWS's name of it.
    pub name: &'static str,
    /// vCPUs while credits last.
    pub vcpus: u32,
    /// What it can do for ever, in thousandths of a vCPU.
    pub baseline_milli_vcpu: u32,
    /// Memory, in MB.
    pub memory_mb: u32,
    /// CPU credits earned an hour.
    pub credits_per_h: u32,
    /// Price of an hour, in picodollars.
    pub hour_pd: u64,
    /// Price of a vCPU-hour beyond the credits, in picodollars.
    pub surplus_vcpu_hour_pd: u64,
}

/// t3.small (facts L19).
pub const T3_SMALL: Server = Server {
    name: "t3.small",
    vcpus: facts::T3_SMALL_VCPU,
    baseline_milli_vcpu: facts::T3_SMALL_BASELINE_MILLI_VCPU,
    memory_mb: facts::T3_SMALL_MEMORY_MB,
    credits_per_h: facts::T3_SMALL_CREDITS_PER_H,
    hour_pd: facts::PRICE_T3_SMALL_HOUR_PD,
    surplus_vcpu_hour_pd: facts::PRICE_T3_SURPLUS_VCPU_HOUR_PD,
};

/// What the servers' baseline must carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sizing {
    /// The mean; peaks are carried by credits.
    Mean,
    /// The busiest minute.
    BusiestMinute,
}

/// Servers for a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerFleet {
    /// What they are.
    pub server: Server,
    /// How many.
    pub instances: u32,
    /// CPU credits of each at the end of each minute of the run, in millionths. They start with none. Below 0 it is in debt to the next
    /// 24 hours, which is charged only beyond what those can earn.
    pub credits_micro: Vec<i64>,
    /// Charged for surplus credits in a 30-day month that repeats the run's minutes, in picodollars.
    pub surplus_pd: i128,
    /// Whether all vCPUs together carry the moment of most concurrency; where not, requests wait then.
    pub carries_peak: bool,
}

impl ServerFleet {
    /// As many servers as the demand needs, at least one: their baseline carries what `sizing` says, their vCPUs the busiest minute,
    /// their memory the most that was in use.
    #[must_use]
    pub fn of(demand: &Demand, server: Server, sizing: Sizing) -> Self {
        let busiest = demand.largest(|minute| minute.mean_milli_vcpu);
        let steady = match sizing {
            Sizing::Mean => demand.mean_milli_vcpu(),
            Sizing::BusiestMinute => busiest,
        };
        let needs = [
            steady.div_ceil(server.baseline_milli_vcpu.into()),
            busiest.div_ceil(u64::from(server.vcpus) * 1_000),
            demand.largest(|minute| minute.memory_mb).div_ceil(server.memory_mb.into()),
        ];
        Self::with(demand, server, u32::try_from(needs.into_iter().max().unwrap_or(1).max(1)).unwrap_or(u32::MAX))
    }

    /// The same with a number of servers that is given.
    #[must_use]
    pub fn with(demand: &Demand, server: Server, instances: u32) -> Self {
        let instances = instances.max(1);
        let mut credits = Credits::of(server);
        let spend = |minute: &MinuteDemand| (minute.mean_milli_vcpu * 1_000 / u64::from(instances)) as i64;
        let credits_micro = demand.minutes.iter().map(|minute| credits.pass_minute(spend(minute))).collect();
        let rest = MONTH_MINUTES.saturating_sub(demand.minutes.len() as u64);
        demand.minutes.iter().cycle().take(rest as usize).for_each(|minute| {
            credits.pass_minute(spend(minute));
        });
        let vcpu_minute_pd = i128::from(server.surplus_vcpu_hour_pd) / 60;
        let capacity = u64::from(instances) * u64::from(server.vcpus) * 1_000;
        Self {
            server,
            instances,
            credits_micro,
            surplus_pd: i128::from(credits.charged_micro) * vcpu_minute_pd * i128::from(instances) / i128::from(MICRO),
            carries_peak: demand.largest(|minute| minute.peak_milli_vcpu) <= capacity,
        }
    }

    /// Price of a month of `hours`, in picodollars: AWS's examples take 730, the rest of this simulator [`MONTH_HOURS`].
    #[must_use]
    pub fn month_pd(&self, hours: u32) -> i128 {
        i128::from(self.instances) * i128::from(self.server.hour_pd) * i128::from(hours) + self.surplus_pd
    }
}

/// The CPU credits of one server in unlimited mode, in millionths.
struct Credits {
    balance: i64,
    earned_per_minute: i64,
    /// Most that it keeps, and most that it may owe without charge: what 24 hours earn.
    cap: i64,
    charged_micro: i64,
}

impl Credits {
    const fn of(server: Server) -> Self {
        let hourly = server.credits_per_h as i64 * MICRO;
        let cap = hourly * (facts::CPU_CREDIT_CAP_MS / 3_600_000) as i64;
        Self { balance: 0, earned_per_minute: hourly / 60, cap, charged_micro: 0 }
    }

    /// A minute in which so much was spent; returns the balance after it.
    fn pass_minute(&mut self, spent: i64) -> i64 {
        let balance = self.balance + self.earned_per_minute - spent;
        self.balance = balance.clamp(-self.cap, self.cap);
        self.charged_micro += (self.balance - balance).max(0);
        self.balance
    }
}

/// A Fargate task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Task {
    /// Thousandths of a vCPU.
    pub milli_vcpu: u32,
    /// Memory, in MB.
    pub memory_mb: u32,
    /// Processor architecture.
    pub architecture: ArchitectureSpec,
}

/// A small task, which follows a demand closely (our choice).
pub const SMALL_TASK: Task =
    Task { milli_vcpu: facts::FARGATE_TASK_MILLI_VCPU, memory_mb: facts::FARGATE_TASK_MB, architecture: ArchitectureSpec::X86_64 };

impl Task {
    /// Price of an hour, in picodollars (facts L18).
    #[must_use]
    pub const fn hour_pd(&self) -> i128 {
        let (vcpu_pd, gb_pd) = match self.architecture {
            ArchitectureSpec::X86_64 => (facts::PRICE_FARGATE_X86_VCPU_HOUR_PD, facts::PRICE_FARGATE_X86_GB_HOUR_PD),
            ArchitectureSpec::Arm64 => (facts::PRICE_FARGATE_ARM_VCPU_HOUR_PD, facts::PRICE_FARGATE_ARM_GB_HOUR_PD),
        };
        vcpu_pd as i128 * self.milli_vcpu as i128 / 1_000 + gb_pd as i128 * self.memory_mb as i128 / 1_024
    }
}

/// Fargate tasks for a demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskFleet {
    /// What they are.
    pub task: Task,
    /// Tasks that each minute of the run needs, at least one: enough for its moment of most concurrency.
    pub tasks: Vec<u32>,
}

impl TaskFleet {
    /// Tasks for the demand.
    #[must_use]
    pub fn of(demand: &Demand, task: Task) -> Self {
        let need = |minute: &MinuteDemand| {
            let most = minute.peak_milli_vcpu.max(minute.mean_milli_vcpu);
            let tasks = most.div_ceil(task.milli_vcpu.max(1).into()).max(minute.memory_mb.div_ceil(task.memory_mb.max(1).into()));
            u32::try_from(tasks.max(1)).unwrap_or(u32::MAX)
        };
        Self { task, tasks: demand.minutes.iter().map(need).collect() }
    }

    /// Most tasks at once.
    #[must_use]
    pub fn tasks_max(&self) -> u32 {
        self.tasks.iter().copied().max().unwrap_or(1)
    }

    /// Price of a month of `hours` with the most tasks on all the time, in picodollars.
    #[must_use]
    pub fn fixed_month_pd(&self, hours: u32) -> i128 {
        self.task.hour_pd() * i128::from(self.tasks_max()) * i128::from(hours)
    }

    /// The same with as many tasks as each minute needs: what the best scaling could save. A task is paid for at least a minute.
    #[must_use]
    pub fn scaled_month_pd(&self, hours: u32) -> i128 {
        let task_minutes: i128 = self.tasks.iter().map(|tasks| i128::from(*tasks)).sum();
        self.task.hour_pd() * task_minutes * i128::from(hours) / i128::try_from(self.tasks.len().max(1)).unwrap_or(1)
    }
}

/// Requests a month for which Lambda costs as much as servers that cost `month_pd`, at `request_pd` a request, both in picodollars.
#[must_use]
pub const fn break_even_requests(month_pd: i128, request_pd: i128) -> i128 {
    if request_pd <= 0 { i128::MAX } else { month_pd / request_pd }
}
