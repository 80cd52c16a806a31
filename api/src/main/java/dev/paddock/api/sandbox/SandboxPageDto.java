package dev.paddock.api.sandbox;

import java.util.List;

/** A counted page of a listing, as clients before 0.190 want it. */
public record SandboxPageDto(List<SandboxDto> items, long total, int page, int totalPages) {}
