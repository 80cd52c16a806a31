package dev.paddock.api.sandbox;

import java.util.Map;

/** The labels that replace all others. */
public record LabelsDto(Map<String, String> labels) {}
