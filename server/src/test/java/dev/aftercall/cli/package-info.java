@NullMarked
package dev.aftercall.cli;

import org.jspecify.annotations.NullMarked;
