# The OCI image layout in $dest: blobs by digest, one properties file per image, index.json.

digest_of() { sha256sum "$1" | cut -d' ' -f1; }

# property IMAGE NAME [LAYOUT]
property() { sed -n "s/^$2=//p" "${3:-$dest}/$1.properties"; }

# layout_has IMAGE KEY [LAYOUT]: whether the image made from that recipe is there with all its files.
layout_has() {
  local image=$1 key=$2 layout=${3:-$dest} blob
  [ -f "$layout/index.json" ] && [ -f "$layout/$image.properties" ] || return 1
  [ "$(property "$image" key "$layout")" = "$key" ] || return 1
  for blob in $(image_blobs "$image" "$layout"); do
    [ -f "$layout/blobs/sha256/$blob" ] || return 1
  done
}

# The digests of an image's manifest, and of the config and layers that the manifest names.
image_blobs() {
  local manifest
  manifest=$(property "$1" manifest "$2")
  printf '%s\n' "$manifest"
  grep -soE 'sha256:[0-9a-f]{64}' "$2/blobs/sha256/$manifest" | cut -d: -f2
}

# take_image IMAGE LAYOUT: brings a finished image over from another layout.
take_image() {
  local image=$1 layout=$2 blob
  mkdir -p "$dest/blobs/sha256"
  for blob in $(image_blobs "$image" "$layout"); do
    [ -f "$dest/blobs/sha256/$blob" ] && continue
    cp "$layout/blobs/sha256/$blob" "$work/blob"
    mv "$work/blob" "$dest/blobs/sha256/$blob"
  done
  cp "$layout/$image.properties" "$work/properties"
  mv "$work/properties" "$dest/$image.properties"
  write_index
  remove_unused_blobs
}

# store_blob FILE: moves it into the layout and prints its digest.
store_blob() {
  local digest
  digest=$(digest_of "$1")
  mkdir -p "$dest/blobs/sha256"
  chmod 644 "$1"
  mv "$1" "$dest/blobs/sha256/$digest"
  printf '%s\n' "$digest"
}

blob_size() { stat -c %s "$dest/blobs/sha256/$1"; }

# publish_image IMAGE KEY VERSION CONFIG LAYER…: writes config, manifest, properties and index.
publish_image() {
  local image=$1 key=$2 version=$3 config=$4
  shift 4
  local created config_blob manifest_blob layer total=0
  created=$(date -u -d "@$SOURCE_DATE_EPOCH" +%FT%TZ)
  printf '{"created":"%s","architecture":"%s","os":"linux","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]},"history":[%s]}' \
    "$created" "$(dpkg --print-architecture)" "$(tr -d '\n' <"$config")" \
    "$(each_layer '"sha256:%s"' "$@")" "$(each_layer '{"created_by":"images/build"}%.0s' "$@")" >"$work/config.json"
  config_blob=$(store_blob "$work/config.json")
  printf '{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s","size":%s},"layers":[%s]}' \
    "$config_blob" "$(blob_size "$config_blob")" "$(for layer in "$@"; do
      printf '{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"sha256:%s","size":%s}\n' "$layer" "$(blob_size "$layer")"
    done | paste -sd,)" >"$work/manifest.json"
  manifest_blob=$(store_blob "$work/manifest.json")
  for layer in "$@"; do total=$((total + $(blob_size "$layer"))); done
  cat >"$work/properties" <<PROPERTIES
key=$key
version=$version
image-id=$config_blob
manifest=$manifest_blob
layer=${*: -1}
size=$total
PROPERTIES
  mv "$work/properties" "$dest/$image.properties"
  write_index
  remove_unused_blobs
}

# each_layer FORMAT LAYER…: the layers in that format, with commas between.
each_layer() {
  local format=$1
  shift
  # shellcheck disable=SC2059 # the format is one of ours
  printf "$format\n" "$@" | paste -sd,
}

write_index() {
  local image entries=()
  for image in default opencode; do
    [ -f "$dest/$image.properties" ] || continue
    entries+=("$(printf '{"mediaType":"application/vnd.oci.image.manifest.v1+json","digest":"sha256:%s","size":%s,"annotations":{"org.opencontainers.image.ref.name":"%s"}}' \
      "$(property "$image" manifest)" "$(blob_size "$(property "$image" manifest)")" "$image")")
  done
  printf '{"imageLayoutVersion":"1.0.0"}' >"$dest/oci-layout"
  printf '{"schemaVersion":2,"manifests":[%s]}' "$(IFS=,; printf '%s' "${entries[*]}")" >"$work/index.json"
  mv "$work/index.json" "$dest/index.json"
}

# A blob is in use when the index, or a manifest that the index names, mentions its digest.
remove_unused_blobs() {
  local blob used=("$dest/index.json") image
  for image in default opencode; do
    [ -f "$dest/$image.properties" ] && used+=("$dest/blobs/sha256/$(property "$image" manifest)")
  done
  for blob in "$dest"/blobs/sha256/*; do
    grep -qF "${blob##*/}" "${used[@]}" || rm "$blob"
  done
}
