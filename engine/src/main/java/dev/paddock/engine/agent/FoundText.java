package dev.paddock.engine.agent;

/**
 * A line that holds a text. Path and content are the sandbox's words.
 *
 * @param line its number, from 1
 * @param content the line without its end, or of a long one the part around the text
 */
public record FoundText(String path, long line, String content) {}
