package dev.paddock.api.sandbox;

/** An address. */
public record UrlDto(String url) {}
