/**
 * The client of the agent, PID 1 of every sandbox. Whatever the agent says is hostile input:
 * lengths are bounded before anything is allocated and every wait has an end.
 */
@NullMarked
package dev.paddock.engine.agent;

import org.jspecify.annotations.NullMarked;
