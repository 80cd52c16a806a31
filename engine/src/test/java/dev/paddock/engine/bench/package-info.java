/** Measurements of the engine alone, run by the benchmark and by no test. */
@NullMarked
package dev.paddock.engine.bench;

import org.jspecify.annotations.NullMarked;
