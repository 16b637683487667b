//! The Coldstart app: pages, widgets and the bridge to the simulator.
