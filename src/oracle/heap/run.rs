//! Stages, run in a state and in the model.

use super::model::{Item, Model};
use super::operation::{Afterwards, STALE, Stage, perform};
use super::verify::{verify, views};
use super::{Flaw, agree};
use crate::lua::embed::{AccessError, FunctionHandle, HandleError, HostError, HostValue};
use crate::lua::heap::Stress;
use crate::lua::vm::State;

/// Where somebody may meddle with the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A transaction was committed.
    Committed,
    /// A transaction was rolled back.
    RolledBack,
    /// A function is about to be called.
    Calling,
    /// All garbage was collected.
    Collected,
}

/// What a stage is run on.
struct Bench<'m> {
    model: Model,
    state: State,
    script: FunctionHandle,
    meddle: &'m mut dyn FnMut(Moment, &mut State),
}

/// Runs stages.
///
/// # Errors
/// Where the state is not what the model says.
pub(super) fn run(stages: &[Stage], stress: Stress, meddle: &mut dyn FnMut(Moment, &mut State)) -> Result<(), Flaw> {
    let mut bench = Bench::new(stress, meddle)
        .map_err(|error| Flaw::new("a new state", format!("{error:?}")).at(|| "before the first stage".into()))?;
    for (number, stage) in stages.iter().enumerate() {
        bench.stage(stage).map_err(|flaw| Flaw { place: format!("{} of stage {number}", flaw.place), ..flaw })?;
    }
    bench.refuses_handles_in_a_copy()
}

impl<'m> Bench<'m> {
    fn new(stress: Stress, meddle: &'m mut dyn FnMut(Moment, &mut State)) -> Result<Self, HostError> {
        let mut state = State::new();
        state.heap.set_stress(stress);
        let source = b"local t, k, v = ... t[k] = v for i = 1, 3 do local garbage = { i .. 'x' } end return t[k]";
        let script = state.load_function(source, b"=model")?;
        let mut transaction = state.begin();
        transaction.pin(script)?;
        let globals = transaction.globals();
        transaction.commit();
        let model = Model::with_globals(globals.into());
        Ok(Self { model, state, script, meddle })
    }

    fn stage(&mut self, stage: &Stage) -> Result<(), Flaw> {
        self.transaction(stage)?;
        verify(&self.model, &mut self.state)?;
        match stage.afterwards {
            Afterwards::Nothing => return Ok(()),
            Afterwards::Collect => {}
            Afterwards::Call { table, key, value } => {
                self.call(table, key, value).map_err(|flaw| flaw.at(|| "in the call".into()))?;
            }
        }
        self.state.collect_garbage();
        self.model.collect();
        (self.meddle)(Moment::Collected, &mut self.state);
        verify(&self.model, &mut self.state)
    }

    fn transaction(&mut self, stage: &Stage) -> Result<(), Flaw> {
        let (old_model, old_state) = (self.model.clone(), self.state.clone());
        if let Some(room) = stage.room {
            self.state.heap.set_limit(self.state.heap.allocated() + usize::from(room));
        }
        let mut transaction = self.state.begin();
        let before = views(&self.model, &transaction);
        for operation in &stage.operations {
            perform(&mut self.model, &mut transaction, operation, stage.room.is_some())?;
        }
        if stage.commits {
            transaction.commit();
            self.state.heap.set_limit(usize::MAX);
            (self.meddle)(Moment::Committed, &mut self.state);
            return Ok(());
        }
        drop(transaction);
        self.state.heap.set_limit(usize::MAX);
        (self.meddle)(Moment::RolledBack, &mut self.state);
        self.model.roll_back(old_model.clone());
        let at = |flaw: Flaw| flaw.at(|| "after the rollback".into());
        agree("a trace of a rollback", &before, &views(&old_model, &self.state.begin())).map_err(at)?;
        let (mut copy, mut old) = (self.state.clone(), old_state);
        copy.collect_garbage();
        old.collect_garbage();
        agree("the account after a rollback", &old.heap.allocated(), &copy.heap.allocated()).map_err(at)
    }

    fn call(&mut self, table: usize, key: Item, value: Item) -> Result<(), Flaw> {
        let model = &mut self.model;
        let (table, key, value) = (model.pick(table), model.picked(key), model.picked(value));
        if model.table(table).is_none() {
            return Ok(());
        }
        let arguments = [Item::Object(table), key, value];
        let is_valid = arguments.iter().all(|item| model.is_valid(*item));
        let arguments = arguments.map(|item| model.host_value(item));
        (self.meddle)(Moment::Calling, &mut self.state);
        let result = self.state.call_function(self.script, &arguments, &mut ());
        match result {
            _ if !is_valid => agree("a stale argument", &Err(HostError::Access(STALE)), &result),
            Err(HostError::Raised { message, .. }) if key == Item::Nil => {
                agree("the message of an error", &b"model:1: table index is nil".to_vec(), &message)
            }
            Ok(results) if key != Item::Nil => {
                model.set(table, key, value);
                agree("the results of a call", &vec![model.host_value(value)], &results)
            }
            other => Err(Flaw::new("the end of a call", format!("{other:?}"))),
        }
    }

    fn refuses_handles_in_a_copy(&self) -> Result<(), Flaw> {
        let mut copy = self.state.clone();
        let refused: Result<(), AccessError> = Err(AccessError::Handle(HandleError::OtherState));
        for object in &self.model.objects {
            let handle: HostValue = object.handle;
            agree("a handle of the original", &refused, &copy.begin().pin(handle))
                .map_err(|flaw| flaw.at(|| "in a copy of the state".into()))?;
        }
        Ok(())
    }
}
