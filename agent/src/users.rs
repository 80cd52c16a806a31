//! The users and groups of the sandbox, read from its own files: the C library's functions would
//! load libraries that the image may not have.

use crate::limits::ACCOUNT_FILE;
use crate::sys;

/// Numbers that a process runs with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ids {
    /// User id.
    pub uid: u32,
    /// Primary group id.
    pub gid: u32,
    /// Supplementary groups.
    pub groups: Vec<u32>,
}

/// A user as commands see him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    /// What to run with.
    pub ids: Ids,
    /// Login name; the number when the image has no name for it.
    pub name: String,
    /// Home directory, "/" when unknown.
    pub home: String,
    /// Login shell; empty when unknown.
    pub shell: String,
}

/// Most supplementary groups the kernel takes.
const GROUPS: usize = 65_536;

/// `/etc/passwd` and `/etc/group`.
pub struct Accounts {
    passwd: String,
    group: String,
}

impl Accounts {
    /// Reads the files; a missing or odd one counts as empty.
    pub fn load() -> Self {
        Self::of(text("/etc/passwd"), text("/etc/group"))
    }

    /// Accounts from the files' contents.
    pub fn of(passwd: String, group: String) -> Self {
        Self { passwd, group }
    }

    /// Finds `name`, `uid`, `name:group` or `uid:gid`. A number needs no entry; a name does.
    pub fn find(&self, spec: &str) -> Option<User> {
        let (who, group) = match spec.split_once(':') {
            Some((who, group)) => (who, Some(group)),
            None => (spec, None),
        };
        let number = who.parse::<u32>().ok();
        let entry = self.users().find(|e| match number {
            Some(uid) => e.uid == uid,
            None => e.name == who,
        });
        let mut user = match (entry, number) {
            (Some(entry), _) => self.user(&entry),
            (None, Some(uid)) => anonymous(uid),
            (None, None) => return None,
        };
        if let Some(group) = group.filter(|g| !g.is_empty()) {
            let gid = self.group_id(group)?;
            user.ids.gid = gid;
            user.ids.groups = vec![gid];
        }
        Some(user)
    }

    /// The superuser, also in an image without accounts.
    pub fn root(&self) -> User {
        self.find("0").unwrap_or_else(|| anonymous(0))
    }

    /// A group's number by its name, or the number itself.
    pub fn group_id(&self, group: &str) -> Option<u32> {
        if let Ok(gid) = group.parse() {
            return Some(gid);
        }
        self.groups().find(|g| g.name == group).map(|g| g.gid)
    }

    /// A user's number by his name, or the number itself.
    pub fn user_id(&self, user: &str) -> Option<u32> {
        if let Ok(uid) = user.parse() {
            return Some(uid);
        }
        self.users().find(|e| e.name == user).map(|e| e.uid)
    }

    /// A user's name by his number.
    pub fn user_name(&self, uid: u32) -> Option<&str> {
        self.users().find(|e| e.uid == uid).map(|e| e.name)
    }

    /// A group's name by its number.
    pub fn group_name(&self, gid: u32) -> Option<&str> {
        self.groups().find(|g| g.gid == gid).map(|g| g.name)
    }

    fn user(&self, entry: &UserLine<'_>) -> User {
        let mut groups = vec![entry.gid];
        let member = |g: &GroupLine<'_>| g.members.split(',').any(|m| m == entry.name);
        groups.extend(self.groups().filter(member).map(|g| g.gid));
        groups.sort_unstable();
        groups.dedup();
        groups.truncate(GROUPS);
        let home = if entry.home.starts_with('/') {
            entry.home
        } else {
            "/"
        };
        User {
            ids: Ids {
                uid: entry.uid,
                gid: entry.gid,
                groups,
            },
            name: entry.name.to_owned(),
            home: home.to_owned(),
            shell: entry.shell.to_owned(),
        }
    }

    fn users(&self) -> impl Iterator<Item = UserLine<'_>> {
        self.passwd.lines().filter_map(UserLine::parse)
    }

    fn groups(&self) -> impl Iterator<Item = GroupLine<'_>> {
        self.group.lines().filter_map(GroupLine::parse)
    }
}

struct UserLine<'a> {
    name: &'a str,
    uid: u32,
    gid: u32,
    home: &'a str,
    shell: &'a str,
}

impl<'a> UserLine<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut fields = line.split(':');
        let name = fields.next().filter(|n| !n.is_empty())?;
        let uid = fields.nth(1)?.parse().ok()?;
        let gid = fields.next()?.parse().ok()?;
        let home = fields.nth(1).unwrap_or("/");
        let shell = fields.next().unwrap_or("");
        Some(Self {
            name,
            uid,
            gid,
            home,
            shell,
        })
    }
}

struct GroupLine<'a> {
    name: &'a str,
    gid: u32,
    members: &'a str,
}

impl<'a> GroupLine<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let mut fields = line.split(':');
        let name = fields.next().filter(|n| !n.is_empty())?;
        let gid = fields.nth(1)?.parse().ok()?;
        let members = fields.next().unwrap_or("");
        Some(Self { name, gid, members })
    }
}

fn anonymous(uid: u32) -> User {
    let root = uid == 0;
    User {
        ids: Ids {
            uid,
            gid: 0,
            groups: vec![0],
        },
        name: if root { "root".into() } else { uid.to_string() },
        home: if root { "/root".into() } else { "/".into() },
        shell: String::new(),
    }
}

/// The lines of a small text file of the sandbox; empty when it cannot be read.
pub fn text(path: &str) -> String {
    let bytes = sys::read_small(path, ACCOUNT_FILE).unwrap_or_default();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn accounts() -> Accounts {
        Accounts::of(
            "root:x:0:0:root:/root:/bin/bash\nbroken\nada:x:1000:1000:,,,:/home/ada:/bin/zsh\n"
                .into(),
            "root:x:0:\nsudo:x:27:bob,ada\nada:x:1000:\ndocker:x:999:adam\n".into(),
        )
    }

    #[test]
    fn a_name_brings_its_groups() {
        let ada = accounts().find("ada").unwrap();
        assert_eq!(ada.ids.uid, 1000);
        assert_eq!(ada.ids.groups, [27, 1000]);
        assert_eq!(ada.home, "/home/ada");
    }

    #[test]
    fn a_group_replaces_those_of_the_user() {
        let ada = accounts().find("1000:sudo").unwrap();
        assert_eq!((ada.ids.gid, ada.ids.groups), (27, vec![27]));
    }

    #[test]
    fn an_unknown_name_is_nobody_and_an_unknown_number_somebody() {
        assert_eq!(accounts().find("eve"), None);
        assert_eq!(accounts().find("4711").unwrap().ids.uid, 4711);
        assert_eq!(accounts().find("ada:nogroup"), None);
    }

    proptest! {
        #[test]
        fn any_files_are_read_without_a_panic(passwd in ".{0,300}", group in ".{0,300}", who in ".{0,20}") {
            let accounts = Accounts::of(passwd, group);
            let _ = accounts.find(&who);
            let _ = (accounts.user_name(0), accounts.group_name(0));
        }
    }
}
