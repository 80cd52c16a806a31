#!/bin/sh
# The runtime that builds run their steps with: runc, after a look at what a step would see of the
# host. A Dockerfile's mounts and volumes can lead out of the build by links and "..", and buildah
# follows some of them.
set -u

refuse() {
  echo "$1 is not possible in a build here" >&2
  exit 1
}

inside() {
  resolved=$(realpath -e -- "$1" 2>/dev/null) || return 1
  case $resolved in
    "$2"/*) return 0 ;;
    *) return 1 ;;
  esac
}

check_mount() {
  case $1 in
    *\\*) refuse "A mount with such a name" ;;
  esac
  type=${1#*\"type\":\"}
  type=${type%%\"*}
  source=${1#*\"source\":\"}
  source=${source%%\"*}
  lower=${1#*lowerdir=}
  lower=${lower%%[\",:]*}
  case $type in
    proc | tmpfs | sysfs | devpts | mqueue | cgroup) ;;
    bind)
      # What buildah itself makes for each step; a RUN --mount lies in the bundle's mnt instead.
      case ${source#"$bundle"} in
        /hosts | /hostname | /resolv.conf | /run/.containerenv) ;;
        *) refuse "RUN --mount of files" ;;
      esac
      inside "$source" "$bundle" || refuse "RUN --mount of files"
      ;;
    overlay) inside "$lower" "$PADDOCK_STORAGE/overlay" || refuse "A VOLUME behind a link" ;;
    *) refuse "A mount of that kind" ;;
  esac
}

check_bundle() {
  bundle=$(realpath -e -- "$1") || refuse "Running a step"
  mounts=$(grep -o '{"destination":"[^}]*}' "$bundle/config.json")
  named=$(grep -o '"destination":' "$bundle/config.json" | wc -l)
  [ "$(printf '%s\n' "$mounts" | wc -l)" -eq "$named" ] || refuse "A mount with such a name"
  while IFS= read -r mount; do
    check_mount "$mount"
  done <<MOUNTS
$mounts
MOUNTS
}

previous=
for argument; do
  [ "$previous" != --bundle ] || check_bundle "$argument"
  previous=$argument
done
exec runc "$@"
