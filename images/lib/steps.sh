# Progress, errors and commands whose output goes to the log.

say() { printf '%s\n' "$*"; }

die() {
  printf 'images/build: %s\n' "$*" >&2
  exit 1
}

require() {
  command -v "$1" >/dev/null || die "$1 is missing. Install it with: apt-get install $2"
}

# run WHAT_FAILED COMMAND…: runs quietly; on failure shows the end of the log and the advice.
run() {
  local advice=$1
  shift
  if ! "$@" >>"$log" 2>&1; then
    tail -n 15 "$log" >&2
    die "$advice The whole log is in $log."
  fi
}

# recipe_hash DIRECTORY… [WORD]…: changes whenever a file of a recipe, or one of the words, does.
recipe_hash() {
  local argument
  for argument in "$@"; do
    if [ -d "$recipes/$argument" ]; then
      (cd "$recipes" && find "$argument" -type f -not -path '*/node_modules/*' -print0 |
        LC_ALL=C sort -z | xargs -0 sha256sum)
    else
      printf '%s\n' "$argument"
    fi
  done | sha256sum | cut -c1-16
}
