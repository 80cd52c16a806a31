package dev.paddock.model.runner;

/**
 * What a host has for its sandboxes.
 *
 * @param cpus processors
 * @param memoryBytes memory of the whole host
 * @param availableBytes how much of that could be given to processes now, without swapping
 */
public record HostCapacity(int cpus, long memoryBytes, long availableBytes) {}
