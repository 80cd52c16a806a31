/** What a sandbox sees of the machine that it is on. */
@NullMarked
package dev.paddock.engine.view;

import org.jspecify.annotations.NullMarked;
