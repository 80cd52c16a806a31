/** What a person or a program reads: tables, JSON, progress. */
@NullMarked
package dev.paddock.cli.output;

import org.jspecify.annotations.NullMarked;
