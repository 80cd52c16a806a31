package dev.paddock.engine.agent;

/**
 * How a file is written.
 *
 * @param mode permission bits; 0 keeps those of an existing file, else 0644
 * @param makeParents whether missing directories are made
 */
public record WriteOptions(int mode, boolean makeParents) {}
