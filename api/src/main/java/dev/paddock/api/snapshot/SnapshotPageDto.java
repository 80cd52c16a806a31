package dev.paddock.api.snapshot;

import java.util.List;

/** A counted page of snapshots. */
public record SnapshotPageDto(List<SnapshotDto> items, long total, int page, int totalPages) {}
