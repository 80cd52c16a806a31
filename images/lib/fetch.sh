# Downloads of npm packages that are pinned by name, version and checksum.

# fetch_package PINS NAME DIRECTORY: unpacks the package that PINS lists under NAME.
fetch_package() {
  local pins=$1 name=$2 directory=$3 version checksum archive
  read -r version checksum < <(awk -v name="$name" '$1 == name { print $2, $3 }' "$pins") ||
    die "There is no build of $name for this kind of machine."
  run "Downloading $name failed: check that npm can reach its registry (npm ping)." \
    npm pack --loglevel=error --pack-destination "$work" "$name@$version"
  archive=$work/$name-$version.tgz
  sha512sum --status --check <<<"$checksum  $archive" ||
    die "The download of $name $version is not the file this recipe was made with; try again."
  mkdir -p "$directory"
  tar -xzf "$archive" --no-same-owner --strip-components=1 -C "$directory"
  rm "$archive"
}

pinned_version() { awk -v name="$2" '$1 == name { print $2 }' "$1"; }
