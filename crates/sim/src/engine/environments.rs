//! Execution environments by slot: a slot is taken again once its environment has ended, a number is not.

/// What the engine knows about an environment besides whether it is busy or idle.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Environment {
    /// Its number of creation within the run.
    pub(crate) id: u32,
    pub(crate) function: u16,
    pub(crate) version: u32,
    /// Idle periods so far, which keys the draws of idle life.
    pub(crate) idle_periods: u32,
    /// Place of its allocation, if it is provisioned.
    pub(crate) allocation: u32,
    /// When it is recycled; `u64::MAX` for never.
    pub(crate) life_end: u64,
}

/// What invocations have left in an environment (facts C9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Residue {
    /// Memory that is not given back.
    pub(crate) leaked_mb: u32,
    /// Most memory that the runtime has used.
    pub(crate) peak_mb: u32,
    /// Files in /tmp.
    pub(crate) tmp_mb: u32,
    /// Frozen work: its processor time, and the measured pieces that it consists of.
    pub(crate) background_us: u64,
    pub(crate) background_pieces: u32,
}

/// All environments alive.
#[derive(Clone, Default)]
pub(crate) struct Environments {
    slots: Vec<Environment>,
    free: Vec<u32>,
    created: u32,
    /// By slot; only as long as functions leave anything.
    residues: Vec<Residue>,
}

impl Environments {
    /// A new environment; returns its slot.
    pub(crate) fn create(&mut self, function: usize, version: u32) -> u32 {
        let id = self.created;
        self.created += 1;
        let new = Environment { id, function: function as u16, version, idle_periods: 0, allocation: 0, life_end: u64::MAX };
        match self.free.pop() {
            Some(slot) => {
                self.slots[slot as usize] = new;
                slot
            }
            None => {
                self.slots.push(new);
                self.slots.len() as u32 - 1
            }
        }
    }

    pub(crate) fn release(&mut self, slot: u32) {
        self.free.push(slot);
    }

    pub(crate) fn residue(&self, slot: u32) -> Residue {
        self.residues.get(slot as usize).copied().unwrap_or_default()
    }

    pub(crate) fn residue_mut(&mut self, slot: u32) -> &mut Residue {
        let slot = slot as usize;
        if slot >= self.residues.len() {
            self.residues.resize(slot + 1, Residue::default());
        }
        &mut self.residues[slot]
    }

    /// What is left in each environment, by slot.
    pub(crate) fn residues(&self) -> impl Iterator<Item = (u32, Residue)> {
        (0..).zip(self.residues.iter().copied())
    }

    #[inline]
    pub(crate) fn get(&self, slot: u32) -> &Environment {
        &self.slots[slot as usize]
    }

    #[inline]
    pub(crate) fn get_mut(&mut self, slot: u32) -> &mut Environment {
        &mut self.slots[slot as usize]
    }
}
