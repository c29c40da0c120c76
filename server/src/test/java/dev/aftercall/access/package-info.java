/** The access rules, row by row and against a model. */
@NullMarked
package dev.aftercall.access;

import org.jspecify.annotations.NullMarked;
