/** The command line: one file a command. */
@NullMarked
package dev.aftercall.cli;

import org.jspecify.annotations.NullMarked;
