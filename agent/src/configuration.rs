//! What the host told the agent about the sandbox.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::command;
use crate::failure::Outcome;
use crate::names;
use crate::users::{Accounts, User};
use crate::wire::{Configure, UpdateEnvironment};

/// Environment, user and directory of commands.
pub struct Configuration {
    pub env: BTreeMap<String, String>,
    pub user: User,
    work_dir: PathBuf,
}

impl Configuration {
    /// Takes over a Configure message; a user that the image does not know becomes root.
    pub fn of(message: &Configure) -> Outcome<Self> {
        command::check_env(&message.env)?;
        let accounts = Accounts::load();
        let user = match message.user.as_str() {
            "" => accounts.root(),
            spec => accounts.find(spec).unwrap_or_else(|| accounts.root()),
        };
        Ok(Self {
            env: message.env.clone(),
            user,
            work_dir: Path::new("/").join(&message.work_dir),
        })
    }

    /// The same with another environment.
    pub fn updated(&self, change: &UpdateEnvironment) -> Outcome<Self> {
        command::check_env(&change.set)?;
        let prefix = change.unset_value_prefix.as_str();
        let mut env = self.env.clone();
        env.retain(|name, value| {
            let found = !prefix.is_empty() && value.starts_with(prefix);
            !found && !change.unset.contains(name)
        });
        env.extend(change.set.clone());
        command::check_env(&env)?;
        Ok(Self {
            env,
            user: self.user.clone(),
            work_dir: self.work_dir.clone(),
        })
    }

    /// The configured directory when it exists, else the user's home, else "/".
    pub fn work_dir(&self) -> PathBuf {
        let home = Path::new(&self.user.home);
        for directory in [self.work_dir.as_path(), home] {
            // Without a configured one the join above left "/", which is no choice of anyone.
            if directory != Path::new("/") && directory.is_dir() {
                return directory.to_owned();
            }
        }
        PathBuf::from("/")
    }

    /// The configured user, or another by name or number.
    pub fn user(&self, spec: &str) -> Outcome<User> {
        if spec.is_empty() {
            return Ok(self.user.clone());
        }
        let unknown = || {
            let shown = names::shown(spec, 64);
            crate::failure::Failure::invalid(format!("The sandbox has no user or group {shown}."))
        };
        Accounts::load().find(spec).ok_or_else(unknown)
    }
}
