package dev.paddock.api.sandbox;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a listing.
 *
 * @param nextCursor where the next part begins; null at the end
 */
public record SandboxListDto(List<SandboxListItemDto> items, @Nullable String nextCursor) {}
