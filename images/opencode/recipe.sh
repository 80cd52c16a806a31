# The OpenCode image: the default image and OpenCode's own program, one file.

opencode_key() { recipe_hash opencode "$(opencode_package)" "$(default_key)"; }

opencode_build() {
  local key=$1 package version root=$work/opencode
  package=$(opencode_package)
  version=$(pinned_version "$recipes/opencode/opencode.pins" "$package")
  say "[1/2] Downloading OpenCode $version"
  fetch_package "$recipes/opencode/opencode.pins" "$package" "$work/package"
  install -D -m 755 "$work/package/bin/opencode" "$root/usr/local/bin/opencode"

  say "[2/2] Writing the OpenCode image"
  tar --create --file "$work/opencode.tar" --directory "$root" --sort=name --format=posix \
    --pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime \
    --mtime="@$SOURCE_DATE_EPOCH" --owner=1000 --group=1000 --numeric-owner usr/local/bin/opencode
  publish_image opencode "$key" "$version" "$recipes/opencode/config.json" \
    "$(property default layer)" "$(store_blob "$work/opencode.tar")"
}

# OpenCode's usual build for PCs needs AVX2. Its baseline build runs on all of them, as an image has to
# that comes along with an archive.
opencode_package() {
  case $(dpkg --print-architecture) in
    amd64) echo opencode-linux-x64-baseline ;;
    *) echo "opencode-linux-$(dpkg --print-architecture)" ;;
  esac
}
