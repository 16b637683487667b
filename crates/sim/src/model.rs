//! The rules of Lambda: what becomes of an attempt, of an environment, of provisioned concurrency, of a deploy.

pub(crate) mod asynchronous;
pub(crate) mod attempt;
pub(crate) mod behaviour;
pub(crate) mod cause;
pub(crate) mod controls;
pub(crate) mod dependency;
pub(crate) mod event_source;
pub(crate) mod front_door;
pub(crate) mod life;
pub(crate) mod limits;
pub(crate) mod mapping;
pub(crate) mod provisioned;
pub(crate) mod queue;
pub(crate) mod retry;
pub(crate) mod scaling;
pub(crate) mod service;
pub(crate) mod stream;
